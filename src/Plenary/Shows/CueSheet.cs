namespace Plenary.Shows;

/// <summary>When a session is, as the agenda says now.</summary>
/// <param name="Id">Of the session.</param>
/// <param name="StartsAt">Its start.</param>
/// <param name="EndsAt">Its end.</param>
public readonly record struct SessionTimes(Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>What moves when an event runs late.</summary>
/// <param name="Sessions">Those that have not begun, whole.</param>
/// <param name="Ends">Those that have: only their end.</param>
/// <param name="Cues">Those that nothing else carries along.</param>
/// <param name="Until">Whatever begins later stays.</param>
public sealed record ShiftPlan(IReadOnlyList<Guid> Sessions, IReadOnlyList<Guid> Ends, IReadOnlyList<Guid> Cues, DateTimeOffset Until);

/// <summary>
/// When which cue is due. It only computes, from the cues as they are and the agenda as it is, and changes nothing: whoever asks again after a restart gets the same answers.
/// </summary>
public sealed class CueSheet
{
    /// <summary>The programme's next day begins after such a pause.</summary>
    public static readonly TimeSpan LongPause = TimeSpan.FromHours(4);

    private readonly Dictionary<Guid, Cue> cues;
    private readonly Dictionary<Guid, SessionTimes> sessions;

    public CueSheet(IEnumerable<Cue> cues, IEnumerable<SessionTimes> sessions)
    {
        this.cues = cues.ToDictionary(c => c.Id);
        this.sessions = sessions.ToDictionary(s => s.Id);
    }

    /// <summary>When the clock fires it; null when it is not to be fired, waits for a hand or for another cue, or its session is gone.</summary>
    public DateTimeOffset? DueOf(Cue cue) => cue.State == CueState.Pending && !cue.Held ? Anchored(cue, done: true) : null;

    /// <summary>When it happened, or is going to as far as is known; null when that depends on a hand.</summary>
    public DateTimeOffset? ExpectedOf(Cue cue) => cue.State != CueState.Pending && cue.FiredAt is { } fired ? fired : Anchored(cue, done: false);

    /// <summary>True when a hand may fire it: nothing that it waits for is still to come.</summary>
    public bool MayFire(Cue cue) => cue.State is CueState.Pending or CueState.Failed && (cue.Anchor != CueAnchor.Cue || Before(cue) is not { } before || IsOver(before));

    /// <summary>Those that the clock fires at this moment, in the order in which it does.</summary>
    public IReadOnlyList<Cue> DueAt(DateTimeOffset now) =>
        [.. cues.Values.Select(c => (Cue: c, Due: DueOf(c))).Where(c => c.Due <= now).OrderBy(c => c.Due).ThenBy(c => c.Cue.Position).ThenBy(c => c.Cue.Id).Select(c => c.Cue)];

    /// <summary>Those of which it is decided that they happen, in the order in which that was: as they were due.</summary>
    public IReadOnlyList<Cue> Firing() =>
        [.. cues.Values.Where(c => c.State == CueState.Firing).OrderBy(c => c.FiredAt).ThenBy(c => Anchored(c, done: false)).ThenBy(c => c.Position).ThenBy(c => c.Id)];

    /// <summary>When the clock fires the next one.</summary>
    public DateTimeOffset? NextDue() => cues.Values.Min(DueOf);

    /// <summary>All in the order in which they are shown: by time, and those without one where they were put.</summary>
    public IReadOnlyList<Cue> InOrder()
    {
        var (ordered, last) = (new List<(Cue Cue, DateTimeOffset At, int Place)>(cues.Count), DateTimeOffset.MinValue);
        foreach (var (place, cue) in cues.Values.OrderBy(c => c.Position).ThenBy(c => c.Id).Index())
        {
            last = ExpectedOf(cue) ?? last;
            ordered.Add((cue, last, place));
        }
        return [.. ordered.OrderBy(o => o.At).ThenBy(o => o.Place).Select(o => o.Cue)];
    }

    /// <summary>What the controller's hand fires next.</summary>
    public Cue? Next() => InOrder().FirstOrDefault(c => c.State == CueState.Pending && MayFire(c));

    /// <summary>True when the cue, waiting for <paramref name="after"/>, would wait for itself.</summary>
    public bool Circles(Guid cue, Guid? after)
    {
        for (var (at, steps) = (after, 0); at is { } id && steps <= cues.Count; steps++)
        {
            if (id == cue) return true;
            at = cues.TryGetValue(id, out var next) && next.Anchor == CueAnchor.Cue ? next.AfterId : null;
        }
        return false;
    }

    /// <summary>
    /// What moves by so much when the event runs late at this moment: sessions that have not begun, the ends of those that have, and every cue to come that no session and no other cue
    /// carries along. Distances between what is to come stay. A later day of the programme stays as it was.
    /// </summary>
    /// <param name="by">How much; negative when time was made up.</param>
    /// <param name="now">The moment.</param>
    /// <param name="until">What lies later stays; when it is not said, whatever follows a pause of four hours.</param>
    /// <param name="only">To undo a shift: the sessions that it moved.</param>
    public ShiftPlan Plan(TimeSpan by, DateTimeOffset now, DateTimeOffset? until = null, IReadOnlyCollection<Guid>? only = null)
    {
        var horizon = until ?? Horizon(now);
        var open = sessions.Values.Where(s => s.EndsAt > now && only?.Contains(s.Id) != false).ToLookup(s => HasBegun(s, now));
        var whole = open[false].Where(s => s.StartsAt <= horizon).Select(s => s.Id).ToHashSet();
        var ends = open[true].Where(s => s.EndsAt + by > s.StartsAt).Select(s => s.Id).ToHashSet();
        return new([.. whole], [.. ends], [.. cues.Values.Where(MovesByItself).Select(c => c.Id)], horizon);

        bool MovesByItself(Cue cue) => cue.State == CueState.Pending && Anchored(cue, done: false) is { } at && at <= horizon && cue.Anchor switch
        {
            CueAnchor.Time => true,
            CueAnchor.SessionStart => !whole.Contains(cue.SessionId ?? default),
            CueAnchor.SessionEnd => !whole.Contains(cue.SessionId ?? default) && !ends.Contains(cue.SessionId ?? default),
            CueAnchor.Cue => Before(cue) is { } before && Fired(before),
            _ => false,
        };
    }

    /// <summary>A session has begun when it is time, unless the cue that starts it is still to come.</summary>
    private bool HasBegun(SessionTimes session, DateTimeOffset now) =>
        session.StartsAt <= now && !cues.Values.Any(c => c.Kind == CueKind.StartSession && c.SessionId == session.Id && c.State == CueState.Pending);

    /// <summary>The end of what hangs together: up to the first long pause.</summary>
    private DateTimeOffset Horizon(DateTimeOffset now)
    {
        var spans = sessions.Values.Where(s => s.EndsAt > now).Select(s => (From: s.StartsAt, To: s.EndsAt))
            .Concat(cues.Values.Where(c => c.State == CueState.Pending).Select(ExpectedOf).OfType<DateTimeOffset>().Select(at => (From: at, To: at))).OrderBy(s => s.From).ToList();
        if (spans.Count == 0) return now + LongPause;
        var end = spans[0].To > now ? spans[0].To : now;
        foreach (var (from, to) in spans)
        {
            if (from - end >= LongPause) break;
            if (to > end) end = to;
        }
        // Nothing lies between here and the next day, also after the longest shift: so undoing one finds what it moved.
        return end + (LongPause / 4);
    }

    private DateTimeOffset? Anchored(Cue cue, bool done) => Anchored(cue, done, cues.Count);

    private DateTimeOffset? Anchored(Cue cue, bool done, int deep)
    {
        var rest = TimeSpan.FromSeconds(cue.Shift + (cue.Anchor == CueAnchor.Time ? 0 : cue.Offset));
        return cue.Anchor switch
        {
            CueAnchor.Time => cue.At + rest,
            CueAnchor.SessionStart => Session(cue)?.StartsAt + rest,
            CueAnchor.SessionEnd => Session(cue)?.EndsAt + rest,
            CueAnchor.Cue when Before(cue) is { } before && deep > 0 => (done ? IsOver(before) ? before.FiredAt : null : Fired(before) ? before.FiredAt : Anchored(before, done, deep - 1)) + rest,
            _ => null,
        };
    }

    private static bool IsOver(Cue cue) => cue.State is CueState.Done or CueState.Skipped;

    private static bool Fired(Cue cue) => cue is { State: not CueState.Pending, FiredAt: not null };

    private Cue? Before(Cue cue) => cue.AfterId is { } id && cues.TryGetValue(id, out var found) ? found : null;

    private SessionTimes? Session(Cue cue) => cue.SessionId is { } id && sessions.TryGetValue(id, out var found) ? found : null;
}
