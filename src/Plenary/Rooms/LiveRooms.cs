using Orleans.Runtime;
using Plenary.Platform;

namespace Plenary.Rooms;

/// <summary>The live side of rooms, for the slices above.</summary>
public sealed class LiveRooms(IGrainFactory grains, TimeProvider clock)
{
    private readonly RoomPosts posts = new(grains, clock);

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

    /// <summary>Who is in the room now, over all processes.</summary>
    public Task<Audience> Audience(Guid roomId) => grains.GetGrain<IRoomGrain>(roomId).Audience();

    /// <summary>Has the room look again at what a person may do there: a right was taken, or a role was given.</summary>
    public Task Reconsider(Guid roomId, Guid person) => grains.GetGrain<IRoomGrain>(roomId).Reconsider(person);

    /// <summary>Refused: not-found when the room is gone, id-taken, room-busy, not-kept.</summary>
    internal async Task<Appended> Append(Guid roomId, NewEntry entry)
    {
        var started = clock.GetTimestamp();
        for (var wait = 50; ; wait = Math.Min(wait * 2, 500))
        {
            Appended answer;
            try
            {
                answer = await posts.Append(roomId, entry);
            }
            catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException)
            {
                answer = new(AppendOutcome.Again);
            }
            switch (answer.Outcome)
            {
                case AppendOutcome.Kept: return answer;
                case AppendOutcome.Gone: throw Refusal.NotFound.AsException();
                case AppendOutcome.Taken: throw RoomRefusals.IdTaken.AsException();
                case AppendOutcome.Busy: throw RoomRefusals.Busy.AsException();
            }
            if (clock.GetElapsedTime(started) > Patience) throw RoomRefusals.NotKept.AsException();
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock);
        }
    }
}
