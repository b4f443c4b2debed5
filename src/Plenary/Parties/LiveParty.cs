using Plenary.Matching;

namespace Plenary.Parties;

/// <summary>
/// A party as it goes: its rules, without a database and without a clock of its own. Whoever leads it calls <see cref="Tick"/> at <see cref="Due"/>, keeps what
/// <see cref="Take"/> hands out, and only then tells anybody. Made from what was kept it goes on where it was.
/// </summary>
internal sealed partial class LiveParty
{
    private readonly PartyLengths lengths;
    private readonly Dictionary<Guid, PartyMember> members;
    private readonly Dictionary<Guid, PartyMeeting> running = [];
    private readonly Dictionary<Guid, PartyMeeting> meetingOf = [];
    private readonly Dictionary<Guid, PartyMeeting> lost = [];
    private readonly Dictionary<Guid, int> metBy = [];
    private readonly HashSet<(Guid, Guid)> met = [];
    private readonly HashSet<(Guid, Guid)> blocked = [];
    private readonly HashSet<Guid> came = [];
    private PartyChanges changes = new();

    /// <param name="party">As it was kept. It is changed from now on.</param>
    /// <param name="lengths">Of the phases.</param>
    /// <param name="members">As they were kept.</param>
    /// <param name="meetings">Of the current round, and of earlier ones those that may go on.</param>
    /// <param name="met">All pairs that have met at the event.</param>
    /// <param name="now">The clock's time.</param>
    /// <param name="metHere">How many people each has met at this party.</param>
    public LiveParty(
        Party party, PartyLengths lengths, IEnumerable<PartyMember> members, IEnumerable<PartyMeeting> meetings, IEnumerable<(Guid, Guid)> met, DateTimeOffset now,
        IReadOnlyDictionary<Guid, int>? metHere = null)
    {
        (Party, this.lengths) = (party, lengths);
        this.members = members.ToDictionary(m => m.PersonId);
        foreach (var (one, other) in met) this.met.Add(Pair(one, other));
        foreach (var (person, people) in metHere ?? new Dictionary<Guid, int>()) metBy[person] = people;
        var at = party.PausedAt ?? now;
        foreach (var meeting in meetings.OrderBy(m => m.Round))
        {
            var isOfNow = meeting.Round == party.Round && party.Phase is PartyPhase.Card or PartyPhase.Talk;
            // A longer meeting may have ended while nobody led the party, and its people may have met others since.
            if (meeting.EndedAt is null && (isOfNow || (meeting.Extended && meeting.Until > at))) Seat(meeting);
            else if (isOfNow)
                foreach (var person in meeting.Present) lost[person] = meeting;
        }
    }

    public Party Party { get; }

    public IEnumerable<PartyMember> Members => members.Values;

    /// <summary>Meetings that go on.</summary>
    public IReadOnlyCollection<PartyMeeting> Running => running.Values;

    /// <summary>All pairs that have met at the event.</summary>
    public IReadOnlyCollection<(Guid, Guid)> Met => met;

    /// <summary>Pairs that must not meet.</summary>
    public IReadOnlyCollection<(Guid, Guid)> Blocked => blocked;

    public int Here => members.Values.Count(m => m.State != PartyMemberState.Left);

    public int Ready => members.Values.Count(m => m.State == PartyMemberState.Ready);

    /// <summary>When something happens next by itself; null when nothing will.</summary>
    public DateTimeOffset? Due
    {
        get
        {
            if (Party.PausedAt is { } paused) return paused + PartyLengths.LongestPause;
            var due = Party.Phase is PartyPhase.Countdown or PartyPhase.Between ? Party.Until - Ahead : Party.Until;
            foreach (var meeting in running.Values)
                if (meeting.Extended && (due is null || meeting.Until < due)) due = meeting.Until;
            return due;
        }
    }

    public PartyMember? MemberOf(Guid person) => members.GetValueOrDefault(person);

    public PartyMeeting? MeetingOf(Guid person) => meetingOf.GetValueOrDefault(person);

    /// <summary>When the phase began, or was to begin; null when it began before the party was led here.</summary>
    public DateTimeOffset? Began { get; private set; }

    /// <summary>People whom this one has met at this party.</summary>
    public int MetBy(Guid person) => metBy.GetValueOrDefault(person);

    /// <summary>A meeting of this round that the person was left alone in; null once they have another.</summary>
    public PartyMeeting? LostBy(Guid person) => lost.GetValueOrDefault(person);

    /// <summary>Those who would be matched now.</summary>
    public IEnumerable<PartyMember> Free => members.Values.Where(m => m.State == PartyMemberState.Ready && !meetingOf.ContainsKey(m.PersonId));

    /// <summary>Who steps in when the number of the others is odd: the one who started it, where it was said so, and while they are here.</summary>
    public Guid? Host => Party.Settings.HostJoins && MemberOf(Party.StartedBy) is { State: not PartyMemberState.Left } ? Party.StartedBy : null;

    /// <summary>in, ready, waiting, meeting or left.</summary>
    public string StateOf(PartyMember member) =>
        member.State == PartyMemberState.Left ? "left"
        : meetingOf.ContainsKey(member.PersonId) ? "meeting"
        : member.State == PartyMemberState.In ? "in"
        : Party.Phase is PartyPhase.Card or PartyPhase.Talk ? "waiting" : "ready";

    public PartyNow Now() => new(
        Party.Id, Party.RoomId, Party.EventId, Party.Version,
        Party.PausedAt is null ? PartyJson.PhaseName(Party.Phase) : "paused", Party.PausedAt is null ? null : PartyJson.PhaseName(Party.Phase),
        Party.Round, Party.Settings.Rounds, Party.PausedAt is null ? Party.Until?.ToUnixTimeMilliseconds() : null,
        Party.PausedAt is { } paused && Party.Until is { } until ? (long)(until - paused).TotalMilliseconds : null,
        Here, Ready, Party.Settings.Groups?.Select(g => new PartySeats(g, members.Values.Count(m => m.State == PartyMemberState.Ready && m.Group == g))).ToArray(),
        Party.Message is { } text ? new(text, Party.MessageBy ?? "", Party.MessageAt?.ToUnixTimeMilliseconds() ?? 0) : null,
        new(Party.Settings.Minutes, Party.Settings.Rounds, Party.Settings.Mode == PartyMode.Groups ? "groups" : "everyone", Party.Settings.Groups, Party.Settings.By == PartyBy.Different ? "different" : "shared"),
        Party.EndedAt?.ToUnixTimeMilliseconds(), (Party.EndedAt + PartyLengths.Return)?.ToUnixTimeMilliseconds());

    public PartyHealth Health(DateTimeOffset now)
    {
        var (connected, alone, failed) = (0, 0, 0);
        foreach (var meeting in running.Values)
        {
            var (here, expected) = (meeting.Present.Count(came.Contains), meeting.Present.Count());
            if (here == expected) connected++;
            else if (here == 1) alone++;
            else if (here == 0 && now > meeting.From) failed++;
        }
        return new(Here, Ready, running.Count, connected, alone, failed, running.Values.Count(m => m.Extended),
            members.Values.Count(m => StateOf(m) == "waiting"), members.Count - Here, lost.Values.Distinct().Count());
    }

    /// <summary>What changed since this was called last.</summary>
    public PartyChanges Take()
    {
        var taken = changes;
        changes = new();
        return taken;
    }

    /// <summary>There is something to keep.</summary>
    public bool HasChanged => changes.Any;

    internal static (Guid, Guid) Pair(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);

    private void Seat(PartyMeeting meeting)
    {
        running.Add(meeting.Id, meeting);
        foreach (var person in meeting.Present)
        {
            meetingOf[person] = meeting;
            lost.Remove(person);
        }
    }

    /// <summary>The meeting goes on no longer, for whatever reason.</summary>
    private void Close(PartyMeeting meeting)
    {
        running.Remove(meeting.Id);
        foreach (var person in meeting.Present)
        {
            if (meetingOf.GetValueOrDefault(person) == meeting) meetingOf.Remove(person);
            changes.Tell.Add(person);
        }
        changes.Calls.Add((meeting.Id, null));
        changes.Party = true;
    }

    private void Touch(PartyMember member)
    {
        changes.Members.Add(member);
        changes.Tell.Add(member.PersonId);
    }

    private void Touch(PartyMeeting meeting)
    {
        changes.Meetings.Add(meeting);
        changes.Tell.UnionWith(meeting.Present);
    }
}
