using Plenary.Platform;

namespace Plenary.Parties;

/// <summary>What people at a party do.</summary>
internal sealed partial class LiveParty
{
    /// <summary>Somebody is here, for the first time or again. Refused: party-over.</summary>
    public Refusal? Enter(Guid person, DateTimeOffset now)
    {
        if (Party.Phase == PartyPhase.Over) return PartyRefusals.Over;
        if (members.TryGetValue(person, out var member))
        {
            if (member.State != PartyMemberState.Left) return null;
            member.State = PartyMemberState.In;
        }
        else members.Add(person, member = new() { PartyId = Party.Id, PersonId = person, JoinedAt = now });
        Touch(member);
        return null;
    }

    /// <summary>Is to be matched from the next round on. Refused: party-over, not-in-party, invalid-input for a group that the party does not have.</summary>
    public Refusal? GetReady(Guid person, string? group)
    {
        if (Party.Phase == PartyPhase.Over) return PartyRefusals.Over;
        if (!members.TryGetValue(person, out var member) || member.State == PartyMemberState.Left) return PartyRefusals.NotIn;
        if (Party.Settings.Groups is { } groups)
        {
            if ((group ?? member.Group) is not { } named || !groups.Contains(named)) return PartyRefusals.NoGroup;
            group = named;
        }
        else group = null;
        if (member.State == PartyMemberState.Ready && member.Group == group) return null;
        (member.State, member.Group) = (PartyMemberState.Ready, group);
        Touch(member);
        return null;
    }

    /// <summary>Stays, and sits out until they are ready again; a meeting that goes on is over for them. Refused: party-over, not-in-party.</summary>
    public Refusal? SitOut(Guid person, DateTimeOffset now) => Withdraw(person, PartyMemberState.In, now);

    /// <summary>Leaves, quietly: a meeting that goes on is over for them.</summary>
    public void Leave(Guid person, DateTimeOffset now) => Withdraw(person, PartyMemberState.Left, now);

    /// <summary>
    /// Somebody in a meeting would like more time. Once all who are in it do, it takes half of the round's time longer; nobody else is kept waiting for them.
    /// Refused: not-in-meeting, not-yet.
    /// </summary>
    public Refusal? AskForMore(Guid person, Guid id, DateTimeOffset now)
    {
        if (!meetingOf.TryGetValue(person, out var meeting) || meeting.Id != id || (Party.PausedAt is null && now >= meeting.Until)) return PartyRefusals.NotMeeting;
        if (now < meeting.From) return PartyRefusals.TooEarly;
        if ((meeting.Asked & meeting.BitOf(person)) != 0) return null;
        meeting.Asked |= meeting.BitOf(person);
        ExtendIfAllAsked(meeting);
        Touch(meeting);
        return null;
    }

    /// <summary>The two must not meet. A meeting of theirs is over at once for whoever wants it so; the other sees that somebody left, as ever.</summary>
    public void KeepApart(Guid by, Guid whom, DateTimeOffset now)
    {
        blocked.Add(Pair(by, whom));
        if (meetingOf.TryGetValue(by, out var meeting) && meeting.Present.Contains(whom)) Quit(by, meeting, MeetingEnd.Blocked, now);
    }

    /// <summary>All pairs that are blocked now, of those that may be known.</summary>
    public void KeepApart(IEnumerable<(Guid, Guid)> pairs)
    {
        foreach (var (one, other) in pairs) blocked.Add(Pair(one, other));
    }

    /// <summary>Somebody was let into the call of their meeting.</summary>
    public void Came(Guid person)
    {
        if (meetingOf.ContainsKey(person)) came.Add(person);
    }

    private Refusal? Withdraw(Guid person, PartyMemberState state, DateTimeOffset now)
    {
        if (!members.TryGetValue(person, out var member) || member.State == PartyMemberState.Left) return PartyRefusals.NotIn;
        if (member.State != state)
        {
            member.State = state;
            Touch(member);
        }
        if (meetingOf.TryGetValue(person, out var meeting)) Quit(person, meeting, MeetingEnd.Left, now);
        lost.Remove(person);
        return null;
    }

    /// <summary>Somebody goes out of a meeting. Two of three go on; one alone waits, and goes first in the next round.</summary>
    private void Quit(Guid person, PartyMeeting meeting, MeetingEnd why, DateTimeOffset now)
    {
        meeting.Gone |= meeting.BitOf(person);
        meetingOf.Remove(person);
        changes.Tell.Add(person);
        changes.Calls.Add((meeting.Id, person));
        if (why == MeetingEnd.Blocked && members[person].State == PartyMemberState.Ready) LoseMeeting(person, meeting);
        if (meeting.Present.Count() > 1) ExtendIfAllAsked(meeting);
        else
        {
            (meeting.EndedAt, meeting.Ended) = (Party.PausedAt ?? now, why);
            Close(meeting);
            foreach (var other in meeting.Present) LoseMeeting(other, meeting);
        }
        Touch(meeting);
    }

    private void LoseMeeting(Guid person, PartyMeeting meeting)
    {
        if (meeting.Round == Party.Round) lost[person] = meeting;
        members[person].Waited++;
        Touch(members[person]);
    }

    private void ExtendIfAllAsked(PartyMeeting meeting)
    {
        if (meeting.Extended || meeting.Present.Any(p => (meeting.Asked & meeting.BitOf(p)) == 0)) return;
        meeting.Extended = true;
        meeting.Until += Party.Settings.Minutes * lengths.Minute / 2;
    }
}
