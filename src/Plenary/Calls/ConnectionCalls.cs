using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Live;
using Plenary.Rooms;

namespace Plenary.Calls;

/// <summary>The calls that one connection is in. Its calls may overlap.</summary>
internal sealed class ConnectionCalls(CallRights rights)
{
    /// <summary>Beside those of the rooms it has joined: a table and a word aside, and what is just being left.</summary>
    private const int MostThroughDoors = 4;

    private readonly List<CallMember> members = new(1);

    /// <summary>The connection as a member of this room.</summary>
    public CallMember Of(RoomMember member)
    {
        lock (members)
        {
            if (members.Find(m => m is RoomCallMember known && known.Member == member) is { } found) return found;
            members.RemoveAll(m => m is RoomCallMember && (m.Gone || m.Call == member.Pass.Room.Id));
            var made = new RoomCallMember(member, rights);
            members.Add(made);
            return made;
        }
    }

    /// <summary>The connection at the door of a call that belongs to no room it has joined. Refused: sign-in-required, too-many-calls.</summary>
    public CallMember AtDoor(Guid call, Lane lane, Viewer viewer)
    {
        lock (members)
        {
            if (Find(call) is { } known) return known;
            if (members.Count >= MostThroughDoors) members.RemoveAll(m => m is DoorCallMember { IsInCall: false }); // put out, or never in
            if (members.Count(m => m is DoorCallMember) >= MostThroughDoors) throw CallRefusals.TooManyCalls.AsException();
            var made = new DoorCallMember(call, lane, viewer, rights);
            members.Add(made);
            return made;
        }
    }

    /// <summary>The connection as somebody whom a door let in; null when it is not.</summary>
    public CallMember? Find(Guid call)
    {
        lock (members) return members.Find(m => m is DoorCallMember && m.Call == call);
    }

    /// <summary>It has left, or was not let in.</summary>
    public void Forget(CallMember member)
    {
        lock (members) members.Remove(member);
    }

    /// <summary>The connection is lost.</summary>
    public void LeaveAll()
    {
        DoorCallMember[] all;
        lock (members)
        {
            all = [.. members.OfType<DoorCallMember>()];
            members.Clear();
        }
        foreach (var member in all) member.Go();
    }
}
