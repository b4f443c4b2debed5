using MessagePack;
using Plenary.Platform;

namespace Plenary.Rooms.Attendance;

// The records of docs/develop/protocol.md, section Attendance.

[MessagePackObject]
public sealed record AttendRequest([property: Key("event")] string? Event);

/// <summary>From now on this connection is told what concerns its person at the event.</summary>
/// <param name="Event">The event.</param>
/// <param name="Person">Whom the server takes the connection for.</param>
/// <param name="At">The server's clock, Unix milliseconds.</param>
[MessagePackObject]
public sealed record Attending([property: Key("event")] Guid Event, [property: Key("person")] Guid Person, [property: Key("at")] long At);

/// <summary>The connection is told nothing of this event any more, because the person is not of it any more; it does not ask again by itself.</summary>
[MessagePackObject]
public sealed record Unattended([property: Key("event")] Guid Event, [property: Key("code")] string Code, [property: Key("message")] string Message);

/// <summary>What attendance says no to.</summary>
internal static class AttendanceRefusals
{
    public static readonly Refusal TooManyEvents = new("too-many-events", 409, "You are at too many events at once. Leave one first.");
    public static readonly Refusal NoLongerOf = new("no-longer-here", 403, "You are not registered for this event any more.");
}
