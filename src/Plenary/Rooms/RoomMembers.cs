namespace Plenary.Rooms;

/// <summary>
/// Who is in a room in this process, by connection, by person and by name. Whatever it is asked costs the same for ten members and for
/// fifty thousand. Not thread-safe.
/// </summary>
internal sealed class RoomMembers
{
    /// <summary>Of one text: more is shouting.</summary>
    private const int MostMentions = 8;

    /// <summary>Ends of words after an @ at which a name may end.</summary>
    private const int LongestNameInWords = 12;

    private readonly Dictionary<string, RoomMember> connections = [];
    private readonly Dictionary<Guid, Attendance> people = [];
    private readonly Dictionary<string, Attendance> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Connections.</summary>
    public int Count => connections.Count;

    /// <summary>People: somebody with three tabs is one.</summary>
    public int People => people.Count;

    public IReadOnlyCollection<RoomMember> All => connections.Values;

    /// <summary>The connections of a person.</summary>
    public IReadOnlyList<RoomMember> Of(Guid person) => people.TryGetValue(person, out var here) ? here.Members : [];

    /// <summary>Brings a connection in, or again with another pass; answers it as the member it is.</summary>
    public RoomMember Add(RoomMember member)
    {
        if (connections.TryGetValue(member.Lane.ConnectionId, out var known))
        {
            Change(known, member.Pass); // a connection is one person's as long as it lasts
            return known;
        }
        connections.Add(member.Lane.ConnectionId, member);
        if (!people.TryGetValue(member.Pass.Person, out var here))
        {
            people.Add(member.Pass.Person, here = new(member.Pass.Name));
            AddName(here);
        }
        else Rename(here, member.Pass.Name);
        here.Members.Add(member);
        return member;
    }

    /// <summary>False when it was not in.</summary>
    public bool Remove(RoomMember member)
    {
        if (member.Gone || !connections.Remove(member.Lane.ConnectionId)) return false;
        member.Gone = true;
        var here = people[member.Pass.Person];
        here.Members.Remove(member);
        if (here.Members.Count > 0) return true;
        people.Remove(member.Pass.Person);
        RemoveName(here);
        return true;
    }

    /// <summary>Gives a member another pass of the same person, who may have another name now.</summary>
    public void Change(RoomMember member, RoomPass pass)
    {
        member.Pass = pass;
        Rename(people[pass.Person], pass.Name);
    }

    /// <summary>
    /// The connections of those whom a text mentions: <c>@</c> and exactly their name, in small or capital letters. Of names that begin
    /// alike the longest counts; several people of one name are all meant.
    /// </summary>
    public IEnumerable<RoomMember> MentionedIn(string text)
    {
        var mentions = 0;
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0 && mentions++ < MostMentions; at = text.IndexOf('@', at + 1))
            for (var named = LongestName(text.AsSpan(at + 1)); named is not null; named = named.NextNamesake)
                foreach (var member in named.Members) yield return member;
    }

    /// <summary>True when the text mentions somebody of this name.</summary>
    public static bool Mentions(string text, string name)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var rest = text.AsSpan(at + 1);
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (rest.Length == name.Length || !char.IsLetterOrDigit(rest[name.Length]))) return true;
        }
        return false;
    }

    private Attendance? LongestName(ReadOnlySpan<char> text)
    {
        var byName = names.GetAlternateLookup<ReadOnlySpan<char>>();
        Attendance? found = null;
        var words = 0;
        for (var end = 1; end <= Math.Min(text.Length, Platform.Access.Person.LongestName) && words < LongestNameInWords; end++)
        {
            if (end < text.Length && char.IsLetterOrDigit(text[end])) continue;
            words++;
            if (byName.TryGetValue(text[..end], out var named)) found = named;
        }
        return found;
    }

    private void Rename(Attendance here, string name)
    {
        if (here.Name == name) return;
        RemoveName(here);
        here.Name = name;
        AddName(here);
    }

    private void AddName(Attendance here)
    {
        if (names.TryGetValue(here.Name, out var first))
        {
            // Behind the first, so that only the first is in the dictionary.
            (here.PreviousNamesake, here.NextNamesake) = (first, first.NextNamesake);
            if (first.NextNamesake is not null) first.NextNamesake.PreviousNamesake = here;
            first.NextNamesake = here;
        }
        else names.Add(here.Name, here);
    }

    private void RemoveName(Attendance here)
    {
        if (here.PreviousNamesake is { } previous) previous.NextNamesake = here.NextNamesake;
        else if (here.NextNamesake is { } next) names[here.Name] = next;
        else names.Remove(here.Name);
        if (here.NextNamesake is not null) here.NextNamesake.PreviousNamesake = here.PreviousNamesake;
        (here.PreviousNamesake, here.NextNamesake) = (null, null);
    }

    /// <summary>A person in the room, on as many connections as there are.</summary>
    private sealed class Attendance(string name)
    {
        public string Name { get; set; } = name;

        public List<RoomMember> Members { get; } = new(1);

        public Attendance? PreviousNamesake { get; set; }

        public Attendance? NextNamesake { get; set; }
    }
}
