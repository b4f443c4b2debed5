namespace Plenary.Conduct;

/// <summary>
/// What people of an event may not do (<see cref="Restriction"/>) and how a room is written in (<see cref="RoomRules"/>). Nothing is registered: the slices that let people in or take their words read it, by
/// <see cref="RestrictionReading"/> and <see cref="Manners"/>; the Moderation slice writes it.
/// </summary>
public static class ConductSlice
{
    /// <summary>The name under which a person is told that something about them has changed.</summary>
    public const string About = "conduct";
}
