using System.Net;

namespace Plenary.Load.Simulator;

/// <summary>One simulated person, over however many connections.</summary>
internal sealed class Attendee(int index)
{
    public int Index { get; } = index;

    /// <summary>Never reads once in.</summary>
    public bool Deaf { get; init; }

    /// <summary>The connection in use.</summary>
    public Connection? Connection { get; set; }

    /// <summary>The one being opened beside it, when its gateway asked to move.</summary>
    public Connection? Next { get; set; }

    /// <summary>Asked to join and not answered yet.</summary>
    public bool Joining { get; set; }

    public bool Joined { get; set; }

    /// <summary>Has been in at least once.</summary>
    public bool Known { get; set; }

    /// <summary>The latest number held; -1 before the first join. For engines without numbers: the latest message's.</summary>
    public long Seq { get; set; } = -1;

    /// <summary>Held when a join was last answered: frames that were on their way then may bring again what the answer brought.</summary>
    public long Overlap { get; set; } = -1;

    /// <summary>Of tries to come back that failed.</summary>
    public int Attempt { get; set; }

    /// <summary>Gateways where nobody listened in this try.</summary>
    public int Refusals { get; set; }

    /// <summary>Where the next connection goes.</summary>
    public int Gateway { get; set; }

    /// <summary>When the connection was lost, in clock ticks; 0 while nothing is.</summary>
    public long LostAt { get; set; }

    /// <summary>The place in the join queue, to show when asking again.</summary>
    public string? Ticket { get; set; }

    /// <summary>Frames that came before the answer to a join, with when.</summary>
    public List<(byte[] Message, long At)>? Early { get; set; }

    /// <summary>Posts without acknowledgement, by the number that stands in their text.</summary>
    public Dictionary<int, PendingPost>? Pending { get; set; }
}

/// <summary>A post on its way; sent again with the same id until it is acknowledged.</summary>
internal sealed record PendingPost(Guid Id, string Text, long SentAt);

/// <summary>One socket.</summary>
internal sealed class Connection(Attendee attendee, IPEndPoint to, int socket, ulong key)
{
    public Attendee Attendee { get; } = attendee;

    public IPEndPoint To { get; } = to;

    public int Socket { get; } = socket;

    /// <summary>What epoll calls it.</summary>
    public ulong Key { get; } = key;

    public ConnectionStage Stage { get; set; }

    /// <summary>Counts among the joins under way.</summary>
    public bool Arriving { get; set; }

    public long HeardAt { get; set; }

    public long SaidAt { get; set; }

    /// <summary>The beginning of a frame whose end has not come.</summary>
    public byte[]? Rest { get; set; }

    public int RestLength { get; set; }

    /// <summary>The frames so far of a message in several.</summary>
    public MemoryStream? Parts { get; set; }
}

internal enum ConnectionStage
{
    Connecting,
    Upgrading,

    /// <summary>The WebSocket stands; the protocol on it may still shake hands.</summary>
    Open,
    Closed,
}
