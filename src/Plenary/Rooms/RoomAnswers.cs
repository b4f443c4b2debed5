namespace Plenary.Rooms;

/// <summary>
/// What those who join a room are told of its log. Whoever comes from the same place while the log stands still is told the same, encoded
/// once: thousands who come back after a breakdown all come from about the same number. Not thread-safe.
/// </summary>
internal sealed class RoomAnswers(EntryWindow window)
{
    /// <summary>The chat that a newcomer sees.</summary>
    public const int Snapshot = 100;

    /// <summary>Numbers people come back from that are remembered.</summary>
    private const int MostPlaces = 64;

    private readonly Dictionary<long, Answer> replays = [];
    private Answer? snapshot;
    private long standing = -1;

    /// <summary>The answer to a join of this person with the latest number the client has, if any.</summary>
    public Answer For(long? after, RoomPass who)
    {
        if (standing != window.Last)
        {
            replays.Clear();
            (snapshot, standing) = (null, window.Last);
        }
        if (after is not { } seq || !window.Reaches(seq))
            return snapshot ??= new(new(window.LatestChat(Snapshot)), Replayed: false, Left: 0);
        if (!replays.TryGetValue(seq, out var answer))
        {
            answer = Replay(seq);
            if (replays.Count < MostPlaces) replays.Add(seq, answer);
        }
        return answer.LeftOut is { } left ? WithTheirs(answer, left.Concerning(who)) : answer;
    }

    private Answer Replay(long seq)
    {
        var shown = window.ShownAfter(seq);
        var left = (int)(window.Last - seq) - shown.Length;
        return new(new(shown), Replayed: true, left, left == 0 ? null : new LeftOut(window.LeftAfter(seq)));
    }

    /// <summary>What was left out and concerns whoever asks is put back, at its number.</summary>
    private static Answer WithTheirs(Answer answer, Entry[] theirs) => theirs.Length == 0
        ? answer
        : new(new([.. answer.Entries.Concat(theirs).OrderBy(e => e.Seq)]), Replayed: true, answer.Left - theirs.Length);
}

/// <summary>What a join is told of the log.</summary>
/// <param name="Entries">In order.</param>
/// <param name="Replayed">They are what follows the asked number; otherwise they are the latest.</param>
/// <param name="Left">How many of what follows were left out.</param>
/// <param name="LeftOut">Which ones.</param>
internal sealed record Answer(SharedEntries Entries, bool Replayed, int Left, LeftOut? LeftOut = null);

/// <summary>Entries that were left out, by whom they concern.</summary>
internal sealed class LeftOut
{
    private readonly ILookup<Guid, Entry> concerned;
    private readonly Entry[] mentioning;

    public LeftOut(IEnumerable<Entry> entries)
    {
        var all = entries.ToArray();
        concerned = all.SelectMany(entry => entry.Concerned.Distinct().Select(person => (Person: person, Entry: entry))).ToLookup(c => c.Person, c => c.Entry);
        mentioning = [.. all.Where(e => e.Text?.Contains('@', StringComparison.Ordinal) == true)];
    }

    /// <summary>Those that this person wrote, that call or answer them, or that mention the person's name.</summary>
    public Entry[] Concerning(RoomPass who) =>
        [.. concerned[who.Person].Union(mentioning.Where(e => RoomMembers.Mentions(e.Text!, who.Name)))];
}
