namespace Plenary.Rooms;

/// <summary>
/// The players of a room in this process and how far behind the speaker they are, kept up as they report: nothing is counted by looking at
/// everybody.
/// </summary>
internal sealed class Watchers(TimeProvider clock)
{
    /// <summary>A player that has not reported for this long is not watching; they report every 5 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    /// <summary>Delays are told to this many milliseconds, up to a minute; what is longer counts as a minute.</summary>
    private const int Step = 50;

    private const int Buckets = 60_000 / Step + 1;

    /// <summary>Who reported longest ago first.</summary>
    private readonly LinkedList<RoomMember> latest = [];
    private int[] delays = [];
    private int playing;

    /// <summary>Players that reported lately.</summary>
    public int Count => latest.Count;

    /// <summary>The median delay of those that are not stalled, in milliseconds.</summary>
    public int? LatencyMs
    {
        get
        {
            if (playing == 0) return null;
            var bucket = 0;
            for (var below = delays[0]; below <= playing / 2; below += delays[bucket]) bucket++;
            return bucket * Step;
        }
    }

    public void Report(RoomMember member, int latencyMs, bool stalled)
    {
        Remove(member);
        var bucket = stalled ? -1 : Math.Min(latencyMs / Step, Buckets - 1);
        if (bucket >= 0)
        {
            if (delays.Length == 0) delays = new int[Buckets]; // most rooms never have a player
            delays[bucket]++;
            playing++;
        }
        member.Player = new(latest.AddLast(member), bucket, clock.GetTimestamp());
    }

    public void Remove(RoomMember member)
    {
        if (member.Player is not { } player) return;
        latest.Remove(player.Place);
        if (player.Bucket >= 0)
        {
            delays[player.Bucket]--;
            playing--;
        }
        member.Player = null;
    }

    /// <summary>Forgets those that have not reported for long; true when there were any.</summary>
    public bool ForgetSilent()
    {
        var before = latest.Count;
        while (latest.First is { Value: var member } && clock.GetElapsedTime(member.Player!.At) > Patience) Remove(member);
        return latest.Count != before;
    }
}

/// <summary>What a member's player said last.</summary>
internal sealed record Player(LinkedListNode<RoomMember> Place, int Bucket, long At);
