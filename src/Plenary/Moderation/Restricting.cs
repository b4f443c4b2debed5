using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Live;
using Plenary.Platform.Text;
using Plenary.Profiles;
using Plenary.Rooms;
using Plenary.Rooms.Attendance;
using Plenary.Rooms.Held;

namespace Plenary.Moderation;

/// <summary>What a moderator decides about a person.</summary>
/// <param name="Event">Where.</param>
/// <param name="Room">In one room only; of a removal the room.</param>
/// <param name="Person">Whom.</param>
/// <param name="Kind">What they may not do.</param>
/// <param name="Minutes">For how long; without end when it is left out, which a time-out cannot be.</param>
/// <param name="Reason">As the person is told it; may be empty.</param>
public sealed record RestrictionWish(Guid Event, Guid? Room, Guid Person, RestrictionKind Kind, int? Minutes, string? Reason);

/// <summary>
/// Restricts people of an event and lifts it. It is kept with its line of the audit log; then every room of the event reads it before this returns, so that from the answer on it holds
/// on whatever connection and process. The job of the same transaction does it again, should this process die in between.
/// </summary>
public sealed class Restricting(IDbContextFactory<Db> dbs, LiveRooms rooms, LivePeople people, StaffNews staff, TimeProvider clock) : IJobHandler
{
    internal const string JobKind = "moderation.conduct";

    private const int LongestMinutes = 60 * 24 * 30;
    private const int LongestTimeOut = 60 * 24;

    private readonly Moderators moderators = new(clock);

    public string Kind => JobKind;

    /// <summary>Restricts somebody. Refused: sign-in-required; not-found; yourself; outranked; member; invalid-input; too-many-requests.</summary>
    public async Task<Restriction> Restrict(Viewer viewer, RestrictionWish wish, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var reason = Input.OptionalLine(wish.Reason, "reason", Restriction.LongestReason);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var by = await moderators.Require(db, viewer, wish.Event, cancellation);
        await Check(db, wish, cancellation);
        var roles = await Moderators.RequireBelow(db, by, wish.Person, cancellation);
        if (wish.Kind == RestrictionKind.Ban && await IsMember(db, wish.Event, wish.Person, cancellation)) ModerationRefusals.Member.Throw();
        var now = clock.GetUtcNow();
        var concerned = await SameInbox(db, wish.Event, wish.Person, cancellation);
        var room = wish.Kind is RestrictionKind.TimeOut or RestrictionKind.Ban ? null : wish.Room;
        Restriction? first = null;
        foreach (var (person, name, inbox) in concerned)
        {
            if (person != wish.Person && Moderators.RankOf(await db.RolesAt(new Viewer(person, null), wish.Event, cancellation)) >= by.Rank) continue;
            var one = new Restriction
            {
                EventId = wish.Event,
                PersonId = person,
                Inbox = inbox,
                Kind = wish.Kind,
                RoomId = room,
                Reason = reason,
                Since = now,
                Until = wish.Kind == RestrictionKind.Ban || wish.Minutes is null ? null : now.AddMinutes(wish.Minutes.Value),
                ById = by.Person,
                ByRank = by.Rank,
            };
            if (person == wish.Person) first = one;
            db.Add(one);
            db.Add(Line(by, (ModerationActKind)(int)wish.Kind, now, person, name, room, one.Id, reason, one.Until?.ToString("u", CultureInfo.InvariantCulture) ?? ""));
            db.AddAccessChanged(wish.Event, person, now);
            if (one.Until is { } over) db.AddAccessChanged(wish.Event, person, over); // the calls that they are in ask again then
        }
        // Whoever is banned was not of the staff; what they were given is taken with it.
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            var whom = concerned.ConvertAll(c => c.Person);
            if (wish.Kind == RestrictionKind.Ban && roles.Count > 0) await db.Set<EventRoleGrant>().Where(g => g.EventId == wish.Event && g.PersonId == wish.Person).ExecuteDeleteAsync(cancellation);
            await db.Set<HeldMessage>().Where(h => h.EventId == wish.Event && whom.Contains(h.PersonId) && (room == null || h.RoomId == room) && (h.State == HeldState.Waiting || h.State == HeldState.Approved))
                .ExecuteUpdateAsync(set => set.SetProperty(h => h.State, HeldState.Dropped), cancellation);
            db.AddJob(JobKind, new Changed(wish.Event, room, [.. whom]), now);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await Push(new(wish.Event, room, [.. concerned.Select(c => c.Person)]), cancellation);
        return first!;
    }

    /// <summary>Takes a restriction back. Refused: sign-in-required; not-found; yourself; outranked; already-decided.</summary>
    public async Task<Restriction> Lift(Viewer viewer, Guid id, string? reason, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var why = Input.OptionalLine(reason, "reason", Restriction.LongestReason);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var restriction = await db.Set<Restriction>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        var by = await moderators.Require(db, viewer, restriction.EventId, cancellation);
        await LiftAs(db, by, restriction, why, cancellation);
        return await db.Set<Restriction>().AsNoTracking().SingleAsync(r => r.Id == id, cancellation);
    }

    /// <summary>Every room reads it; told twice it is the same.</summary>
    public Task Handle(string payload, CancellationToken cancellation) => Push(JsonSerializer.Deserialize<Changed>(payload, JsonSerializerOptions.Web)!, cancellation, byJob: true);

    internal async Task LiftAs(Db db, Moderator by, Restriction restriction, string why, CancellationToken cancellation)
    {
        await Moderators.RequireBelow(db, by, restriction.PersonId, cancellation);
        if (restriction.ByRank > by.Rank) ModerationRefusals.ByHigher.Throw();
        var now = clock.GetUtcNow();
        // What was done to all addresses of one inbox at once is taken back at once.
        var together = await db.Set<Restriction>().Where(r => r.EventId == restriction.EventId && r.Inbox == restriction.Inbox && r.Kind == restriction.Kind && r.RoomId == restriction.RoomId && r.LiftedAt == null).ToListAsync(cancellation);
        if (!together.Exists(r => r.Id == restriction.Id)) ModerationRefusals.Decided.Throw();
        together.RemoveAll(r => r.ByRank > by.Rank); // what a higher role did stays
        Guid[] whom = [.. together.Select(r => r.PersonId).Distinct()];
        var names = await db.Users.Where(p => whom.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
        foreach (var one in together)
        {
            one.LiftedAt = now;
            db.Add(Line(by, ModerationActKind.Lift, now, one.PersonId, names.GetValueOrDefault(one.PersonId, ""), one.RoomId, one.Id, why, one.Kind.ToString()));
            db.AddAccessChanged(one.EventId, one.PersonId, now);
        }
        var changed = new Changed(restriction.EventId, restriction.RoomId, whom);
        db.AddJob(JobKind, changed, now);
        await db.SaveChangesAsync(cancellation);
        await Push(changed, cancellation);
    }

    internal static ModerationAct Line(Moderator by, ModerationActKind kind, DateTimeOffset now, Guid? about, string name, Guid? room, Guid? subject, string reason, string detail) => new()
    {
        EventId = by.Event,
        Kind = kind,
        At = now,
        ById = by.Person,
        ByName = by.Name,
        AboutId = about,
        AboutName = name,
        RoomId = room,
        SubjectId = subject,
        Reason = reason,
        Detail = detail.Length > ModerationAct.LongestDetail ? detail[..ModerationAct.LongestDetail] : detail,
    };

    private static async Task Check(Db db, RestrictionWish wish, CancellationToken cancellation)
    {
        if (wish.Minutes is < 1 or > LongestMinutes) throw Refusal.Invalid("minutes", "Choose 1 minute to 30 days, or no end.").AsException();
        if (wish.Kind == RestrictionKind.TimeOut && wish.Minutes is null or > LongestTimeOut) throw Refusal.Invalid("minutes", "A time-out takes 1 minute to a day.").AsException();
        if (wish.Kind == RestrictionKind.Removal && wish.Room is null) throw Refusal.Invalid("room", "Say from which room.").AsException();
        if (wish.Room is { } room && !await db.Set<Room>().AnyAsync(r => r.Id == room && r.EventId == wish.Event, cancellation)) Refusal.NotFound.Throw();
        if (!await db.WasOf(wish.Event, wish.Person, cancellation)) Refusal.NotFound.Throw();
    }

    private static Task<bool> IsMember(Db db, Guid eventId, Guid person, CancellationToken cancellation) =>
        (from e in db.Set<Event>() where e.Id == eventId join m in db.Set<Membership>() on e.OrganizationId equals m.OrganizationId where m.PersonId == person select m).AnyAsync(cancellation);

    /// <summary>The person, and those registered by other addresses of the same inbox.</summary>
    private static async Task<List<(Guid Person, string Name, string Inbox)>> SameInbox(Db db, Guid eventId, Guid person, CancellationToken cancellation)
    {
        var who = await db.Users.AsNoTracking().SingleAsync(p => p.Id == person, cancellation);
        var inbox = Inbox.Of(who.Email!);
        var concerned = new List<(Guid, string, string)> { (person, who.Name, inbox) };
        foreach (var host in Inbox.HostsOf(inbox))
        {
            var others = await (from r in db.Set<Registration.Registration>()
                                where r.EventId == eventId && r.CancelledAt == null && r.PersonId != person
                                join p in db.Users on r.PersonId equals p.Id
                                where p.NormalizedEmail!.EndsWith(host)
                                select new { p.Id, p.Name, p.Email }).ToListAsync(cancellation);
            concerned.AddRange(others.Where(o => Inbox.Of(o.Email!) == inbox).Select(o => (o.Id, o.Name, inbox)));
        }
        return concerned;
    }

    /// <summary>First what is said is stopped, then those who may not be there are taken out, then whoever is concerned is told.</summary>
    private async Task Push(Changed changed, CancellationToken cancellation, bool byJob = false)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var ids = changed.Room is { } only ? [only] : await db.Set<Room>().Where(r => r.EventId == changed.Event).Select(r => r.Id).ToListAsync(cancellation);
        await Task.WhenAll(ids.Select(rooms.Conduct));
        foreach (var person in changed.People)
        {
            await people.Tell(changed.Event, person, ConductSlice.About, "{}");
            if (!byJob) await Task.WhenAll([people.Reconsider(person), .. ids.Select(id => rooms.Reconsider(id, person))]); // the job of the changed right does this one's part
        }
        staff.Stir(changed.Event);
    }

    private sealed record Changed(Guid Event, Guid? Room, Guid[] People);
}
