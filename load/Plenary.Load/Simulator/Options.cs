using System.Globalization;
using System.Net;

namespace Plenary.Load.Simulator;

/// <summary>What a simulator's crowd speaks.</summary>
internal enum Protocol
{
    /// <summary>docs/develop/protocol.md, in full.</summary>
    Plenary,

    /// <summary>A WebSocket that is written to: the floor in C, and Django Channels.</summary>
    Plain,

    /// <summary>A stock SignalR hub with MessagePack.</summary>
    SignalR,

    /// <summary>Socket.IO 4 over Engine.IO 4, WebSocket only.</summary>
    SocketIo,

    /// <summary>The part of docs/develop/protocol.md that guests of a Cocktail Party need.</summary>
    Party,
}

/// <summary>How one simulator process behaves; see load/README.md.</summary>
internal sealed record Options
{
    public Protocol Protocol { get; init; }

    /// <summary>Gateways; everyone begins at <see cref="Home"/> and comes back to any of them.</summary>
    public IPEndPoint[] To { get; init; } = [];

    public int Home { get; init; }

    public string Path { get; init; } = "/";

    public int People { get; init; }

    /// <summary>File with one <c>Cookie</c> header for each person; empty for engines that know no people.</summary>
    public string Cookies { get; init; } = "";

    /// <summary>Room to join; of a party's guests the event to attend.</summary>
    public string Room { get; init; } = "";

    /// <summary>Joins under way at once while everybody arrives.</summary>
    public int AtOnce { get; init; } = 256;

    /// <summary>Share of people whose socket is never read once they are in.</summary>
    public double Deaf { get; init; }

    /// <summary>Mean seconds between two reactions of a person; 0: nobody reacts.</summary>
    public double ReactEvery { get; init; }

    /// <summary>Mean seconds between two messages of a person of the crowd, besides those that the bench has posted; 0: none.</summary>
    public double ChatEvery { get; init; }

    /// <summary>Share of a party's meetings whose people enter their call.</summary>
    public double Calls { get; init; } = 1;

    /// <summary>How many of the first so many people never read.</summary>
    public int DeafBelow(int count) => (int)(count * Deaf);

    /// <summary>Reads <c>--name value</c> pairs.</summary>
    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length) throw new ArgumentException($"{arguments[i]} needs a value");
            var value = arguments[i + 1];
            double Number() => double.Parse(value, CultureInfo.InvariantCulture);
            options = arguments[i] switch
            {
                "--protocol" => options with { Protocol = Enum.Parse<Protocol>(value, ignoreCase: true) },
                "--to" => options with { To = [.. value.Split(',').Select(IPEndPoint.Parse)] },
                "--home" => options with { Home = int.Parse(value, CultureInfo.InvariantCulture) },
                "--path" => options with { Path = value },
                "--people" => options with { People = int.Parse(value, CultureInfo.InvariantCulture) },
                "--cookies" => options with { Cookies = value },
                "--room" => options with { Room = value },
                "--at-once" => options with { AtOnce = int.Parse(value, CultureInfo.InvariantCulture) },
                "--deaf" => options with { Deaf = Number() },
                "--react-every" => options with { ReactEvery = Number() },
                "--calls" => options with { Calls = Number() },
                "--chat-every" => options with { ChatEvery = Number() },
                var unknown => throw new ArgumentException($"unknown: {unknown}"),
            };
        }
        return options.To.Length > 0 ? options : throw new ArgumentException("--to address:port is needed");
    }

    /// <summary>The same as arguments.</summary>
    public IEnumerable<string> ToArguments() =>
    [
        "--protocol", Protocol.ToString(), "--to", string.Join(',', To.Select(to => to.ToString())), "--home", Text(Home), "--path", Path,
        "--people", Text(People), "--cookies", Cookies, "--room", Room, "--at-once", Text(AtOnce), "--deaf", Text(Deaf),
        "--react-every", Text(ReactEvery), "--chat-every", Text(ChatEvery),
        "--calls", Text(Calls),
    ];

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
