using Plenary.Platform;

namespace Plenary.Parties;

/// <summary>What the host of a party does.</summary>
internal sealed partial class LiveParty
{
    /// <summary>Carries out a checked command. Refused: party-over, too-few, not-now, too-many-rounds.</summary>
    public Refusal? Direct(string by, PartyCommand command, DateTimeOffset now)
    {
        if (Party.Phase == PartyPhase.Over) return PartyRefusals.Over;
        switch (command)
        {
            case { Begin: true }: return CallToBegin(now);
            case { Pause: true }: return Pause(now);
            case { Resume: true }: return Resume(now);
            case { ExtendAll: { } minutes }: return ExtendAll(minutes);
            case { Message: { } text }: return Say(text, by, now);
            case { BringBack: { } seconds }: return BringBack(TimeSpan.FromSeconds(seconds), now);
            case { AddRound: true }: return AddRound();
            case { EndRound: true }: return CutShort(now);
            default:
                EndAll(now);
                return null;
        }
    }

    private Refusal? CallToBegin(DateTimeOffset now)
    {
        if (Party.Phase != PartyPhase.CheckIn) return PartyRefusals.NotNow;
        if (Ready < PartyLengths.Fewest) return PartyRefusals.TooFew;
        if (Party.PausedAt is not null) Resume(now);
        Party.Until = now;
        Go(PartyPhase.Countdown, lengths.Countdown, now);
        return null;
    }

    private Refusal? Pause(DateTimeOffset now)
    {
        if (Party.PausedAt is not null) return null;
        // What is due at this very moment comes first: its time is over.
        if (Party.Until <= now) return PartyRefusals.NotNow;
        Party.PausedAt = now;
        changes.Phase = true;
        return null;
    }

    /// <summary>Everybody has as much time as they had when the clocks stopped.</summary>
    private Refusal? Resume(DateTimeOffset now)
    {
        if (Party.PausedAt is not { } paused) return null;
        var stood = now - paused;
        (Party.PausedAt, Party.Until) = (null, Party.Until + stood);
        foreach (var meeting in running.Values)
        {
            if (meeting.From > paused) meeting.From += stood;
            meeting.Until += stood;
            Touch(meeting);
        }
        changes.Phase = true;
        return null;
    }

    private Refusal? ExtendAll(int minutes)
    {
        if (Party.Phase != PartyPhase.Talk) return PartyRefusals.NotNow;
        var more = minutes * lengths.Minute;
        Party.Until += more;
        foreach (var meeting in running.Values.Where(m => m.Round == Party.Round))
        {
            meeting.Until += more;
            Touch(meeting);
        }
        changes.Phase = true;
        return null;
    }

    private Refusal? Say(string text, string by, DateTimeOffset now)
    {
        (Party.Message, Party.MessageBy, Party.MessageAt) = (text, by, now);
        changes.Phase = true;
        return null;
    }

    private Refusal? AddRound()
    {
        if (Party.Settings.Rounds == PartySettings.MostRounds) return PartyRefusals.NoMoreRounds;
        Party.Settings = Party.Settings with { Rounds = Party.Settings.Rounds + 1 };
        changes.Phase = true;
        return null;
    }

    /// <summary>No round follows, and what goes on is over in so many seconds.</summary>
    private Refusal? BringBack(TimeSpan wait, DateTimeOffset now)
    {
        if (Party.PausedAt is not null) Resume(now);
        if (Party.Phase is not (PartyPhase.Card or PartyPhase.Talk) || wait == TimeSpan.Zero)
        {
            EndAll(now);
            return null;
        }
        var at = now + wait;
        Party.Settings = Party.Settings with { Rounds = Party.Round };
        var planned = Party.Phase == PartyPhase.Card ? Party.Until + Talk : Party.Until;
        (Party.Phase, Party.Until) = (PartyPhase.Talk, at < planned ? at : planned);
        foreach (var meeting in running.Values.Where(m => m.Until > at))
        {
            (meeting.From, meeting.Until) = (meeting.From > now ? now : meeting.From, at);
            Touch(meeting);
        }
        changes.Phase = true;
        return null;
    }

    private Refusal? CutShort(DateTimeOffset now)
    {
        if (Party.Phase == PartyPhase.CheckIn) return CallToBegin(now);
        if (Party.PausedAt is not null) Resume(now);
        if (Party.Phase is PartyPhase.Card or PartyPhase.Talk)
        {
            EndEarly(running.Values.Where(m => m.Round == Party.Round), now);
            Party.Until = now;
            EndRound(now);
        }
        else
        {
            Party.Until = now;
            changes.Phase = true;
        }
        return null;
    }

    private void EndAll(DateTimeOffset now)
    {
        if (Party.PausedAt is not null) Resume(now);
        EndEarly(running.Values, now);
        Finish(now);
    }

    private void EndEarly(IEnumerable<PartyMeeting> meetings, DateTimeOffset now)
    {
        foreach (var meeting in meetings.ToList())
        {
            if (meeting.Until > now) (meeting.EndedAt, meeting.Ended) = (now, MeetingEnd.Host);
            Touch(meeting);
            Close(meeting);
        }
    }
}
