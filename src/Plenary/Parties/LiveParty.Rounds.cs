using Plenary.Matching;

namespace Plenary.Parties;

/// <summary>How a party goes on by itself.</summary>
internal sealed partial class LiveParty
{
    private TimeSpan Talk => Party.Settings.Minutes * lengths.Minute;

    /// <summary>So much before a round begins its meetings are made, kept and told: what that takes for so many people.</summary>
    public TimeSpan Ahead => members.Count * PartyLengths.ToTell;

    /// <summary>Does what is due. True when the next round is to begin: match those who are <see cref="Free"/>, and call <see cref="Begin"/>.</summary>
    public bool Tick(DateTimeOffset now)
    {
        if (Party.PausedAt is { } paused)
        {
            if (now < paused + PartyLengths.LongestPause) return false;
            Resume(now);
        }
        foreach (var meeting in running.Values.Where(m => m.Extended && m.Until <= now).ToList()) Close(meeting);
        while (Party.Until is { } until && until <= (Party.Phase is PartyPhase.Countdown or PartyPhase.Between ? now + Ahead : now))
        {
            if (now - until > PartyLengths.LongestStandstill)
            {
                Finish(now);
                break;
            }
            switch (Party.Phase)
            {
                case PartyPhase.CheckIn when Ready >= PartyLengths.Fewest:
                    Go(PartyPhase.Countdown, lengths.Countdown, now);
                    break;
                case PartyPhase.CheckIn when now - Party.StartedAt > PartyLengths.LongestCheckIn:
                    Finish(now);
                    break;
                case PartyPhase.CheckIn:
                    Go(PartyPhase.CheckIn, PartyLengths.CheckInGoesOn, now);
                    break;
                case PartyPhase.Countdown when Ready < PartyLengths.Fewest:
                    Go(PartyPhase.CheckIn, PartyLengths.CheckInGoesOn, now);
                    break;
                case PartyPhase.Countdown or PartyPhase.Between:
                    return true;
                case PartyPhase.Card:
                    StartTalking(now);
                    break;
                case PartyPhase.Talk:
                    EndRound(now);
                    break;
            }
        }
        return false;
    }

    /// <summary>Begins the next round with these meetings. Whoever is ready and in none of them waits, and goes first the next time. Without any the party is over: everybody has met everybody.</summary>
    public void Begin(IReadOnlyList<Match> matches, DateTimeOffset now)
    {
        if (Party.PausedAt is not null || Party.Phase is not (PartyPhase.Countdown or PartyPhase.Between)) throw new InvalidOperationException($"No round begins in {Party.Phase}.");
        lost.Clear();
        came.Clear();
        if (matches.Count == 0)
        {
            Finish(now);
            return;
        }
        Go(PartyPhase.Card, lengths.Card, now);
        Party.Round++;
        var from = Party.Until!.Value;
        foreach (var match in matches)
        {
            var people = match.People;
            var meeting = new PartyMeeting
            {
                PartyId = Party.Id,
                EventId = Party.EventId,
                Round = Party.Round,
                First = people[0],
                Second = people[1],
                Third = people.Length > 2 ? people[2] : null,
                Reason = PartyJson.Write(match.Reason),
                From = from,
                Until = from + Talk,
            };
            Seat(meeting);
            Touch(meeting);
            foreach (var one in people)
            {
                metBy[one] = MetBy(one) + people.Length - 1;
                foreach (var other in people.Where(p => p != one)) met.Add(Pair(one, other));
                if (members.TryGetValue(one, out var member) && member.Waited > 0)
                {
                    member.Waited = 0;
                    changes.Members.Add(member);
                }
            }
        }
        foreach (var member in Free.Where(m => m.PersonId != Host))
        {
            member.Waited++;
            Touch(member);
        }
    }

    private void StartTalking(DateTimeOffset now)
    {
        var late = now - Party.Until!.Value;
        Go(PartyPhase.Talk, Talk, now);
        if (late <= PartyLengths.Punctual) return;
        // Nobody talks for a shorter time.
        foreach (var meeting in running.Values.Where(m => m.Round == Party.Round))
        {
            (meeting.From, meeting.Until) = (meeting.From + late, meeting.Until + late);
            Touch(meeting);
        }
    }

    /// <summary>The round is over for all but those who have more time.</summary>
    private void EndRound(DateTimeOffset now)
    {
        foreach (var meeting in running.Values.Where(m => m.Round == Party.Round && !m.Extended).ToList())
        {
            if (meeting.Present.Any(came.Contains))
                foreach (var absent in meeting.Present.Where(p => !came.Contains(p))) LetRest(absent);
            Close(meeting);
        }
        lost.Clear();
        if (Party.Round < Party.Settings.Rounds) Go(PartyPhase.Between, lengths.Between, now);
        else Finish(now);
    }

    /// <summary>Somebody let another sit alone for a whole round: they are not matched again until they say that they are ready.</summary>
    private void LetRest(Guid person)
    {
        if (!members.TryGetValue(person, out var member) || member.State != PartyMemberState.Ready) return;
        member.State = PartyMemberState.In;
        Touch(member);
    }

    /// <summary>The party is over; meetings that have more time go on until then.</summary>
    private void Finish(DateTimeOffset now)
    {
        foreach (var meeting in running.Values.Where(m => !m.Extended || m.Until <= now).ToList()) Close(meeting);
        (Party.Phase, Party.PausedAt, Party.Until, Party.OpenIn, Party.EndedAt) = (PartyPhase.Over, null, null, null, now);
        lost.Clear();
        changes.Phase = true;
    }

    /// <summary>
    /// Goes to a phase: when it was planned, also when that is a moment ago or a moment ahead. What comes later, because a process was lost, takes nothing from the
    /// phase's time.
    /// </summary>
    private void Go(PartyPhase phase, TimeSpan length, DateTimeOffset now)
    {
        var planned = Party.Until is { } until && now - until <= PartyLengths.Punctual ? until : now;
        (Party.Phase, Party.Until, Began) = (phase, planned + length, planned);
        changes.Phase = true;
    }
}
