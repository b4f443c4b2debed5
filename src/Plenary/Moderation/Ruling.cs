using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Text;
using Plenary.Profiles;
using Plenary.Rooms;
using Plenary.Rooms.Held;

namespace Plenary.Moderation;

/// <summary>Rules of a room as a moderator sets them; what is left out stays as it is.</summary>
public sealed record RulesWish(Guid Room, int? SlowSeconds, int? DelaySeconds, bool? HoldsAll, bool? Locked, RulePolicy? Links, RulePolicy? WordPolicy, string? Words, bool Everywhere = false);

/// <summary>The rules of rooms, and what becomes of held messages, reports and appeals. Kept as <see cref="Restricting"/> keeps.</summary>
public sealed class Ruling(IDbContextFactory<Db> dbs, LiveRooms rooms, Restricting restricting, StaffNews staff, TimeProvider clock) : IJobHandler
{
    internal const string JobKind = "moderation.room";

    /// <summary>The name under which rooms are told their rules.</summary>
    public const string About = "rules";

    private readonly Moderators moderators = new(clock);

    public string Kind => JobKind;

    /// <summary>The rules of a room that the viewer may be in. Refused: not-found.</summary>
    public async Task<RoomRules> Of(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var pass = await db.RoomPassOf(viewer, room, cancellation) ?? throw Refusal.NotFound.AsException();
        var rules = await db.Set<RoomRules>().AsNoTracking().SingleOrDefaultAsync(r => r.RoomId == room, cancellation) ?? new() { RoomId = room, EventId = pass.EventId };
        if (!pass.Roles.Overlaps(Events.EventAccess.Staff)) rules.Words = ""; // whoever knows the list writes around it
        return rules;
    }

    /// <summary>Sets rules of a room, or of all rooms of its event. Refused: sign-in-required; not-found; invalid-input; too-many-requests; changed-meanwhile.</summary>
    public async Task<RoomRules> Set(Viewer viewer, RulesWish wish, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        if (wish.SlowSeconds is < 0 or > RoomRules.LongestSlow) throw Refusal.Invalid("slowSeconds", $"Slow mode takes 1 to {RoomRules.LongestSlow} seconds, or 0 for none.").AsException();
        if (wish.DelaySeconds is not (null or 0 or >= RoomRules.ShortestDelay and <= RoomRules.LongestDelay)) throw Refusal.Invalid("delaySeconds", $"A delay takes {RoomRules.ShortestDelay} to {RoomRules.LongestDelay} seconds, or 0 for none.").AsException();
        var words = wish.Words is null ? null : Input.Paragraphs(wish.Words, "words", RoomRules.LongestWords);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var at = await EventOf(db, wish.Room, cancellation);
        var by = await moderators.Require(db, viewer, at, cancellation);
        var ids = wish.Everywhere ? await db.Set<Room>().Where(r => r.EventId == at).Select(r => r.Id).ToListAsync(cancellation) : [wish.Room];
        var known = await db.Set<RoomRules>().Where(r => ids.Contains(r.RoomId)).ToDictionaryAsync(r => r.RoomId, cancellation);
        var now = clock.GetUtcNow();
        foreach (var id in ids)
        {
            if (!known.TryGetValue(id, out var rules)) db.Add(known[id] = rules = new() { RoomId = id, EventId = at });
            rules.SlowSeconds = wish.SlowSeconds ?? rules.SlowSeconds;
            rules.DelaySeconds = wish.DelaySeconds ?? rules.DelaySeconds;
            rules.HoldsAll = wish.HoldsAll ?? rules.HoldsAll;
            rules.Locked = wish.Locked ?? rules.Locked;
            rules.Links = wish.Links ?? rules.Links;
            rules.WordPolicy = wish.WordPolicy ?? rules.WordPolicy;
            rules.Words = words ?? rules.Words;
            db.AddJob(JobKind, new RoomChanged(at, id), now);
        }
        db.Add(Restricting.Line(by, ModerationActKind.Rules, now, null, "", wish.Everywhere ? null : wish.Room, null, "", JsonSerializer.Serialize(wish with { Words = words is null ? null : $"{words.Split('\n').Length}" }, JsonSerializerOptions.Web)));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || Db.IsTaken(error))
        {
            throw Refusal.Changed.AsException();
        }
        await Task.WhenAll(ids.Select(id => Push(new(at, id))));
        return known[wish.Room];
    }

    /// <summary>Lets a held message through, or declines it. Refused: sign-in-required; not-found; already-decided; too-many-requests.</summary>
    public async Task Decide(Viewer viewer, Guid room, Guid id, bool through, string? reason, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var why = Input.OptionalLine(reason, "reason", Restriction.LongestReason);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var by = await moderators.Require(db, viewer, await EventOf(db, room, cancellation), cancellation);
        var message = await db.Set<HeldMessage>().AsNoTracking().SingleOrDefaultAsync(h => h.RoomId == room && h.EntryId == id, cancellation) ?? throw Refusal.NotFound.AsException();
        if (message.PersonId == by.Person) ModerationRefusals.Yourself.Throw();
        var now = clock.GetUtcNow();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            var to = through ? HeldState.Approved : HeldState.Dropped;
            if (await db.Set<HeldMessage>().Where(h => h.RoomId == room && h.EntryId == id && h.State == HeldState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(h => h.State, to), cancellation) == 0) ModerationRefusals.Decided.Throw();
            db.Add(Restricting.Line(by, through ? ModerationActKind.LetThrough : ModerationActKind.Decline, now, message.PersonId, message.Name, room, id, why, message.Text));
            db.AddJob(JobKind, new RoomChanged(by.Event, room), now);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await Push(new(by.Event, room));
        if (!through) await rooms.Tell(room, message.PersonId, "held", JsonSerializer.Serialize(new { id, state = "declined", reason = why }, JsonSerializerOptions.Web));
    }

    /// <summary>A report is dealt with. Refused: sign-in-required; not-found, also for one about the viewer; already-decided.</summary>
    public async Task CloseReport(Viewer viewer, Guid id, string? reason, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var why = Input.OptionalLine(reason, "reason", Restriction.LongestReason);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var report = await db.Set<Report>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        var by = await moderators.Require(db, viewer, report.EventId, cancellation);
        if (report.AboutId == by.Person) Refusal.NotFound.Throw();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Set<Report>().Where(r => r.Id == id && r.State == ReportState.Open).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, ReportState.Closed), cancellation) == 0) ModerationRefusals.Decided.Throw();
        var name = await db.Users.Where(p => p.Id == report.AboutId).Select(p => p.Name).SingleOrDefaultAsync(cancellation) ?? "";
        db.Add(Restricting.Line(by, ModerationActKind.CloseReport, clock.GetUtcNow(), report.AboutId, name, null, id, why, report.Note));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        staff.Stir(report.EventId);
    }

    /// <summary>The person concerned says what they have to say about their restriction, once. Refused: sign-in-required; not-found; already-appealed; invalid-input.</summary>
    public async Task Appeal(Viewer viewer, Guid restrictionId, string note, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        var words = Input.Paragraphs(note, "note", Moderation.Appeal.LongestNote);
        if (words.Length == 0) Refusal.Invalid("note", "Write what you want to say first.").Throw();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var restriction = await db.Set<Restriction>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == restrictionId && r.PersonId == person, cancellation);
        if (restriction is null || viewer.At(restriction.EventId) is null || !restriction.IsActive(clock.GetUtcNow())) throw Refusal.NotFound.AsException();
        if (await db.Set<Appeal>().AnyAsync(a => a.RestrictionId == restrictionId, cancellation)) ModerationRefusals.Appealed.Throw();
        var name = await db.Users.Where(p => p.Id == person).Select(p => p.Name).SingleAsync(cancellation);
        var now = clock.GetUtcNow();
        db.Add(new Appeal { RestrictionId = restrictionId, EventId = restriction.EventId, Note = words, At = now });
        db.Add(Restricting.Line(new(restriction.EventId, person, name, 0), ModerationActKind.Appeal, now, person, name, restriction.RoomId, restrictionId, "", words));
        try { await db.SaveChangesAsync(cancellation); }
        catch (DbUpdateException error) when (Db.IsTaken(error)) { ModerationRefusals.Appealed.Throw(); }
        staff.Stir(restriction.EventId);
    }

    /// <summary>Answers what somebody said about their restriction, and lifts it or not. Refused: sign-in-required; not-found; already-decided; yourself; outranked; invalid-input.</summary>
    public async Task AnswerAppeal(Viewer viewer, Guid restrictionId, string answer, bool lift, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var words = Input.Paragraphs(answer, "answer", Moderation.Appeal.LongestNote);
        if (words.Length == 0) Refusal.Invalid("answer", "Write an answer first.").Throw();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var restriction = await db.Set<Restriction>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == restrictionId, cancellation) ?? throw Refusal.NotFound.AsException();
        var by = await moderators.Require(db, viewer, restriction.EventId, cancellation);
        await Moderators.RequireBelow(db, by, restriction.PersonId, cancellation);
        var appeal = await db.Set<Appeal>().SingleOrDefaultAsync(a => a.RestrictionId == restrictionId, cancellation) ?? throw Refusal.NotFound.AsException();
        if (appeal.AnsweredAt is not null) ModerationRefusals.Decided.Throw();
        (appeal.Answer, appeal.AnsweredAt) = (words, clock.GetUtcNow());
        var name = await db.Users.Where(p => p.Id == restriction.PersonId).Select(p => p.Name).SingleOrDefaultAsync(cancellation) ?? "";
        db.Add(Restricting.Line(by, ModerationActKind.AnswerAppeal, clock.GetUtcNow(), restriction.PersonId, name, restriction.RoomId, restrictionId, "", words));
        try
        {
            if (lift && restriction.LiftedAt is null) await restricting.LiftAs(db, by, restriction, "", cancellation); // saves the answer with it
            else await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            ModerationRefusals.Decided.Throw();
        }
        staff.Stir(restriction.EventId);
    }

    public Task Handle(string payload, CancellationToken cancellation) => Push(JsonSerializer.Deserialize<RoomChanged>(payload, JsonSerializerOptions.Web)!);

    private static async Task<Guid> EventOf(Db db, Guid room, CancellationToken cancellation) =>
        await db.Set<Room>().Where(r => r.Id == room).Select(r => (Guid?)r.EventId).SingleOrDefaultAsync(cancellation) ?? throw Refusal.NotFound.AsException();

    private async Task Push(RoomChanged changed)
    {
        await rooms.Conduct(changed.Room);
        await rooms.TellAll(changed.Room, About, "{}");
        staff.Stir(changed.Event);
    }

    private sealed record RoomChanged(Guid Event, Guid Room);
}
