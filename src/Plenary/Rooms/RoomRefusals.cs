using Plenary.Platform;

namespace Plenary.Rooms;

/// <summary>What rooms say no to.</summary>
public static class RoomRefusals
{
    public static readonly Refusal NotJoined = new("not-joined", 409, "You are not in this room. Join it first.");
    public static readonly Refusal TooManyRooms = new("too-many-rooms", 409, "You are in too many rooms at once. Leave one first.");
    public static readonly Refusal IdTaken = new("id-taken", 409, "This id belongs to another message. Send yours with a new one.", "id");
    public static readonly Refusal Busy = new("room-busy", 503, "The room is very busy. Try again in a moment.");
    public static readonly Refusal NotKept = new("not-kept", 503, "Your message could not be saved just now. It is safe to send it again.");
    public static readonly Refusal NoLongerHere = new("no-longer-here", 403, "You may no longer be in this room.");
    public static readonly Refusal NoMessage = new("message-gone", 404, "This message is not there any more.");
    public static readonly Refusal NotYours = new("forbidden", 403, "This is somebody else's message.");
    public static readonly Refusal TooLate = new("too-late", 409, "It is too late for that: messages can be edited for 15 minutes and removed for 24 hours. A moderator can still remove it.");
    public static readonly Refusal TooManyPins = new("too-many-pins", 409, "Five messages are pinned. Take one down first.");

    internal static Refusal Of(AppendOutcome outcome) => outcome switch
    {
        AppendOutcome.NotYours => NotYours,
        AppendOutcome.TooLate => TooLate,
        AppendOutcome.TooManyPins => TooManyPins,
        _ => NoMessage,
    };

    /// <summary>More people came at once than can be let in.</summary>
    public static Refusal Queued(int place, int people, int seconds, string ticket) =>
        new("queued", 503, $"Many people are coming in at once. You are number {place:N0} in line and will be in soon; stay on this page.",
            Details: new Dictionary<string, object> { ["place"] = place, ["people"] = people, ["seconds"] = seconds, ["ticket"] = ticket });

    public static readonly Refusal EventOver = new("event-over", 409, "This event is over. What was recorded is on its page.");
}
