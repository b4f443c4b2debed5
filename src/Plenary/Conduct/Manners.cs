using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;

namespace Plenary.Conduct;

/// <summary>Why a message is not shown to everybody yet.</summary>
public enum HoldReason
{
    /// <summary>The room shows messages some seconds later.</summary>
    Delay,

    /// <summary>Every message of the room waits for a moderator.</summary>
    Room,

    Words,

    Link,
}

/// <summary>What becomes of something that somebody says.</summary>
/// <param name="Refused">The "no", when it is not taken.</param>
/// <param name="Held">Why it waits, when it does.</param>
public readonly record struct Verdict(Refusal? Refused, HoldReason? Held);

/// <summary>
/// Who may say what in a room, as it was when it was read: the restrictions of the event's people and the rules of the room. Whoever keeps one is told when to read it anew.
/// </summary>
public sealed class Manners
{
    /// <summary>Nobody is restricted, and there are no rules.</summary>
    public static readonly Manners None = new(Guid.Empty, new(), []);

    private readonly Guid room;
    private readonly WordList words;
    private readonly ILookup<Guid, Restriction> restrictions;

    private Manners(Guid room, RoomRules rules, IEnumerable<Restriction> restrictions)
    {
        (this.room, Rules, words) = (room, rules, new(rules.Words));
        this.restrictions = restrictions.ToLookup(r => r.PersonId);
    }

    public RoomRules Rules { get; }

    /// <summary>Reads them.</summary>
    public static async Task<Manners> Of(Db db, Guid eventId, Guid room, CancellationToken cancellation)
    {
        var rules = await db.Set<RoomRules>().AsNoTracking().SingleOrDefaultAsync(r => r.RoomId == room, cancellation);
        var active = await db.Set<Restriction>().AsNoTracking().Where(r => r.EventId == eventId && r.LiftedAt == null && (r.RoomId == null || r.RoomId == room)).ToListAsync(cancellation);
        return new(room, rules ?? new() { RoomId = room, EventId = eventId }, active);
    }

    /// <summary>The restriction by which this person says nothing here, the hardest one; null when there is none.</summary>
    public Restriction? Silenced(Guid person, DateTimeOffset now) =>
        restrictions[person].Where(r => r.IsActive(now) && r.Silences(room)).OrderByDescending(r => r.Kind).FirstOrDefault();

    /// <summary>What becomes of these words, apart from how fast they come after others.</summary>
    /// <param name="person">Who says it.</param>
    /// <param name="bound">The rules of the room bind them: they are neither of the staff nor speakers.</param>
    /// <param name="name">Under which name, which is read too.</param>
    /// <param name="text">The words.</param>
    /// <param name="now">The clock's time.</param>
    public Verdict Judge(Guid person, bool bound, string name, string text, DateTimeOffset now)
    {
        if (Silenced(person, now) is { } restriction) return new(restriction.ToRefusal(), null);
        if (!bound) return default;
        if (Rules.Locked) return new(ConductRefusals.Locked, null);
        var listed = Rules.WordPolicy != RulePolicy.Allow && (words.Finds(text) || words.Finds(name));
        if (listed && Rules.WordPolicy == RulePolicy.Refuse) return new(ConductRefusals.Words, null);
        var links = Rules.Links != RulePolicy.Allow && (Links.In(text) || Links.In(name));
        if (links && Rules.Links == RulePolicy.Refuse) return new(ConductRefusals.Links, null);
        return new(null, listed ? HoldReason.Words : links ? HoldReason.Link : Rules.HoldsAll ? HoldReason.Room : Rules.DelaySeconds > 0 ? HoldReason.Delay : null);
    }
}

/// <summary>Restrictions, for the slices that let people in.</summary>
public static class RestrictionReading
{
    /// <summary>Those of these people at these events that were not lifted; some may be over by the clock.</summary>
    public static IQueryable<Restriction> RestrictionsOf(this Db db, IReadOnlyCollection<Guid> events, IReadOnlyCollection<Guid> people) =>
        db.Set<Restriction>().AsNoTracking().Where(r => events.Contains(r.EventId) && people.Contains(r.PersonId) && r.LiftedAt == null);

    /// <summary>By which the person says nothing anywhere at the event, in private neither; null when there is none.</summary>
    public static async Task<Restriction?> SilencedAt(this Db db, Guid eventId, Guid person, DateTimeOffset now, CancellationToken cancellation) =>
        (await db.RestrictionsOf([eventId], [person]).ToListAsync(cancellation)).Find(r => r.RoomId is null && r.IsActive(now));

    /// <summary>The bans of an event.</summary>
    public static IQueryable<Restriction> BansAt(this Db db, Guid eventId) =>
        db.Set<Restriction>().Where(r => r.EventId == eventId && r.Kind == RestrictionKind.Ban && r.LiftedAt == null);

    /// <summary>What keeps whoever comes by this address from it; the hardest first.</summary>
    public static async Task<List<Restriction>> RestrictionsBy(this Db db, Guid eventId, string email, DateTimeOffset now, CancellationToken cancellation)
    {
        var inbox = Inbox.Of(email);
        var found = await db.Set<Restriction>().AsNoTracking().Where(r => r.EventId == eventId && r.Inbox == inbox && r.LiftedAt == null).ToListAsync(cancellation);
        return [.. found.Where(r => r.IsActive(now)).OrderByDescending(r => r.Kind)];
    }

    /// <summary>Whoever comes anew by another address of the same inbox is restricted as they were. Save it with what lets them in.</summary>
    public static async Task CarryOver(this Db db, Guid eventId, Guid person, string email, DateTimeOffset now, CancellationToken cancellation)
    {
        var theirs = await db.RestrictionsBy(eventId, email, now, cancellation);
        if (theirs.Exists(r => r.PersonId == person)) return;
        foreach (var old in theirs.DistinctBy(r => (r.Kind, r.RoomId, r.Until)))
            db.Add(new Restriction { EventId = eventId, PersonId = person, Inbox = old.Inbox, Kind = old.Kind, RoomId = old.RoomId, Reason = old.Reason, Since = now, Until = old.Until, ById = old.ById, ByRank = old.ByRank });
    }
}
