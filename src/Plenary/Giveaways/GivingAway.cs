using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;
using Plenary.Points;
using Plenary.Polls;
using Plenary.Registration;
using Plenary.Rooms;
using Plenary.Rooms.Attendance;

namespace Plenary.Giveaways;

/// <summary>What an organizer says to give something away.</summary>
public sealed record GiveawayWish(string Event, string Prize, int? Winners, Eligible Eligible, string? Poll, int? LeastPoints);

/// <summary>A giveaway, and its turns so far.</summary>
public sealed record GiveawayNow(Giveaway Giveaway, IReadOnlyList<GiveawayTurn> Turns, int? MyPlace);

/// <summary>Somebody who was drawn.</summary>
public sealed record GiveawayTurn(int Turn, int Place, string Tag, Guid? Person, string Name, WinnerState State);

/// <summary>
/// Giveaways in three steps, each durable before it is told: the seed is committed to, the list of who takes part is fixed, the seed is revealed and draws. Nobody can choose a list to fit the
/// seed, which is secret then, nor a seed to fit the list, which it was committed to before.
/// </summary>
public sealed class GivingAway(IDbContextFactory<Db> dbs, LivePeople people, Ledger ledger, TimeProvider clock)
{
    /// <summary>What people who attend the event are told: <c>{ id, prize, state, drawn }</c>, the names of those who have not answered yet. It says enough, so that thousands need not ask at once.</summary>
    public const string About = "giveaway";

    private static readonly Refusal NobodyThere = new("no-entrants", 409, "Nobody takes part by this rule yet. Wait until somebody does.");
    private static readonly Refusal IsListed = new("giveaway-listed", 409, "The list of this giveaway is fixed already.");
    private static readonly Refusal NotListed = new("giveaway-not-listed", 409, "Fix the list of who takes part first; then draw.");
    private static readonly Refusal AllGiven = new("giveaway-given", 409, "Everything was drawn. Another person is drawn only when somebody is absent.");
    private static readonly Refusal Exhausted = new("giveaway-exhausted", 409, "Everybody in the list has been drawn.");
    private static readonly Refusal Answered = new("giveaway-answered", 409, "This has been answered already.");

    /// <summary>Commits to a seed. Refused: sign-in-required, not-found, invalid-input.</summary>
    public async Task<Giveaway> Make(Viewer viewer, GiveawayWish wish, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        if (!Guid.TryParse(wish.Event, out var eventId)) throw Refusal.Invalid("event", "“event” is not an id.").AsException();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await db.RequireCrew(viewer, eventId, cancellation);
        var prize = Input.Line(wish.Prize, "prize", Giveaway.LongestPrize);
        if (wish.Winners is < 1 or > Giveaway.MostWinners) throw Refusal.Invalid("winners", $"1 to {Giveaway.MostWinners} people can win.").AsException();
        Guid? poll = null;
        if (wish.Eligible == Eligible.Voted)
            poll = Guid.TryParse(wish.Poll, out var id) && await (from p in db.Set<Poll>() join r in db.Set<Room>() on p.RoomId equals r.Id where p.Id == id && r.EventId == eventId select p).AnyAsync(cancellation)
                ? id : throw Refusal.Invalid("poll", "Choose one of the event's polls.").AsException();
        if (wish.Eligible == Eligible.Points && wish.LeastPoints is not (>= 1 and <= 1_000)) throw Refusal.Invalid("leastPoints", "Say how many points it takes, 1 to 1,000.").AsException();
        var seed = VerifiableDraw.NewSeed();
        var made = new Giveaway
        {
            EventId = eventId,
            Prize = prize,
            Winners = wish.Winners ?? 1,
            Eligible = wish.Eligible,
            PollId = poll,
            LeastPoints = wish.Eligible == Eligible.Points ? wish.LeastPoints!.Value : 0,
            Seed = seed,
            Commitment = VerifiableDraw.Commitment(seed),
            MadeById = viewer.RequireAccount(),
            MadeAt = clock.GetUtcNow(),
        };
        db.Add(made);
        await db.SaveChangesAsync(cancellation);
        return made;
    }

    /// <summary>Fixes who takes part and publishes the list. Refused: sign-in-required, not-found, giveaway-listed, no-entrants, changed-meanwhile.</summary>
    public async Task<Giveaway> List(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var giveaway = await Find(db, viewer, id, cancellation);
        if (giveaway.State != GiveawayState.Open) IsListed.Throw();
        var entrants = (await Entrants(db, giveaway, cancellation)).Select(person => (Person: person, Tag: VerifiableDraw.Tag(id, person))).OrderBy(e => e.Tag, StringComparer.Ordinal).ToList();
        if (entrants.Count == 0) NobodyThere.Throw();
        (giveaway.State, giveaway.Entrants, giveaway.ListedAt, giveaway.ListHash) = (GiveawayState.Listed, entrants.Count, clock.GetUtcNow(), VerifiableDraw.ListHash(entrants.Select(e => e.Tag)));
        foreach (var (place, entrant) in entrants.Index()) db.Add(new GiveawayEntrant { GiveawayId = id, Place = place, PersonId = entrant.Person, Tag = entrant.Tag });
        await Save(db, cancellation);
        await Tell(db, giveaway, cancellation);
        return giveaway;
    }

    /// <summary>
    /// Reveals the seed and draws whoever is next: as many as there are prizes at first, then one for each who is absent. Refused: sign-in-required, not-found, giveaway-not-listed, giveaway-given,
    /// giveaway-exhausted, changed-meanwhile.
    /// </summary>
    public async Task<Giveaway> Draw(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var giveaway = await Find(db, viewer, id, cancellation);
        if (giveaway.State == GiveawayState.Open) NotListed.Throw();
        var drawn = await db.Set<GiveawayWinner>().Where(w => w.GiveawayId == id).ToListAsync(cancellation);
        var missing = giveaway.Winners - drawn.Count(w => w.State != WinnerState.Absent);
        if (missing <= 0) AllGiven.Throw();
        var turns = Math.Min(giveaway.Entrants, drawn.Count + missing);
        if (turns == drawn.Count) Exhausted.Throw();
        var now = clock.GetUtcNow();
        foreach (var (turn, place) in VerifiableDraw.Draw(giveaway.Seed, giveaway.ListHash!, giveaway.Entrants, turns).Index().Skip(drawn.Count))
            db.Add(new GiveawayWinner { GiveawayId = id, Turn = turn + 1, Place = place, At = now });
        (giveaway.State, giveaway.DrawnAt) = (GiveawayState.Drawn, now);
        db.Entry(giveaway).Property(g => g.DrawnAt).IsModified = true; // two who draw at once: one of them is refused
        await Save(db, cancellation);
        await Tell(db, giveaway, cancellation);
        return giveaway;
    }

    /// <summary>The winner takes it, or does not. Refused: sign-in-required, not-found, giveaway-answered.</summary>
    public async Task<Giveaway> Answer(Viewer viewer, Guid id, bool accept, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var giveaway = await db.Set<Giveaway>().SingleOrDefaultAsync(g => g.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        if (viewer.At(giveaway.EventId) is not { } me) throw Refusal.NotFound.AsException();
        var turn = await (from w in db.Set<GiveawayWinner>()
                          join e in db.Set<GiveawayEntrant>() on new { w.GiveawayId, w.Place } equals new { e.GiveawayId, e.Place }
                          where w.GiveawayId == id && e.PersonId == me
                          select w.Turn).FirstOrDefaultAsync(cancellation);
        if (turn == 0) Refusal.NotFound.Throw();
        await Settle(db, giveaway, turn, accept ? WinnerState.Accepted : WinnerState.Absent, cancellation);
        return giveaway;
    }

    /// <summary>Whoever was drawn did not answer. Crew only. Refused: sign-in-required, not-found, giveaway-answered.</summary>
    public async Task<Giveaway> Pass(Viewer viewer, Guid id, int turn, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var giveaway = await Find(db, viewer, id, cancellation);
        if (!await db.Set<GiveawayWinner>().AnyAsync(w => w.GiveawayId == id && w.Turn == turn, cancellation)) Refusal.NotFound.Throw();
        await Settle(db, giveaway, turn, WinnerState.Absent, cancellation);
        return giveaway;
    }

    /// <summary>Giveaways of the event, the latest first. Refused: sign-in-required, not-found for who is not of the event.</summary>
    public async Task<List<GiveawayNow>> Of(Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        viewer.RequirePerson();
        if (viewer.At(eventId) is not { } me) throw Refusal.NotFound.AsException();
        if (!await db.HoldsRegistration(viewer, eventId, cancellation) && (await db.RolesAt(viewer, eventId, cancellation)).Count == 0) Refusal.NotFound.Throw();
        var all = await db.Set<Giveaway>().AsNoTracking().Where(g => g.EventId == eventId).OrderByDescending(g => g.MadeAt).Take(50).ToListAsync(cancellation);
        var ids = all.ConvertAll(g => g.Id);
        var turns = (await (from w in db.Set<GiveawayWinner>()
                            join e in db.Set<GiveawayEntrant>() on new { w.GiveawayId, w.Place } equals new { e.GiveawayId, e.Place }
                            where ids.Contains(w.GiveawayId)
                            from p in db.Users.Where(p => p.Id == e.PersonId).DefaultIfEmpty()
                            orderby w.Turn
                            select new { w.GiveawayId, w.Turn, w.Place, e.Tag, e.PersonId, Name = p == null ? "" : p.Name, w.State }).ToListAsync(cancellation))
            .ToLookup(t => t.GiveawayId, t => new GiveawayTurn(t.Turn, t.Place, t.Tag, t.PersonId, t.Name, t.State));
        var mine = await db.Set<GiveawayEntrant>().Where(e => ids.Contains(e.GiveawayId) && e.PersonId == me).ToDictionaryAsync(e => e.GiveawayId, e => e.Place, cancellation);
        return all.ConvertAll(g => new GiveawayNow(g, [.. turns[g.Id]], mine.TryGetValue(g.Id, out var place) ? place : null));
    }

    private async Task Settle(Db db, Giveaway giveaway, int turn, WinnerState state, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        // Answered and passed over in the same moment: the first counts.
        var settled = await db.Set<GiveawayWinner>().Where(w => w.GiveawayId == giveaway.Id && w.Turn == turn && w.State == WinnerState.Told)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.State, state).SetProperty(w => w.AnsweredAt, now), cancellation);
        var stands = settled == 1 || await db.Set<GiveawayWinner>().AnyAsync(w => w.GiveawayId == giveaway.Id && w.Turn == turn && w.State == state, cancellation);
        if (!stands) Answered.Throw();
        await Tell(db, giveaway, cancellation);
    }

    private async Task<IEnumerable<Guid>> Entrants(Db db, Giveaway giveaway, CancellationToken cancellation)
    {
        var eventId = giveaway.EventId;
        var staff = db.Set<EventRoleGrant>().Where(g => g.EventId == eventId).Select(g => g.PersonId);
        var members = from e in db.Set<Event>() where e.Id == eventId join m in db.Set<Membership>() on e.OrganizationId equals m.OrganizationId select m.PersonId;
        var registered = await db.Set<Registration.Registration>().Where(r => r.EventId == eventId && r.CancelledAt == null && !staff.Contains(r.PersonId) && !members.Contains(r.PersonId))
            .Select(r => new { r.PersonId, Came = r.CameAt != null }).ToListAsync(cancellation);
        var all = registered.Select(r => r.PersonId).ToList();
        switch (giveaway.Eligible)
        {
            case Eligible.Here:
                var here = await people.Here(eventId, all);
                return all.Where(here.Contains);
            case Eligible.Came: return registered.Where(r => r.Came).Select(r => r.PersonId);
            case Eligible.Voted:
                var voted = (await db.Set<PollVote>().Where(v => v.PollId == giveaway.PollId).Select(v => v.PersonId).ToListAsync(cancellation))
                    .Concat(await db.Set<PollVoter>().Where(v => v.PollId == giveaway.PollId).Select(v => v.PersonId).ToListAsync(cancellation)).ToHashSet();
                return all.Where(voted.Contains);
            default:
                var rich = await ledger.With(db, eventId, giveaway.LeastPoints, cancellation);
                return all.Where(rich.Contains);
        }
    }

    private static async Task<Giveaway> Find(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var giveaway = await db.Set<Giveaway>().SingleOrDefaultAsync(g => g.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        await db.RequireCrew(viewer, giveaway.EventId, cancellation);
        return giveaway;
    }

    private static async Task Save(Db db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            Refusal.Changed.Throw();
        }
    }

    private async Task Tell(Db db, Giveaway giveaway, CancellationToken cancellation)
    {
        var all = await db.Set<Registration.Registration>().Where(r => r.EventId == giveaway.EventId && r.CancelledAt == null).Select(r => r.PersonId).ToListAsync(cancellation);
        var drawn = await (from w in db.Set<GiveawayWinner>()
                           join e in db.Set<GiveawayEntrant>() on new { w.GiveawayId, w.Place } equals new { e.GiveawayId, e.Place }
                           join p in db.Users on e.PersonId equals p.Id
                           where w.GiveawayId == giveaway.Id && w.State == WinnerState.Told
                           orderby w.Turn
                           select p.Name).ToListAsync(cancellation);
        var said = new { giveaway.Id, giveaway.Prize, State = giveaway.State == GiveawayState.Drawn ? "drawn" : "listed", Drawn = drawn };
        await people.TellAll(giveaway.EventId, all, About, JsonSerializer.Serialize(said, JsonSerializerOptions.Web));
    }
}
