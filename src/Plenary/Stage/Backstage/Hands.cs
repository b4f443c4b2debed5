using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Live;
using Plenary.Platform.Surge;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>
/// What attendees do with their hands: raise and lower them, and answer when they are asked to come. Who agrees is a guest backstage, for
/// a while, and only then may be seen and heard by anybody.
/// </summary>
public sealed class Hands(IDbContextFactory<Db> dbs, Directing directing, TimeProvider clock)
{
    /// <summary>Nobody is a guest longer; the job that ends it is only for the case that nobody did.</summary>
    internal static readonly TimeSpan LongestStay = TimeSpan.FromHours(2);

    /// <summary>More hands than anybody looks through; the plan carries them all.</summary>
    private const int MostHands = 100;

    private readonly Gcra<Guid> pace = new(perSecond: 0.2, burst: 8, clock);

    /// <summary>The viewer's hand is up; again it stays where it is in the line. Refused like whatever needs the room; hands-closed, hands-full, backstage-already, too-many-requests.</summary>
    public async Task<RaisedHand> Raise(Viewer viewer, Guid stage, CancellationToken cancellation)
    {
        var pass = await Require(viewer, stage, cancellation);
        pass.RequireVoice(clock);
        await Change(stage, pass, (_, plan) =>
        {
            if (plan.HandOf(pass.Person) is not null) return plan;
            if (plan.HandsClosed) BackstageRefusals.HandsClosed.Throw();
            if (plan.Hands.Count >= MostHands) BackstageRefusals.HandsFull.Throw();
            return plan.With(new(pass.Person, pass.Name, clock.GetUtcNow().ToUnixTimeMilliseconds(), HandState.Raised));
        }, cancellation);
        return await Of(stage, pass.Person, cancellation) ?? throw BackstageRefusals.HandsClosed.AsException();
    }

    /// <summary>The viewer's hand is down; a guest goes back to the audience.</summary>
    public async Task Lower(Viewer viewer, Guid stage, CancellationToken cancellation)
    {
        var pass = await Require(viewer, stage, cancellation);
        await Change(stage, pass, (db, plan) => Leave(db, stage, pass.EventId, plan, pass.Person, clock.GetUtcNow(), cancellation), cancellation);
    }

    /// <summary>
    /// The viewer says whether they come. Agreeing is agreeing to be recorded; it opens the backstage to them. Refused: not-asked; consent-missing when
    /// they come but do not agree to be recorded.
    /// </summary>
    public async Task<RaisedHand?> Answer(Viewer viewer, Guid stage, bool accept, bool recording, CancellationToken cancellation)
    {
        var pass = await Require(viewer, stage, cancellation);
        if (accept && !recording) throw BackstageRefusals.NoConsent(pass.Name).AsException();
        await Change(stage, pass, async (db, plan) =>
        {
            if (plan.HandOf(pass.Person) is not { State: not HandState.Raised } hand) throw BackstageRefusals.NotAsked.AsException();
            if (!accept) return await Leave(db, stage, pass.EventId, plan, pass.Person, clock.GetUtcNow(), cancellation);
            if (hand.State == HandState.Accepted) return plan;
            await Welcome(db, stage, pass, cancellation);
            return plan.With(hand with { State = HandState.Accepted });
        }, cancellation);
        return await Of(stage, pass.Person, cancellation);
    }

    /// <summary>This person's hand, if it is up.</summary>
    public async Task<RaisedHand?> Of(Guid stage, Guid person, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return (await db.Set<StagePlan>().AsNoTracking().SingleOrDefaultAsync(p => p.RoomId == stage, cancellation))?.Read().HandOf(person);
    }

    /// <summary>Takes whoever it is back to the audience; what they had on stage goes with them.</summary>
    internal static async Task<StagePlanDocument> Leave(Db db, Guid stage, Guid @event, StagePlanDocument plan, Guid person, DateTimeOffset now, CancellationToken cancellation)
    {
        var guest = await (from g in db.Set<RoomGuest>() join room in db.Set<Room>() on g.RoomId equals room.Id where room.StageId == stage && g.PersonId == person select g).SingleOrDefaultAsync(cancellation);
        if (guest is null) return plan.HandOf(person) is null ? plan : plan with { Hands = [.. plan.Hands.Where(h => h.Person != person)] };
        db.Remove(guest);
        db.AddAccessChanged(@event, person, now);
        return plan.Without(person);
    }

    private async Task Welcome(Db db, Guid stage, RoomPass pass, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var backstage = await db.Set<Room>().Where(r => r.StageId == stage).Select(r => r.Id).SingleAsync(cancellation);
        if (!await db.Set<RoomGuest>().AnyAsync(g => g.RoomId == backstage && g.PersonId == pass.Person, cancellation))
        {
            db.Add(new RoomGuest { RoomId = backstage, PersonId = pass.Person, Since = now, Until = now + LongestStay });
            db.AddJob(EndStay.JobKind, new EndStay.Stay(stage, pass.Person), now + LongestStay);
            db.AddAccessChanged(pass.EventId, pass.Person, now);
        }
        if (!await Consents.Has(db, stage, pass.Person, cancellation)) db.Add(new RecordingConsent { RoomId = stage, PersonId = pass.Person, At = now });
    }

    private Task<StagePlan> Change(Guid stage, RoomPass pass, Func<Db, StagePlanDocument, Task<StagePlanDocument>> change, CancellationToken cancellation) =>
        directing.Change(stage, Guid.CreateVersion7(), pass.Name, change, cancellation);

    private Task<StagePlan> Change(Guid stage, RoomPass pass, Func<Db, StagePlanDocument, StagePlanDocument> change, CancellationToken cancellation) =>
        Change(stage, pass, (db, plan) => Task.FromResult(change(db, plan)), cancellation);

    private async Task<RoomPass> Require(Viewer viewer, Guid stage, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.RoomPassOf(viewer, stage, cancellation) is not { } pass) throw Refusal.NotFound.AsException();
        if (pass.Room.Kind != RoomKind.Stage) StageRefusals.NotAStage.Throw();
        if (pass.Status is EventStatus.Ended or EventStatus.Cancelled) StageRefusals.EventOver.Throw();
        if (RoomAccess.BelongsBackstage(pass.Roles)) BackstageRefusals.BackstageAlready.Throw();
        if (!pace.Take(person)) Refusal.TooMany.Throw();
        return pass;
    }
}

/// <summary>Takes a guest back to the audience, should nobody have done so.</summary>
internal sealed class EndStay(IDbContextFactory<Db> dbs, Directing directing, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "end-stay-backstage";

    public string Kind => JobKind;

    /// <param name="Stage">In front of the backstage.</param>
    /// <param name="Person">The guest.</param>
    public sealed record Stay(Guid Stage, Guid Person);

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var stay = JsonSerializer.Deserialize<Stay>(payload, JsonSerializerOptions.Web)!;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var guest = await (from g in db.Set<RoomGuest>()
                           join room in db.Set<Room>() on g.RoomId equals room.Id
                           where room.StageId == stay.Stage && g.PersonId == stay.Person
                           select new { g.Until, room.EventId }).SingleOrDefaultAsync(cancellation);
        // Who went and came again has a later end, and a job of its own.
        if (guest is null || guest.Until > clock.GetUtcNow()) return;
        await directing.Change(stay.Stage, Guid.CreateVersion7(), "", (work, plan) => Hands.Leave(work, stay.Stage, guest.EventId, plan, stay.Person, clock.GetUtcNow(), cancellation), cancellation);
    }
}
