namespace Plenary.Rooms.Attendance;

/// <summary>The events that one connection attends. Its calls may overlap.</summary>
internal sealed class ConnectionEvents(AttendingHere here)
{
    /// <summary>A tab shows one event, and a few more never hurt.</summary>
    private const int Most = 8;

    private readonly List<Attendee> mine = new(1);

    /// <summary>Keeps it until the connection ends. Refused: too-many-events.</summary>
    public void Take(Attendee attendee)
    {
        lock (mine)
        {
            mine.RemoveAll(a => a.Gone);
            if (mine.Contains(attendee)) return;
            if (mine.Count < Most)
            {
                mine.Add(attendee);
                return;
            }
        }
        here.Leave(attendee);
        throw AttendanceRefusals.TooManyEvents.AsException();
    }

    /// <summary>Harmless when the connection does not attend it.</summary>
    public void Leave(Guid @event)
    {
        Attendee? found;
        lock (mine)
        {
            found = mine.Find(a => a.Event == @event);
            if (found is not null) mine.Remove(found);
        }
        if (found is not null) here.Leave(found);
    }

    public void LeaveAll()
    {
        Attendee[] all;
        lock (mine)
        {
            all = [.. mine];
            mine.Clear();
        }
        foreach (var attendee in all) here.Leave(attendee);
    }
}
