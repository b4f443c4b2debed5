namespace Plenary.Rooms;

/// <summary>The rooms that one connection is in. Its calls may overlap.</summary>
internal sealed class ConnectionRooms
{
    /// <summary>A tab shows one room, and a few more never hurt.</summary>
    private const int Most = 8;

    private readonly List<Place> places = new(1);

    /// <summary>Keeps a place while the room is being joined. Refused: too-many-rooms.</summary>
    public void Reserve(Guid room)
    {
        lock (places)
        {
            places.RemoveAll(p => p.Member?.Gone == true);
            if (places.Exists(p => p.Id == room)) return;
            if (places.Count >= Most) throw RoomRefusals.TooManyRooms.AsException();
            places.Add(new(room, null, null));
        }
    }

    /// <summary>The room was joined.</summary>
    public void Take(RelayedRoom room, RoomMember member)
    {
        lock (places)
        {
            places.RemoveAll(p => p.Id == room.Room);
            places.Add(new(room.Room, room, member));
        }
    }

    /// <summary>Gives up a place that was reserved and not taken.</summary>
    public void Release(Guid room)
    {
        lock (places) places.RemoveAll(p => p.Id == room && p.Member is null);
    }

    /// <summary>Leaves a room; harmless when the connection is not in it.</summary>
    public void Leave(Guid room)
    {
        Place place;
        lock (places)
        {
            place = places.Find(p => p.Id == room);
            places.Remove(place);
        }
        if (place.Member is { } member) place.Room!.Leave(member);
    }

    public void LeaveAll()
    {
        Place[] all;
        lock (places)
        {
            all = [.. places];
            places.Clear();
        }
        foreach (var place in all)
            if (place.Member is { } member) place.Room!.Leave(member);
    }

    /// <summary>The connection as a member of the room; null when it is not in it.</summary>
    public RoomMember? Find(Guid room)
    {
        lock (places) return places.Find(p => p.Id == room).Member is { Gone: false } member ? member : null;
    }

    /// <summary>The connection as a member of the room. Refused: not-joined.</summary>
    public (RelayedRoom Room, RoomMember Member) In(Guid room)
    {
        lock (places)
            if (places.Find(p => p.Id == room) is { Room: { } joined, Member: { Gone: false } member }) return (joined, member);
        throw RoomRefusals.NotJoined.AsException();
    }

    private readonly record struct Place(Guid Id, RelayedRoom? Room, RoomMember? Member);
}
