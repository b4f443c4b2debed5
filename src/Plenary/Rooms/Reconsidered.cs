namespace Plenary.Rooms;

/// <summary>
/// Whose right to be in a room changed lately. A change may come while somebody is between the door and the room, or while the room is between two
/// processes: whoever arrives within this time is looked at again. Not thread-safe.
/// </summary>
internal sealed class Reconsidered(TimeProvider clock)
{
    /// <summary>Longer than anybody is on the way.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, long> people = [];
    private readonly Queue<(Guid Person, long At)> inOrder = new();

    public void Add(Guid person)
    {
        Forget();
        var now = clock.GetTimestamp();
        people[person] = now;
        inOrder.Enqueue((person, now));
    }

    /// <summary>True when the right changed after this moment (a timestamp of the clock), so that what was decided then is worth nothing.</summary>
    public bool Since(Guid person, long moment) => people.TryGetValue(person, out var at) && at >= moment;

    /// <summary>True when the right changed within the last minute.</summary>
    public bool Knows(Guid person)
    {
        Forget();
        return people.ContainsKey(person);
    }

    /// <summary>Those of the last minute; null when there are none.</summary>
    public Guid[]? Recent()
    {
        Forget();
        return people.Count == 0 ? null : [.. people.Keys];
    }

    private void Forget()
    {
        while (inOrder.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.At) > Lately)
        {
            inOrder.Dequeue();
            if (people.GetValueOrDefault(oldest.Person) == oldest.At) people.Remove(oldest.Person);
        }
    }
}
