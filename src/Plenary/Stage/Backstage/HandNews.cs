using System.Text.Json;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>
/// Tells an attendee, and nobody else in the room, what has become of their hand. What is lost on the way they see when they look
/// again: the graph knows it.
/// </summary>
public sealed class HandNews(LiveRooms rooms, ILogger<HandNews> log)
{
    /// <summary>What <see cref="Told.About"/> says.</summary>
    public const string About = "hand";

    private sealed record Down(string State = "down");

    /// <summary>Tells everyone whose hand is another in the new plan.</summary>
    internal async Task TellAsync(Guid stage, StagePlanDocument before, StagePlanDocument after)
    {
        if (ReferenceEquals(before.Hands, after.Hands)) return;
        foreach (var hand in after.Hands.Except(before.Hands)) await TellAsync(stage, hand.Person, JsonSerializer.Serialize(hand, StagePlanDocument.Json));
        foreach (var hand in before.Hands.Where(h => after.HandOf(h.Person) is null)) await TellAsync(stage, hand.Person, JsonSerializer.Serialize(new Down(), StagePlanDocument.Json));
    }

    private async Task TellAsync(Guid stage, Guid person, string data)
    {
        try
        {
            await rooms.Tell(stage, person, About, data);
        }
#pragma warning disable CA1031 // It is a courtesy: the plan has changed, whoever hears of it.
        catch (Exception error)
        {
            log.LogInformation(error, "Somebody in room {Room} was not told of their hand", stage);
        }
#pragma warning restore CA1031
    }
}
