namespace Plenary.Parties;

/// <summary>What changed since it was last kept, and whom that concerns.</summary>
internal sealed class PartyChanges
{
    /// <summary>Another phase, another end of it, or the end: what everybody has to know at once.</summary>
    public bool Phase { get; set; }

    /// <summary>Anything else of the party itself, or a number.</summary>
    public bool Party { get; set; }

    public HashSet<PartyMember> Members { get; } = [];

    public HashSet<PartyMeeting> Meetings { get; } = [];

    /// <summary>Who sees something else now.</summary>
    public HashSet<Guid> Tell { get; } = [];

    /// <summary>Calls to end: for everybody, or for one person.</summary>
    public List<(Guid Call, Guid? Person)> Calls { get; } = [];

    public bool Any => Phase || Party || Members.Count > 0 || Meetings.Count > 0;
}
