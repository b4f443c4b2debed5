using System.Text.Json;
using Plenary.Load.Wire;

namespace Plenary.Load.Simulator;

/// <summary>
/// People of a room who vote in a poll: each at a moment of their own, some of them again because they changed their mind. A vote is sent again until it is acknowledged, over
/// however many connections that takes. What the room is told of the poll is read as browsers read it.
/// </summary>
internal sealed class Voters(Crowd crowd, Options options)
{
    private const long Second = 1_000_000_000;

    private readonly Voter[] voters = [.. Enumerable.Range(0, options.People).Select(_ => new Voter())];
    private readonly Histogram acks = new();
    private string poll = "";
    private int choices;
    private long refused;
    private string? trouble;
    private Telling last = new([], 0, 0, 0, "", []);
    private long begunAt;
    private long endedAt;
    private long leastGap = long.MaxValue;

    /// <summary>Everybody votes within so many seconds, one in so many twice; 0: nobody.</summary>
    public void Begin(string id, int options, double seconds, int doubts)
    {
        (poll, choices, begunAt, endedAt, refused, leastGap) = (id, options, Stamp.Now, 0, 0, long.MaxValue);
        acks.Clear();
        foreach (var (index, voter) in voters.Index())
        {
            (voter.Acknowledged, voter.Frames, voter.Seen) = (-1, 0, null);
            voter.Wanted = [.. Enumerable.Range(0, doubts > 0 && index % doubts == 0 ? 2 : 1).Select(_ => Random.Shared.Next(choices))];
            var person = crowd.People[index];
            crowd.Later((long)(Random.Shared.NextDouble() * seconds * Second), () => Cast(person));
        }
    }

    /// <summary>The person is in the room again: whatever was not acknowledged is said again.</summary>
    public void Back(Attendee attendee)
    {
        if (voters[attendee.Index].SaidAt != 0) Say(attendee);
    }

    /// <summary>The answer to a vote, after which this many are left; it may have been said twice.</summary>
    public void Answered(Attendee attendee, int left, string? refusal)
    {
        var voter = voters[attendee.Index];
        if (voter.SaidAt == 0 || left != voter.Wanted.Length - 1) return;
        if (refusal is not null)
        {
            refused++;
            trouble = "a vote was refused: " + refusal;
            crowd.Later(Random.Shared.NextInt64(Second / 5, Second), () => Say(attendee));
            return;
        }
        acks.Add((Stamp.Now - voter.SaidAt) / 1000);
        (voter.SaidAt, voter.Acknowledged) = (0, voter.Wanted[0]);
        voter.Wanted = voter.Wanted[1..];
        endedAt = Stamp.Now;
        if (voter.Wanted.Length > 0) Cast(attendee);
    }

    /// <summary>The room is told of its polls.</summary>
    public void Told(Attendee attendee, ReadOnlySpan<byte> data)
    {
        // The same to everybody: one of them reads it.
        if (!data.SequenceEqual(last.Bytes)) Read(data);
        if (last.Poll != poll) return;
        var voter = voters[attendee.Index];
        if (voter.Seen?.Version >= last.Version) return;
        voter.Frames++;
        voter.Seen = last;
    }

    public VotesReport Report() => new()
    {
        Acknowledged = voters.Count(v => v.Acknowledged >= 0 && v.Wanted.Length == 0),
        Chosen = [.. Enumerable.Range(0, choices).Select(choice => voters.Count(v => v.Acknowledged == choice))],
        Refused = refused,
        Seconds = endedAt == 0 ? 0 : (endedAt - begunAt) / (double)Second,
        Acks = acks.Pack(),
        FramesMost = voters.Length == 0 ? 0 : voters.Max(v => v.Frames),
        LeastTick = leastGap == long.MaxValue ? 0 : leastGap,
        Results = [.. voters.GroupBy(v => v.Seen).Select(seen => new SeenResult(seen.Key?.Voters ?? 0, seen.Key?.State ?? "", seen.Key?.Counts ?? [], seen.Count()))],
        Trouble = trouble,
    };

    private void Cast(Attendee attendee)
    {
        voters[attendee.Index].SaidAt = Stamp.Now;
        Say(attendee);
    }

    private void Say(Attendee attendee)
    {
        var voter = voters[attendee.Index];
        if (voter.SaidAt == 0 || voter.Wanted.Length == 0 || attendee is not { Joined: true, Connection: { } connection }) return;
        crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Invoke($"v{voter.Wanted.Length - 1}", "Act", ("room", options.Room), ("about", "vote"), ("data", $$"""{"poll":"{{poll}}","picks":[{{voter.Wanted[0]}}]}""")));
    }

    private void Read(ReadOnlySpan<byte> data)
    {
        var json = new Utf8JsonReader(data);
        using var document = JsonDocument.ParseValue(ref json);
        var (version, now) = (document.RootElement.GetProperty("version").GetInt64(), document.RootElement.GetProperty("now").GetInt64());
        foreach (var one in document.RootElement.GetProperty("polls").EnumerateArray())
        {
            if (one.GetProperty("id").GetString() != poll) continue;
            if (last.Poll == poll && version > last.Version) leastGap = Math.Min(leastGap, now - last.At);
            long[] counts = one.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array ? [.. results.EnumerateArray().Select(line => line.GetProperty("count").GetInt64())] : [];
            last = new(data.ToArray(), version, now, one.GetProperty("voters").GetInt64(), poll, counts) { State = one.GetProperty("state").GetString()! };
            return;
        }
        last = new(data.ToArray(), version, now, 0, "", []);
    }

    private sealed class Voter
    {
        /// <summary>What they will still say, in this order.</summary>
        public int[] Wanted { get; set; } = [];

        /// <summary>What counts, as far as they were told; -1 before.</summary>
        public int Acknowledged { get; set; } = -1;

        /// <summary>When the vote on its way was first said; 0 while none is.</summary>
        public long SaidAt { get; set; }

        /// <summary>Tellings of the poll since it began.</summary>
        public int Frames { get; set; }

        /// <summary>The newest of them.</summary>
        public Telling? Seen { get; set; }
    }

    /// <summary>What the room was told of the poll.</summary>
    private sealed record Telling(byte[] Bytes, long Version, long At, long Voters, string Poll, long[] Counts)
    {
        public string State { get; init; } = "";
    }
}

/// <summary>What voters of a simulator have done and seen.</summary>
internal sealed record VotesReport
{
    /// <summary>People all of whose votes were acknowledged.</summary>
    public int Acknowledged { get; init; }

    /// <summary>People by the choice that was acknowledged last.</summary>
    public int[] Chosen { get; init; } = [];

    public long Refused { get; init; }

    /// <summary>Until the last acknowledgement.</summary>
    public double Seconds { get; init; }

    /// <summary>From saying a vote to its acknowledgement; microseconds.</summary>
    public long[] Acks { get; init; } = [];

    /// <summary>Tellings that the person with the most of them got.</summary>
    public int FramesMost { get; init; }

    /// <summary>Milliseconds of the server's clock between the two nearest tellings; 0 when there were not two.</summary>
    public long LeastTick { get; init; }

    /// <summary>What people hold as the latest result, and how many of them.</summary>
    public SeenResult[] Results { get; init; } = [];

    public string? Trouble { get; init; }
}

/// <summary>A result that people hold.</summary>
internal sealed record SeenResult(long Voters, string State, long[] Counts, int People);
