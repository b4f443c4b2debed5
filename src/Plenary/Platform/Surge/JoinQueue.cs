namespace Plenary.Platform.Surge;

/// <summary>
/// Those who wait to be let in to one event, by when they first came. A place is found by binary search, so tens of thousands may ask after
/// theirs every few seconds. Not safe for threads: <see cref="Admission"/> holds the lock.
/// </summary>
internal sealed class JoinQueue
{
    private readonly Dictionary<Guid, Waiting> byPerson = [];
    private readonly List<Waiting> line = [];
    private int head;
    private bool gaps;

    /// <summary>People who wait.</summary>
    public int Count => byPerson.Count;

    /// <summary>Whoever is next.</summary>
    public Waiting? First
    {
        get
        {
            while (head < line.Count && line[head].Left) head++;
            return head < line.Count ? line[head] : null;
        }
    }

    public Waiting? Find(Guid person) => byPerson.GetValueOrDefault(person);

    /// <summary>Puts the person where the time of arrival says, or finds them there. An earlier time, told by a ticket, moves them forward.</summary>
    public Waiting Stand(Guid person, long arrived, long now)
    {
        if (byPerson.TryGetValue(person, out var known))
        {
            if (known.Arrived <= arrived)
            {
                known.AskedAt = now;
                return known;
            }
            Leave(known);
        }
        var waiting = new Waiting(person, arrived) { AskedAt = now };
        byPerson.Add(person, waiting);
        if (head == line.Count || waiting.CompareTo(line[^1]) > 0) line.Add(waiting);
        else line.Insert(IndexOf(waiting), waiting);
        return waiting;
    }

    /// <summary>From 1. Counts those before who left since the last <see cref="Tidy"/>.</summary>
    public int PlaceOf(Waiting waiting) => Math.Clamp(IndexOf(waiting) - head + 1, 1, Math.Max(1, Count));

    public void Leave(Waiting waiting)
    {
        if (waiting.Left) return;
        waiting.Left = gaps = true;
        byPerson.Remove(waiting.Person);
    }

    /// <summary>Lets go of those who have not asked since, and closes the gaps they leave.</summary>
    public int Tidy(long notAskedSince)
    {
        var left = 0;
        for (var i = head; i < line.Count; i++)
        {
            if (line[i].Left || line[i].AskedAt >= notAskedSince) continue;
            line[i].Left = true;
            byPerson.Remove(line[i].Person);
            left++;
        }
        if (left == 0 && !gaps) return 0;
        line.RemoveAll(waiting => waiting.Left);
        (head, gaps) = (0, false);
        return left;
    }

    private int IndexOf(Waiting waiting)
    {
        var found = line.BinarySearch(head, line.Count - head, waiting, null);
        return found >= 0 ? found : ~found;
    }
}

/// <summary>One who waits. Ordered by arrival; of two at the same moment by id, so that the order is the same everywhere.</summary>
internal sealed class Waiting(Guid person, long arrived) : IComparable<Waiting>
{
    public Guid Person { get; } = person;

    /// <summary>Unix milliseconds.</summary>
    public long Arrived { get; } = arrived;

    /// <summary>Timestamp of the clock.</summary>
    public long AskedAt { get; set; }

    /// <summary>Was let in, or went away.</summary>
    public bool Left { get; set; }

    /// <summary>Completes when the person is let in: for a join that is kept waiting because it is soon.</summary>
    public TaskCompletionSource? Called { get; set; }

    public int CompareTo(Waiting? other)
    {
        var order = Arrived.CompareTo(other!.Arrived);
        return order != 0 ? order : Person.CompareTo(other.Person);
    }
}
