using Plenary.Platform;

namespace Plenary.Rooms;

/// <summary>
/// How often a room speaks. What costs is frames per attendee, whatever is in them, so the more people are in a room the longer it waits
/// to put more into one: 20 a second for hundreds, 10 for thousands, 2 for fifty thousand, that is 100,000 deliveries a second for a big room.
/// Where so much is said that nobody reads it line by line, five frames a second are enough for anybody.
/// </summary>
/// <param name="fixedTick">The same tick for every room; zero makes every entry a frame of its own. Null: it adapts.</param>
internal sealed class RoomPace(TimeSpan? fixedTick)
{
    /// <summary>Up to this many connections the tick is the shortest.</summary>
    public const int Small = 500;

    /// <summary>How often what has no number is told of a room in which more people are than anybody counts.</summary>
    public const int Large = 5_000;

    /// <summary>A post that was acknowledged must be seen within 2 s, or its author's client asks for what it lacks.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1.5);

    /// <summary>From so many entries in a frame on the room is busy: more than two dozen a second.</summary>
    public const int Busy = 5;

    private const double Slower = 1.25;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Unread = TimeSpan.FromMilliseconds(200);

    public RoomPace(IConfiguration configuration)
        : this(configuration["Rooms:TickMilliseconds"] is { Length: > 0 } ? TimeSpan.FromMilliseconds(Settings.Number(configuration, "Rooms:TickMilliseconds", 0, 0, 10_000)) : null)
    {
    }

    /// <summary>Every entry is kept and sent as it comes, a frame of its own.</summary>
    public bool OneByOne => fixedTick == TimeSpan.Zero;

    /// <summary>From one frame with entries or reactions to the next.</summary>
    /// <param name="connections">In the room, over all processes.</param>
    /// <param name="lag">How long the slowest process took to write the last frame to its last member: a tick is a quarter longer than that, so that frames do not pile up.</param>
    /// <param name="entries">In the last frame.</param>
    public TimeSpan Tick(int connections, TimeSpan lag, int entries = 0)
    {
        if (fixedTick is { } tick) return tick;
        var byMembers = connections <= Small ? Shortest : TimeSpan.FromMilliseconds(Math.Clamp(connections / 100, 100, 500));
        if (entries >= Busy && byMembers < Unread && connections > Small) byMembers = Unread;
        var byLag = Slower * lag < Longest ? Slower * lag : Longest;
        return byMembers > byLag ? byMembers : byLag;
    }

    /// <summary>From one frame that only tells who is here to the next: thousands who come must not be a frame for each of those who are there.</summary>
    public TimeSpan AudienceTick(int connections, TimeSpan lag)
    {
        var least = connections <= Small ? TimeSpan.Zero : TimeSpan.FromSeconds(connections <= Large ? 1 : 2);
        var tick = Tick(connections, lag);
        return least > tick ? least : tick;
    }
}
