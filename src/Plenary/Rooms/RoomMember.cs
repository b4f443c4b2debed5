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
    public RoomPass Pass { get; internal set; } = pass;

    /// <summary>What its player said last, and when (a timestamp of the clock).</summary>
    internal (int LatencyMs, bool Stalled, long At)? Watching { get; set; }
}
