using System.Diagnostics;
using System.Net.Sockets;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Stage.Ingest;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>Encoders such as OBS; here ffmpeg, which speaks the same.</summary>
[Trait("Speed", "Slow")]
public sealed class RtmpFacts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private const string Create = "mutation($room: ID!, $name: String!) { createStreamKey(room: $room, name: $name) { key { id name lastUsedAt } secret } }";

    /// <summary>An ffmpeg that sends to a stage until it is told to go, or sent away.</summary>
    private sealed class Encoder : IAsyncDisposable
    {
        private readonly Process process;

        public Encoder(int port, string key)
        {
            process = Process.Start(new ProcessStartInfo(LiveFeed.Ffmpeg, [.. LiveFeed.Picture(), "-c:a", "aac", "-b:a", "96k", "-f", "flv", $"rtmp://127.0.0.1:{port}/live/{key}"]) { RedirectStandardError = true, RedirectStandardInput = true })!;
            process.BeginErrorReadLine();
        }

        /// <summary>Returns when the server has sent it away.</summary>
        public async Task SentAway()
        {
            await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
            Assert.NotEqual(0, process.ExitCode);
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    [Fact]
    public async Task AnEncodersStreamReachesTheAudienceAndItsKeyCanBeTakenAway()
    {
        Assert.SkipWhen(LiveFeed.Missing is not null, LiveFeed.Missing ?? "");
        var port = FreePort.Take();
        await using var server = await ServerProcess.StartAsync(null, "--Media:Rtmp", $"127.0.0.1:{port}");
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        using var producer = new Studio(server.Url, scene, await scene.Granted(EventRole.Producer));
        using var attendee = new Studio(server.Url, scene, await scene.Attendee());
        await using var seat = await scene.Enter(await scene.Attendee());

        // Only the crew makes keys and sees that there are any.
        Assert.Equal("not-found", await attendee.Refused(Create, new { room = scene.Stage.Id, name = "OBS" }));
        Assert.Equal("not-found", await attendee.Refused("query($room: ID!) { ingest(room: $room) { keys { id } } }", new { room = scene.Stage.Id }));
        var made = (await producer.Graph(Create, new { room = scene.Stage.Id, name = "Main hall" }))["createStreamKey"]!;
        var (id, secret) = ((string)made["key"]!["id"]!, (string)made["secret"]!);
        Assert.Equal("not-found", await attendee.Refused("mutation($id: ID!) { rotateStreamKey(id: $id) { secret } }", new { id }));
        var ingest = (await producer.Graph("query($room: ID!) { ingest(room: $room) { rtmpUrl keys { id name } } }", new { room = scene.Stage.Id }))["ingest"]!;
        Assert.Equal($"rtmp://localhost:{port}/live", (string)ingest["rtmpUrl"]!);
        await using (var db = server.OpenDb()) Assert.DoesNotContain(secret, (await db.Set<StreamKey>().SingleAsync(Cancellation)).Hash, StringComparison.Ordinal);

        await using (var guess = new Encoder(port, "not-a-key")) await guess.SentAway();
        await using var encoder = new Encoder(port, secret);
        await seat.Until(() => seat.Stage is { State: StageState.Live, Playlist: not null }, "live");
        Assert.Equal("Main hall", seat.Stage.Speaker);
        var (_, codecs) = await Live(server.Url, seat.Stage.Playlist!);
        Assert.Equal("aac+h264", codecs);

        // Made anew: the old secret is cut off, the new one goes on with the same broadcast.
        var began = Stopwatch.StartNew();
        var fresh = (string)(await producer.Graph("mutation($id: ID!) { rotateStreamKey(id: $id) { secret } }", new { id }))["rotateStreamKey"]!["secret"]!;
        await encoder.SentAway();
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(90), $"cut off after {began.Elapsed}"); // ffmpeg's own end included
        await seat.Until(() => seat.Stage.State == StageState.Interrupted, "interrupted");
        await using (var late = new Encoder(port, secret)) await late.SentAway();
        var (broadcast, playlist) = (seat.Stage.Broadcast, seat.Stage.Playlist);
        await using var again = new Encoder(port, fresh);
        await seat.Until(() => seat.Stage.State == StageState.Live && seat.Stage.Playlist != playlist, "live again");
        Assert.Equal(broadcast, seat.Stage.Broadcast);

        await producer.Graph("mutation($id: ID!) { revokeStreamKey(id: $id) }", new { id });
        await again.SentAway();
        await producer.End(broadcast!.Value);
        var replay = await producer.Replay(broadcast.Value);
        Assert.True((double)replay["durationSeconds"]! > 4);
        await using var after = server.OpenDb();
        Assert.Equal(2, await after.Set<BroadcastTake>().CountAsync(t => t.Seconds > 1.5, Cancellation));
        Assert.DoesNotContain(server.Said, s => s.Line.Contains(secret, StringComparison.Ordinal) || s.Line.Contains(fresh, StringComparison.Ordinal));
    }

    /// <summary>What the first segment is made of; ffprobe would wait for the end of the whole.</summary>
    private static async Task<(double Seconds, string Codecs)> Live(Uri site, string playlist)
    {
        using var http = new HttpClient();
        var folder = new Uri(site, playlist[..(playlist.LastIndexOf('/') + 1)]);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, [.. await http.GetByteArrayAsync(new Uri(folder, "init.mp4"), Cancellation), .. await http.GetByteArrayAsync(new Uri(folder, "s0.m4s"), Cancellation)], Cancellation);
            return await Probe.Read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task WhateverComesOverTheConnectionTheStageGoesOn()
    {
        Assert.SkipWhen(LiveFeed.Missing is not null, LiveFeed.Missing ?? "");
        var port = FreePort.Take();
        await using var server = await ServerProcess.StartAsync(null, "--Media:Rtmp", $"127.0.0.1:{port}");
        var random = new Random(7);
        for (var n = 0; n < 40; n++)
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync("127.0.0.1", port, Cancellation);
            var junk = new byte[random.Next(1, 20_000)];
            random.NextBytes(junk);
            junk[0] = (byte)(n % 2 == 0 ? 3 : junk[0]); // half of them shake hands
            try
            {
                await tcp.GetStream().WriteAsync(junk, Cancellation);
                tcp.Client.Shutdown(SocketShutdown.Send);
                while (await tcp.GetStream().ReadAsync(new byte[8192], Cancellation) > 0) { }
            }
            catch (Exception gone) when (gone is IOException or SocketException or InvalidOperationException) { } // It hung up first.
        }
        using var http = new HttpClient();
        Assert.True((await http.GetAsync(new Uri(server.Url, "/health/live"), Cancellation)).IsSuccessStatusCode);
        Assert.DoesNotContain(server.Said, s => s.Line.Contains("An encoder's connection failed", StringComparison.Ordinal));
    }
}

/// <summary>RTMP's bytes, whatever they say.</summary>
public sealed class RtmpWireFacts
{
    [Fact]
    public void CommandsAreReadAsTheyWereWritten()
    {
        var values = Amf0.Read(Amf0.Write("connect", 1.0, new (string, object?)[] { ("app", "live"), ("n", 2.5), ("none", null) }, null));
        Assert.Equal("connect", values[0]);
        Assert.Equal(1.0, values[1]);
        var members = Assert.IsType<Dictionary<string, object?>>(values[2]);
        Assert.Equal(("live", 2.5, null), (members["app"], members["n"], members["none"]));
        Assert.Null(values[3]);
    }

    [Fact]
    public void AnyBytesAreReadOrRefused() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        try { Amf0.Read(bytes); }
        catch (RtmpException) { }
    }, iter: 20_000);

    [Fact]
    public void AnyChunksAreReadOrRefusedAndCostLittle() => Gen.Byte.Array[0, 3000].Sample(bytes =>
    {
        using var stream = new Junk(bytes);
        var wire = new RtmpWire(stream);
        try
        {
            while (true) wire.NextAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception end) when (end is RtmpException or EndOfStreamException) { }
    }, iter: 5_000);

    /// <summary>Reads what it was given; what is written is nobody's.</summary>
    private sealed class Junk(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
