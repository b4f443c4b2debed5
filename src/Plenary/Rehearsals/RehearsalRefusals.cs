using Plenary.Platform;

namespace Plenary.Rehearsals;

/// <summary>What rehearsals say no to.</summary>
internal static class RehearsalRefusals
{
    public static readonly Refusal Off = new("rehearsals-off", 409, "Rehearsals are switched off on this installation. Whoever runs it can allow them.");
    public static readonly Refusal Running = new("rehearsal-running", 409, "A rehearsal is running on this installation already. Only one runs at a time; wait until it ends.");
    public static readonly Refusal Busy = new("installation-busy", 409, "This installation is busy with real people right now. Rehearse at a quieter time.");
    public static readonly Refusal Over = new("event-over", 409, "This event is over; there is nothing to rehearse.");
    public static readonly Refusal NoRooms = new("no-rooms", 409, "This event has no room that people could come to. Add one, then rehearse.");

    public static Refusal TooMany(int most) => new("too-many-attendees", 400,
        $"At most {most} people can be simulated here without touching what real people need. Try with that many.", "attendees", new Dictionary<string, object> { ["most"] = most });
}
