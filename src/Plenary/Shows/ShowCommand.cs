using Plenary.Platform;

namespace Plenary.Shows;

/// <summary>One command to a run of show: exactly one of these is said. All but the first four and the three of editing are for who holds the controls.</summary>
public sealed record ShowCommand(
    bool? Take = null,
    bool? Ask = null,
    bool? Answer = null,
    bool? Release = null,
    bool? Autopilot = null,
    Guid? Fire = null,
    Guid? Skip = null,
    Guid? Restore = null,
    Guid? Hold = null,
    Guid? Resume = null,
    ShiftWish? Shift = null,
    Guid? Undo = null,
    bool? Reset = null,
    CueWish? Save = null,
    Guid? Remove = null,
    bool? Draft = null)
{
    /// <summary>Refused: invalid-input unless exactly one thing is said.</summary>
    public void RequireOne()
    {
        object?[] said = [Take, Ask, Answer, Release, Autopilot, Fire, Skip, Restore, Hold, Resume, Shift, Undo, Reset, Save, Remove, Draft];
        if (said.Count(one => one is not null) != 1) Refusal.Invalid("command", "Say exactly one thing in a command.").Throw();
    }
}

/// <summary>The event runs late, or has made up for it.</summary>
/// <param name="Id">Made by the client: with the same it is done once.</param>
/// <param name="Minutes">1 to 120 late, or down to -60.</param>
/// <param name="Tell">What everybody at the event is told; nothing when it is left out.</param>
public sealed record ShiftWish(Guid Id, int Minutes, string? Tell = null);
