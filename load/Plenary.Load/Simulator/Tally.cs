using System.Text.Json;

namespace Plenary.Load.Simulator;

/// <summary>What a simulator counts. A window begins with <see cref="Clear"/>.</summary>
internal sealed class Tally
{
    public Histogram Latency { get; } = new();

    /// <summary>From losing a connection to being in the room again.</summary>
    public Histogram Back { get; } = new();

    /// <summary>From posting to the acknowledgement.</summary>
    public Histogram Acks { get; } = new();

    public long Frames, Entries, CaughtUp, Lost, Doubled, Disordered, Resyncs, Snapshots, Reconnects, TurnedAway, Queued, Moved, Left, Also, Posts, Acknowledged, Refused, Reacted, Entered, Signals, Connected;

    /// <summary>The last thing that went wrong, in words.</summary>
    public string? Trouble;

    private readonly Dictionary<long, int> numberAt = [];
    private readonly Dictionary<int, long> seqOf = [];

    /// <summary>
    /// Notes that this measured message stands at this number of the room: two messages at one number, or one at two, is a log that was written
    /// twice.
    /// </summary>
    public void Stands(long seq, int number)
    {
        if (number == 0) return;
        if (numberAt.TryGetValue(seq, out var known))
        {
            if (known != number) Disagree($"entry {seq} was message {known} and is {number}");
            return;
        }
        numberAt.Add(seq, number);
        if (!seqOf.TryAdd(number, seq)) Disagree($"message {number} stands at {seqOf[number]} and {seq}");
    }

    /// <summary>Begins a window: counts begin at 0. What stands where is kept.</summary>
    public void Clear()
    {
        Latency.Clear();
        Back.Clear();
        Acks.Clear();
        Frames = Entries = CaughtUp = Lost = Doubled = Disordered = Resyncs = Snapshots = Reconnects = TurnedAway = Queued = Moved = Left = Also = Posts = Acknowledged = Refused = Reacted = Entered = Signals = Connected = 0;
        Trouble = null;
    }

    /// <summary>A new run of messages that begins at 1 again.</summary>
    public void Renumber()
    {
        numberAt.Clear();
        seqOf.Clear();
    }

    private void Disagree(string how)
    {
        Doubled++;
        Trouble = how;
    }
}

/// <summary>What a simulator reports: one line of JSON.</summary>
internal sealed record Report
{
    public int People { get; init; }

    public int Connected { get; init; }

    public int Joined { get; init; }

    /// <summary>Those who are at another gateway than the one where the crowd began.</summary>
    public int Away { get; init; }

    /// <summary>Deliveries: frames of the protocol with content, whatever number of messages each carries.</summary>
    public long Frames { get; init; }

    /// <summary>Measured messages in them.</summary>
    public long Entries { get; init; }

    /// <summary>Entries that came with the answer to a join after <c>after</c>.</summary>
    public long CaughtUp { get; init; }

    public long Lost { get; init; }

    public long Doubled { get; init; }

    public long Disordered { get; init; }

    public long Resyncs { get; init; }

    public long Snapshots { get; init; }

    public long Reconnects { get; init; }

    public long TurnedAway { get; init; }

    public long Queued { get; init; }

    public long Moved { get; init; }

    public long Left { get; init; }

    public long Also { get; init; }

    public long Posts { get; init; }

    public long Acknowledged { get; init; }

    public long Pending { get; init; }

    public long Refused { get; init; }

    public long Reacted { get; init; }

    /// <summary>Times that somebody entered the call of a meeting.</summary>
    public long Entered { get; init; }

    /// <summary>Signals that arrived in calls.</summary>
    public long Signals { get; init; }

    /// <summary>People who have got as far in a call as signals go.</summary>
    public long InCalls { get; init; }

    /// <summary>The lowest and highest number anyone who reads holds.</summary>
    public long Lowest { get; init; }

    public long Highest { get; init; }

    /// <summary>Seconds from <c>go</c> until the last of them was in for the first time; 0 while somebody is not.</summary>
    public double ArrivedIn { get; init; }

    /// <summary>Processor seconds of the simulator itself since its start.</summary>
    public double Cpu { get; init; }

    public long[] Latency { get; init; } = [];

    public long[] Back { get; init; } = [];

    public long[] Acks { get; init; } = [];

    public double P50 { get; init; }

    public double P99 { get; init; }

    public double Max { get; init; }

    public string? Trouble { get; init; }

    /// <summary>Of people in a room of Plenary.</summary>
    public VotesReport? Votes { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Shape);

    public static Report Parse(string json) => JsonSerializer.Deserialize<Report>(json, Shape)!;

    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web) { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
