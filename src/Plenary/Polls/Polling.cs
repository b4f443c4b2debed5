using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Orleans.Runtime;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Surge;
using Plenary.Rooms;

namespace Plenary.Polls;

/// <summary>
/// The way to polls: who may be in the room and who is of the staff is decided here; what polls themselves say about it is their grain's. The run of show opens and closes
/// them by <see cref="Open(Guid, CancellationToken)"/> and <see cref="Close(Guid, CancellationToken)"/>.
/// </summary>
public sealed class Polling(IDbContextFactory<Db> dbs, IGrainFactory grains, DoorCheck door, SpokenRules rules, TimeProvider clock) : IRoomAct, IJobHandler
{
    private const string CloseJob = "polls.close";

    /// <summary>A lost silo is declared dead in a few seconds; until then calls to it are worth repeating.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Gcra<Guid> pace = new(perSecond: 2, burst: 20, clock);
    private readonly RoomCalls<PollCommand, PollAnswer> calls =
        new(async (room, commands) => commands is [var only] ? [await grains.GetGrain<IPollsGrain>(room).Do(only)] : await grains.GetGrain<IPollsGrain>(room).DoMany([.. commands]), clock);

    /// <summary>The name of voting, for the hub.</summary>
    public string About => "vote";

    string IJobHandler.Kind => CloseJob;

    /// <summary>Votes: <c>{"poll", "picks"}</c> or <c>{"poll", "words"}</c>. Refused: not-found, poll-closed, already-voted, invalid-input, not-kept.</summary>
    public async Task<string> Do(RoomPass pass, string data)
    {
        PollSaid? said;
        try { said = JsonSerializer.Deserialize<PollSaid>(data, PollsNow.Json); }
        catch (JsonException) { said = null; }
        if (said is null) throw Refusal.Invalid("data", "A vote names its poll, and picks or words.").AsException();
        if (said.Words is { Length: > 0 } words) await rules.RequireOfMany(pass, string.Join('\n', words));
        return await Ask(pass.Room.Id, new(PollAct.Vote, said.Poll, pass.Person, data));
    }

    /// <summary>The polls of a room; with drafts and hidden results for its staff. Refused: not-found.</summary>
    public async Task<(PollsNow Now, bool Staff)> Of(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        var pass = await door.PassOf(viewer, room, cancellation) ?? throw Refusal.NotFound.AsException();
        var staff = pass.Roles.Overlaps(EventAccess.Staff);
        return (PollsNow.Read(await grains.GetGrain<IPollsGrain>(room).Now(staff)), staff);
    }

    /// <summary>Adds a draft, or changes one. Staff only. Refused: sign-in-required, not-found, forbidden, invalid-input, poll-opened, too-many-polls, too-many-requests.</summary>
    public async Task<PollNow> Save(Viewer viewer, Guid room, Guid id, PollWish wish, CancellationToken cancellation)
    {
        await RequireStaff(viewer, room, cancellation);
        var data = JsonSerializer.Serialize(wish.Checked(), PollsNow.Json);
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
            if (await db.Set<Poll>().AnyAsync(p => p.Id == id && p.RoomId != room, cancellation)) throw Refusal.NotFound.AsException();
        await Ask(room, new(PollAct.Save, id, Data: data));
        return await Read(room, id);
    }

    /// <summary>Opens a poll; a closed one again, with the votes it has. Staff only.</summary>
    public async Task<PollNow> Open(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var room = await RequireStaffOf(viewer, id, cancellation);
        await Open(id, cancellation);
        return await Read(room, id);
    }

    /// <summary>Closes a poll: its results are seen by everybody. Staff only.</summary>
    public async Task<PollNow> Close(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var room = await RequireStaffOf(viewer, id, cancellation);
        await Close(id, cancellation);
        return await Read(room, id);
    }

    /// <summary>Removes a poll with its votes. Staff only.</summary>
    public async Task Remove(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var room = await RequireStaffOf(viewer, id, cancellation);
        await Ask(room, new(PollAct.Remove, id));
    }

    /// <summary>The same for a slice above that has decided it. Refused: not-found.</summary>
    internal async Task Open(Guid id, CancellationToken cancellation)
    {
        var poll = await Find(id, cancellation);
        if (poll.ClosesAfter is { } seconds && poll.State != PollState.Open)
        {
            // Written before: a process that dies in between leaves a poll that closes, and closing what is not open does nothing.
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            db.AddJob(CloseJob, new Closing(id), clock.GetUtcNow().AddSeconds(seconds));
            await db.SaveChangesAsync(cancellation);
        }
        await Ask(poll.RoomId, new(PollAct.Open, id));
    }

    /// <summary>The same for a slice above that has decided it. Refused: not-found.</summary>
    internal async Task Close(Guid id, CancellationToken cancellation) => await Ask((await Find(id, cancellation)).RoomId, new(PollAct.Close, id));

    /// <summary>It is time to close a poll by itself, unless it was opened again meanwhile.</summary>
    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var closing = JsonSerializer.Deserialize<Closing>(payload, JsonSerializerOptions.Web)!;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var poll = await db.Set<Poll>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == closing.Poll, cancellation);
        if (poll is not { State: PollState.Open, ClosesAt: { } at }) return;
        var now = clock.GetUtcNow();
        if (at <= now) await Close(poll.Id, cancellation);
        else
        {
            db.AddJob(CloseJob, closing, at);
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>The room of a poll, when the viewer is of its staff. Refused: sign-in-required, not-found, forbidden, too-many-requests.</summary>
    internal async Task<Guid> RequireStaffOf(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var poll = await Find(id, cancellation);
        await RequireStaff(viewer, poll.RoomId, cancellation);
        return poll.RoomId;
    }

    private async Task RequireStaff(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        var pass = await door.PassOf(viewer, room, cancellation) ?? throw Refusal.NotFound.AsException();
        if (!pass.Roles.Overlaps(EventAccess.Staff)) Refusal.Forbidden.Throw();
        if (!pace.Take(person)) Refusal.TooMany.Throw();
    }

    private async Task<Poll> Find(Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await db.Set<Poll>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
    }

    private async Task<PollNow> Read(Guid room, Guid id) =>
        PollsNow.Read(await grains.GetGrain<IPollsGrain>(room).Now(true)).Polls.SingleOrDefault(p => p.Id == id) ?? throw Refusal.NotFound.AsException();

    /// <summary>Every command says how things are to be, so it may be repeated.</summary>
    private async Task<string> Ask(Guid room, PollCommand command)
    {
        var started = clock.GetTimestamp();
        for (var wait = 50; ; wait = Math.Min(wait * 2, 500))
        {
            try
            {
                var answer = await calls.Do(room, command);
                if (answer.Data is { } data) return data;
                // It counts already because an earlier try did, of which only the answer was lost.
                if (wait > 50 && answer.Code == PollRefusals.Voted.Code) return """{"counted":true}""";
                if (answer.Code is { } code) throw new Refusal(code, answer.Status, answer.Message!, answer.Field).AsException();
            }
            catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException) { }
            if (clock.GetElapsedTime(started) > Patience) throw PollRefusals.NotKept.AsException();
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock);
        }
    }

    private sealed record Closing(Guid Poll);
}
