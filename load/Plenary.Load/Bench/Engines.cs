using System.Diagnostics;
using System.Globalization;
using Plenary.Load.Simulator;

namespace Plenary.Load.Bench;

/// <summary>load/floor/floor.c, built by load/bench.</summary>
internal sealed class FloorEngine(Workspace work) : Engine(work, "floor")
{
    public override Protocol Protocol => Protocol.Plain;

    public override async Task Start(int processes)
    {
        for (var i = 0; i < processes; i++)
        {
            var port = FreePort.Take();
            await Serve(port, System.IO.Path.Combine(Work.Folder, "floor"), Text(port));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>load/peers/signalr: a hub as the framework's documentation has it, with MessagePack and a group.</summary>
internal sealed class SignalREngine(Workspace work) : Engine(work, "signalr")
{
    public override Protocol Protocol => Protocol.SignalR;

    public override string Path => "/hub";

    public override async Task Start(int processes)
    {
        for (var i = 0; i < processes; i++)
        {
            var port = FreePort.Take();
            await Serve(port, "dotnet", System.IO.Path.Combine(Work.Folder, "signalr", "StockSignalR.dll"), "--urls", $"http://127.0.0.1:{port}");
        }
    }
}

/// <summary>load/peers/socketio: Socket.IO 4 with a room, WebSocket only, one process per port.</summary>
internal sealed class SocketIoEngine(Workspace work) : Engine(work, "socketio")
{
    public override Protocol Protocol => Protocol.SocketIo;

    public override string Path => "/socket.io/?EIO=4&transport=websocket";

    protected override string Folder => System.IO.Path.Combine(Work.Sources, "peers/socketio");

    public override async Task Start(int processes)
    {
        for (var i = 0; i < processes; i++)
        {
            var port = FreePort.Take();
            await Serve(port, "node", "server.js", port.ToString(CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>load/peers/channels: Django Channels under Daphne with its Redis channel layer, as Debian ships them.</summary>
internal sealed class ChannelsEngine(Workspace work) : Engine(work, "channels")
{
    private Process? redis;
    private int redisPort;

    public override Protocol Protocol => Protocol.Plain;

    protected override string Folder => System.IO.Path.Combine(Work.Sources, "peers/channels");

    public override double BesideCpu => redis is null ? 0 : Usage.Cpu([redis.Id]);

    public override async Task Start(int processes)
    {
        redisPort = FreePort.Take();
        redis = Work.Start("redis", "redis-server", ["--port", $"{redisPort}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        await Workspace.Until(() => Workspace.Answers(redisPort), 20, () => "redis did not start");
        for (var i = 0; i < processes; i++)
        {
            var port = FreePort.Take();
            await Serve(port, "/usr/bin/env", $"REDIS_PORT={redisPort}", "PYTHONDONTWRITEBYTECODE=1", "/usr/bin/python3", "-m", "daphne", "-b", "127.0.0.1", "-p", $"{port}", "-v", "0", "--access-log", "/dev/null", "application:application");
        }
    }

    /// <summary>Microseconds of processor time, Python and Redis, that the channel layer alone takes for one delivery, without any WebSocket.</summary>
    public async Task<double> LayerAlone(int people, int count, double rate)
    {
        var beside = BesideCpu;
        using var layer = new Process
        {
            StartInfo = new("/usr/bin/python3", ["layer.py", $"{people}", $"{count}", rate.ToString(CultureInfo.InvariantCulture)]) { WorkingDirectory = Folder, RedirectStandardOutput = true },
        };
        layer.StartInfo.Environment["REDIS_PORT"] = $"{redisPort}";
        layer.StartInfo.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        layer.Start();
        var words = (await layer.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60))).Split(' ');
        await layer.WaitForExitAsync();
        var deliveries = long.Parse(words[0], CultureInfo.InvariantCulture);
        if (deliveries != (long)people * count) throw new InvalidOperationException($"the channel layer delivered {deliveries} of {(long)people * count}");
        return (double.Parse(words[1], CultureInfo.InvariantCulture) + BesideCpu - beside) / deliveries * 1e6;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (redis is not null) await Work.End(redis);
    }
}
