using Orleans.Runtime;
using Plenary.Platform;
using Plenary.Rooms.Chat;

namespace Plenary.Rooms;

/// <summary>The live side of rooms, for the slices above.</summary>
public sealed class LiveRooms(IGrainFactory grains, TimeProvider clock)
{
    private readonly RoomCalls<NewEntry, Appended> posts = new(async (room, entries) => entries is [var only] ? [await grains.GetGrain<IRoomGrain>(room).Append(only)] : await grains.GetGrain<IRoomGrain>(room).AppendMany([.. entries]), clock);

    /// <summary>A lost silo is declared dead in a few seconds; until then calls to it are worth repeating.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Tells everyone in the room that its stage changed: an entry of the log, in order with the chat, durable when this returns. Who
    /// joins later is told the latest one.
    /// </summary>
    /// <param name="roomId">The room.</param>
    /// <param name="stage">What the stage does now.</param>
    /// <param name="id">Of the change: with the same id it is told once, however often it is tried.</param>
    public Task AppendStage(Guid roomId, StageNow stage, Guid? id = null) =>
        Append(roomId, new(id ?? Guid.CreateVersion7(), EntryKind.Stage, null, stage.Speaker ?? "", "speaker", null, stage));

    /// <summary>Tells everyone backstage the plan of the stage; durable when this returns. Who joins later is told the newest one.</summary>
    /// <param name="roomId">The backstage.</param>
    /// <param name="plan">The plan as it is now.</param>
    /// <param name="by">Name of who changed it.</param>
    /// <param name="id">Of the change: with the same id it is told once, however often it is tried.</param>
    public Task AppendPlan(Guid roomId, PlanNow plan, string by, Guid id) =>
        Append(roomId, new(id, EntryKind.Plan, null, by, "producer", null, null, plan));

    /// <summary>Tells one person's connections in the room something at once. It may be lost: keep the truth where it can be asked for.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="person">Whose connections.</param>
    /// <param name="about">What it concerns; clients know by it what to do.</param>
    /// <param name="data">JSON.</param>
    public Task Tell(Guid roomId, Guid person, string about, string data) => grains.GetGrain<IRoomGrain>(roomId).Tell(person, about, data);

    /// <summary>
    /// Tells everyone in the room something at once. It may be lost, so keep the truth where it can be asked for; each subject is told twice a second at most, and of
    /// what comes meanwhile only the latest, so tell whole documents with a version.
    /// </summary>
    /// <param name="roomId">The room.</param>
    /// <param name="about">What it concerns; clients know by it what to do.</param>
    /// <param name="data">JSON.</param>
    public Task TellAll(Guid roomId, string about, string data) => grains.GetGrain<IRoomGrain>(roomId).TellAll(about, data);

    /// <summary>Which of these people are in the room now. Null when a process did not answer, so that nobody can be said to be missing.</summary>
    public async Task<Guid[]?> Here(Guid roomId, Guid[] people)
    {
        try { return await grains.GetGrain<IRoomGrain>(roomId).Here(people); }
        catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException) { return null; }
    }

    /// <summary>Tells everyone in the room what is being said on its stage. Ephemeral; while the room moves to another process nobody hears it.</summary>
    public async Task Caption(Guid roomId, Caption caption)
    {
        try { await grains.GetGrain<IRoomGrain>(roomId).Caption(caption); }
        catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException) { } // What counts is in the database.
    }

    /// <summary>Who is in the room now, over all processes.</summary>
    public Task<Audience> Audience(Guid roomId) => grains.GetGrain<IRoomGrain>(roomId).Audience();

    /// <summary>Has the room look again at what a person may do there: a right was taken, or a role was given.</summary>
    public Task Reconsider(Guid roomId, Guid person) => grains.GetGrain<IRoomGrain>(roomId).Reconsider(person);

    /// <summary>
    /// Has the room read anew who may say what in it. When this returns nobody can say any more what they may not, on whatever connection. Throws when the room cannot be reached for
    /// <see cref="Patience"/>: whoever leads it next reads it anyway.
    /// </summary>
    public async Task Conduct(Guid roomId)
    {
        var started = clock.GetTimestamp();
        for (var wait = 50; ; wait = Math.Min(wait * 2, 500))
        {
            try
            {
                await grains.GetGrain<IRoomGrain>(roomId).Conduct();
                return;
            }
            catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException && clock.GetElapsedTime(started) < Patience) { }
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock);
        }
    }

    /// <summary>Refused: what a restriction or a rule of the room says; not-found when the room is gone, id-taken, room-busy, not-kept; about messages: message-gone, forbidden, too-late, too-many-pins.</summary>
    internal Task<Appended> Append(Guid roomId, NewEntry entry) => Until(() => posts.Do(roomId, entry));

    /// <summary>Counts somebody's reaction to a message; durable when this returns. Refused: not-found, room-busy, not-kept, message-gone.</summary>
    internal Task React(Guid roomId, ReactionWish wish) => Until(async () => new(await grains.GetGrain<IRoomGrain>(roomId).React(wish)));

    private async Task<Appended> Until(Func<Task<Appended>> ask)
    {
        var started = clock.GetTimestamp();
        for (var wait = 50; ; wait = Math.Min(wait * 2, 500))
        {
            Appended answer;
            try
            {
                answer = await ask();
            }
            catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException)
            {
                answer = new(AppendOutcome.Again);
            }
            switch (answer.Outcome)
            {
                case AppendOutcome.Kept or AppendOutcome.Held: return answer;
                case AppendOutcome.Refused: throw answer.ToRefusal().AsException();
                case AppendOutcome.Gone: throw Refusal.NotFound.AsException();
                case AppendOutcome.Taken: throw RoomRefusals.IdTaken.AsException();
                case AppendOutcome.Busy: throw RoomRefusals.Busy.AsException();
                case AppendOutcome.Again: break;
                default: throw RoomRefusals.Of(answer.Outcome).AsException();
            }
            if (clock.GetElapsedTime(started) > Patience) throw RoomRefusals.NotKept.AsException();
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock);
        }
    }
}
