using Plenary.Platform;

namespace Plenary.Shows;

/// <summary>A person of the crew.</summary>
/// <param name="Id">Of the person.</param>
/// <param name="Name">As others see it.</param>
public readonly record struct CrewMember(Guid Id, string Name);

/// <summary>
/// A run of show as it was read for one change, and the rules of what may change: who holds the controls, and what becomes of cues. It touches no database; what is to be added, removed and
/// moved stands in it afterwards, and is kept in one transaction or not at all.
/// </summary>
public sealed class RunOfShow(Show show, List<Cue> cues, IReadOnlyList<SessionTimes> sessions, List<ShowShift> shifts, bool over)
{
    public const int MostCues = 200;
    private const int LeastShift = -60;
    private const int MostShift = 120;

    /// <summary>Cues whose time was over by more when the autopilot is turned on wait for a hand.</summary>
    private static readonly TimeSpan Missed = TimeSpan.FromSeconds(1);

    /// <summary>Those whose time was over by more are skipped: nobody wants this morning's doors in the afternoon.</summary>
    private static readonly TimeSpan LongMissed = TimeSpan.FromMinutes(15);

    public Show Show => show;

    /// <summary>When what is due.</summary>
    public CueSheet Sheet => new(cues, sessions);

    public IReadOnlyList<Cue> Cues => cues;

    public IReadOnlyList<ShowShift> Shifts => shifts;

    /// <summary>The event is over: nothing fires by itself any more.</summary>
    public bool IsOver => over;

    public List<Cue> Added { get; } = [];

    public List<Cue> Removed { get; } = [];

    public ShowShift? Shifted { get; private set; }

    /// <summary>Sessions whose times change, and by how much.</summary>
    public (ShiftPlan Plan, TimeSpan By)? Moved { get; private set; }

    /// <summary>What everybody is told with it.</summary>
    public string? Told { get; private set; }

    /// <summary>Applies a command. Refused as <see cref="ShowRefusals"/> says; then nothing has changed.</summary>
    /// <param name="command">Exactly one thing.</param>
    /// <param name="who">Of the crew.</param>
    /// <param name="isControllerHere">Whoever holds the controls is at the event now.</param>
    /// <param name="now">The moment.</param>
    public void Apply(ShowCommand command, CrewMember who, bool isControllerHere, DateTimeOffset now)
    {
        switch (command)
        {
            case { Take: not null }: Take(who, isControllerHere); return;
            case { Ask: not null }: Ask(who); return;
            case { Save: { } wish }: Save(wish, who); return;
            case { Remove: { } id }: Remove(Find(id)); return;
            case { Answer: { } accept }:
                RequireControl(who);
                if (accept && show.WantedById is { } next) (show.ControllerId, show.Controller) = (next, show.WantedBy);
                NobodyAsks();
                return;
            case { Release: not null }:
                RequireControl(who);
                (show.ControllerId, show.Controller) = (show.WantedById, show.WantedBy);
                NobodyAsks();
                return;
        }
        RequireControl(who);
        if (over) ShowRefusals.EventOver.Throw();
        switch (command)
        {
            case { Autopilot: { } on }: Fly(on, now); break;
            case { Fire: { } id }: FireByHand(Find(id), who, now); break;
            case { Skip: { } id }: Skip(Find(id), who, now); break;
            case { Restore: { } id }: Restore(Find(id)); break;
            case { Hold: { } id }: Pending(Find(id)).Held = true; break;
            case { Resume: { } id }: Pending(Find(id)).Held = false; break;
            case { Shift: { } wish }: RunLate(wish, who, now); break;
            case { Undo: { } id }: Undo(id, now); break;
            case { Reset: not null }: Reset(); break;
            default: throw new InvalidOperationException("This command is unknown.");
        }
    }

    /// <summary>The clock fires what is due; answers whether there was anything.</summary>
    public bool FireDue(DateTimeOffset now)
    {
        if (!show.Autopilot || over) return false;
        var due = Sheet.DueAt(now);
        foreach (var cue in due) Fire(cue, "", now);
        return due.Count > 0;
    }

    /// <summary>What was decided has been done, or could not be. Nothing happens when it was fired anew meanwhile.</summary>
    public void Finish(Guid cue, Guid run, string? error)
    {
        if (cues.Find(c => c.Id == cue && c.RunId == run && c.State == CueState.Firing) is not { } fired) return;
        (fired.State, fired.Error) = error is null ? (CueState.Done, null) : (CueState.Failed, error.Length > Cue.LongestError ? error[..Cue.LongestError] : error);
    }

    /// <summary>Adds cues that were made elsewhere, such as from the agenda. Refused: too-many-cues.</summary>
    public void Add(IEnumerable<Cue> made)
    {
        foreach (var cue in made)
        {
            if (cues.Count >= MostCues) ShowRefusals.TooMany.Throw();
            cue.Position = NextPosition();
            cues.Add(cue);
            Added.Add(cue);
        }
    }

    private void Take(CrewMember who, bool isControllerHere)
    {
        if (show.ControllerId == who.Id) return;
        if (show.ControllerId is not null && isControllerHere) ShowRefusals.Held(show.Controller).Throw();
        (show.ControllerId, show.Controller) = (who.Id, who.Name);
        NobodyAsks();
    }

    private void Ask(CrewMember who)
    {
        if (show.ControllerId is null) Take(who, false);
        else if (show.ControllerId != who.Id) (show.WantedById, show.WantedBy) = (who.Id, who.Name);
    }

    private void NobodyAsks() => (show.WantedById, show.WantedBy) = (null, "");

    private void RequireControl(CrewMember who)
    {
        if (show.ControllerId != who.Id) ShowRefusals.NotInControl.Throw();
    }

    private void Fly(bool on, DateTimeOffset now)
    {
        // What passed while nobody flew does not happen all at once now.
        while (on && !show.Autopilot && Sheet is var sheet && sheet.DueAt(now - Missed) is { Count: > 0 } missed)
            foreach (var cue in missed)
                if (sheet.DueOf(cue) is { } due && due < now - LongMissed) (cue.State, cue.FiredAt, cue.By) = (CueState.Skipped, due, "");
                else cue.Held = true;
        show.Autopilot = on;
    }

    private void FireByHand(Cue cue, CrewMember who, DateTimeOffset now)
    {
        if (cue.State is CueState.Firing or CueState.Done) return; // a second press of the same button
        if (cue.State is CueState.Skipped) ShowRefusals.Over.Throw();
        if (!Sheet.MayFire(cue)) ShowRefusals.Waits.Throw();
        Fire(cue, who.Name, now);
    }

    private static void Fire(Cue cue, string by, DateTimeOffset now) =>
        (cue.State, cue.RunId, cue.FiredAt, cue.By, cue.Error, cue.Held) = (CueState.Firing, Guid.CreateVersion7(now), now, by, null, false);

    private void Skip(Cue cue, CrewMember who, DateTimeOffset now)
    {
        if (cue.State == CueState.Skipped) return;
        if (cue.State is not (CueState.Pending or CueState.Failed)) ShowRefusals.Over.Throw();
        if (!Sheet.MayFire(cue)) ShowRefusals.Waits.Throw();
        (cue.State, cue.FiredAt, cue.By, cue.Error) = (CueState.Skipped, now, who.Name, null);
    }

    private static void Restore(Cue cue)
    {
        if (cue.State == CueState.Pending) return;
        if (cue.State is not (CueState.Skipped or CueState.Failed)) ShowRefusals.Over.Throw();
        Renew(cue);
        cue.Held = cue.Anchor != CueAnchor.Hand; // its moment may be over: a hand says when
    }

    private static void Renew(Cue cue) => (cue.State, cue.RunId, cue.FiredAt, cue.By, cue.Error) = (CueState.Pending, null, null, "", null);

    private void RunLate(ShiftWish wish, CrewMember who, DateTimeOffset now)
    {
        if (shifts.Exists(s => s.Id == wish.Id)) return;
        if (wish.Minutes is < LeastShift or > MostShift or 0) Refusal.Invalid("minutes", $"From {LeastShift} to {MostShift} minutes.").Throw();
        Told = Platform.Text.Input.OptionalLine(wish.Tell, "tell", 280) is { Length: > 0 } line ? line : null;
        var by = TimeSpan.FromMinutes(wish.Minutes);
        var plan = Sheet.Plan(by, now);
        Carry(plan, by);
        Shifted = new() { Id = wish.Id, EventId = show.EventId, Seconds = (int)by.TotalSeconds, Until = plan.Until + by, Sessions = [.. plan.Sessions, .. plan.Ends], At = now, By = who.Name };
        shifts.Add(Shifted);
    }

    private void Undo(Guid id, DateTimeOffset now)
    {
        var shift = shifts.Find(s => s.Id == id) ?? throw Refusal.NotFound.AsException();
        if (shift.UndoneAt is not null) return;
        shift.UndoneAt = now;
        var back = -TimeSpan.FromSeconds(shift.Seconds);
        Carry(Sheet.Plan(back, now, shift.Until, shift.Sessions), back);
    }

    private void Carry(ShiftPlan plan, TimeSpan by)
    {
        foreach (var cue in cues.Where(c => plan.Cues.Contains(c.Id))) cue.Shift += (int)by.TotalSeconds;
        Moved = (plan, by);
    }

    private void Reset()
    {
        if (show.Autopilot) ShowRefusals.Running.Throw();
        foreach (var cue in cues.Where(c => c.State != CueState.Firing))
        {
            Renew(cue);
            cue.Held = false;
        }
    }

    private void Save(CueWish asked, CrewMember who)
    {
        var wish = asked.Checked();
        if (wish.After is { } after && cues.TrueForAll(c => c.Id != after)) Refusal.Invalid("after", "There is no such cue. Choose another one to wait for.").Throw();
        if (wish.After == wish.Id || Sheet.Circles(wish.Id, wish.After)) ShowRefusals.Circle.Throw();
        var cue = cues.Find(c => c.Id == wish.Id);
        if (cue is null) Add([cue = new Cue { Id = wish.Id, EventId = show.EventId, Detail = wish.Detail }]);
        else if (cue.State is CueState.Firing or CueState.Done) ShowRefusals.Over.Throw();
        var moved = (cue.Anchor, cue.At, cue.SessionId, cue.AfterId, cue.Offset) != (wish.Anchor, wish.At, wish.Session, wish.After, wish.OffsetSeconds);
        (cue.Kind, cue.Anchor, cue.Title, cue.At, cue.SessionId, cue.AfterId, cue.Offset, cue.Detail) =
            (wish.Kind, wish.Anchor, wish.Title!, wish.At, wish.Session, wish.After, wish.OffsetSeconds, wish.Detail);
        (cue.AuthorId, cue.Author) = (who.Id, who.Name);
        if (moved) cue.Shift = 0;
    }

    private void Remove(Cue cue)
    {
        if (cue.State == CueState.Firing) ShowRefusals.Over.Throw();
        if (cues.Exists(c => c.Anchor == CueAnchor.Cue && c.AfterId == cue.Id)) ShowRefusals.Awaited.Throw();
        cues.Remove(cue);
        Removed.Add(cue);
    }

    private static Cue Pending(Cue cue) => cue.State == CueState.Pending ? cue : throw ShowRefusals.Over.AsException();

    private Cue Find(Guid id) => cues.Find(c => c.Id == id) ?? throw Refusal.NotFound.AsException();

    private int NextPosition() => cues.Count == 0 ? 0 : cues.Max(c => c.Position) + 1;
}
