using Plenary.Platform.Access;
using Plenary.Platform.Live;

namespace Plenary.Rooms;

/// <summary>A connection in a room.</summary>
public sealed class RoomMember(Lane lane, Viewer viewer, RoomPass pass)
{
    public Lane Lane { get; } = lane;

    /// <summary>Whose session it is, to decide again when rights change.</summary>
    public Viewer Viewer { get; } = viewer;

    /// <summary>What it may do now.</summary>
    public RoomPass Pass
    {
        get;
        internal set
        {
            field = value;
            Changed?.Invoke(this);
        }
    } = pass;

    /// <summary>It has left, or was taken out.</summary>
    public bool Gone
    {
        get;
        internal set
        {
            field = value;
            Changed?.Invoke(this);
        }
    }

    /// <summary>Its pass is another, or it is gone. Told within the room's lock: whoever listens does its work later, on a thread of its own.</summary>
    public event Action<RoomMember>? Changed;

    /// <summary>What its player said last, if it has one.</summary>
    internal Player? Player { get; set; }
}
