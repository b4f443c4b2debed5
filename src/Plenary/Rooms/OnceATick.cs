using Plenary.Platform.Live;

namespace Plenary.Rooms;

/// <summary>Tells a room something at once or as soon as it is time, however often that is asked for. Made for one grain's scheduler, so it has no locks: call it from the grain only.</summary>
/// <param name="room">Who is told.</param>
/// <param name="about">Of what.</param>
/// <param name="document">What there is to tell when it is time.</param>
/// <param name="rooms">The way to the room.</param>
/// <param name="clock">By which it is time.</param>
/// <param name="log">Of what could not be told.</param>
public sealed class OnceATick(Guid room, string about, Func<Task<string>> document, LiveRooms rooms, TimeProvider clock, ILogger log)
{
    /// <summary>As often as it would be passed on.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    /// <summary>Characters of a telling; a longer one is followed by a longer rest.</summary>
    private const int Usual = 8_000;

    private long toldAt;
    private int length;
    private bool asked;

    public void Ask()
    {
        if (asked) return;
        asked = true;
        _ = Soon();
    }

    private async Task Soon()
    {
        try
        {
            var rest = toldAt == 0 ? TimeSpan.Zero : Tick * Math.Max(1, length / Usual) - clock.GetElapsedTime(toldAt);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, clock);
            toldAt = clock.GetTimestamp();
            asked = false;
            var json = await document();
            length = json.Length;
            BookMeters.Told(about);
            await rooms.TellAll(room, about, json);
        }
#pragma warning disable CA1031 // It is kept; whoever was not told sees it when they ask again.
        catch (Exception error)
        {
            asked = false;
            log.LogInformation(error, "Room {Room} was not told of its {About}", room, about);
        }
#pragma warning restore CA1031
    }
}
