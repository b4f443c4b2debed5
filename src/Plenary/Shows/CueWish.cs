using Plenary.Platform;
using Plenary.Platform.Text;

namespace Plenary.Shows;

/// <summary>A cue as the crew wants it, under an id of the client's.</summary>
/// <param name="Id">A new one, or of a cue that is to come.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Anchor">What it waits for.</param>
/// <param name="Title">The crew's name for it.</param>
/// <param name="At">The moment, when it waits for one.</param>
/// <param name="Session">The session that it waits for or concerns.</param>
/// <param name="After">The cue that it waits for.</param>
/// <param name="OffsetSeconds">How long after that; negative before.</param>
/// <param name="Detail">What it needs to know.</param>
public sealed record CueWish(Guid Id, CueKind Kind, CueAnchor Anchor, string? Title, DateTimeOffset? At, Guid? Session, Guid? After, int OffsetSeconds, CueDetail Detail)
{
    private const int LongestText = 280;

    /// <summary>The same, as it can be kept. Refused: invalid-input. Whether rooms, polls, clips and sessions are the event's is asked elsewhere.</summary>
    public CueWish Checked()
    {
        var needs = Kind switch
        {
            CueKind.OpenPoll or CueKind.ClosePoll => (Detail.Poll is null, "poll", "Choose the poll."),
            CueKind.PlayVideo when Detail.Clip is null => (true, "clip", "Choose the video."),
            CueKind.PlayVideo or CueKind.OpenStage => (Detail.Room is null, "room", "Choose the stage."),
            CueKind.StartParty => (Detail.Room is null, "room", "Choose the room of the party."),
            CueKind.Move => (Detail.Room is null || Detail.Room == Detail.From, "room", "Choose the room that people are brought to; not the one they are in."),
            CueKind.StartSession or CueKind.EndSession => (Session is null, "session", "Choose the session."),
            _ => (false, "", ""),
        };
        if (needs.Item1) Refusal.Invalid(needs.Item2, needs.Item3).Throw();
        if (Anchor == CueAnchor.Time && At is null) Refusal.Invalid("at", "Say when.").Throw();
        if (Anchor is CueAnchor.SessionStart or CueAnchor.SessionEnd && Session is null) Refusal.Invalid("session", "Choose the session that it waits for.").Throw();
        if (Anchor == CueAnchor.Cue && After is null) Refusal.Invalid("after", "Choose the cue that it waits for.").Throw();
        if (Math.Abs((long)OffsetSeconds) > Cue.Furthest.TotalSeconds || (Anchor == CueAnchor.Cue && OffsetSeconds < 0))
            Refusal.Invalid("offsetSeconds", "A cue comes up to a day after what it waits for; up to a day before only with a session.").Throw();
        return this with
        {
            Title = Input.OptionalLine(Title, "title", Cue.LongestTitle),
            At = Anchor == CueAnchor.Time ? At?.ToUniversalTime() : null,
            After = Anchor == CueAnchor.Cue ? After : null,
            Session = Anchor is CueAnchor.SessionStart or CueAnchor.SessionEnd || Kind is CueKind.StartSession or CueKind.EndSession ? Session : null,
            OffsetSeconds = Anchor is CueAnchor.Hand or CueAnchor.Time ? 0 : OffsetSeconds,
            Detail = CheckedDetail(),
        };
    }

    private CueDetail CheckedDetail()
    {
        var text = Kind == CueKind.Announce ? Input.Line(Detail.Text, "text", LongestText) : Input.OptionalLine(Detail.Text, "text", Kind is CueKind.DoorsOpen or CueKind.DoorsClose or CueKind.Intermission or CueKind.EndSession ? 120 : LongestText);
        var longest = Kind switch { CueKind.Announce => 24 * 60, CueKind.StartParty => Parties.PartySettings.MostMinutes, _ => 12 * 60 };
        if (Detail.Minutes < 1 || Detail.Minutes > longest) Refusal.Invalid("minutes", $"From 1 to {longest} minutes.").Throw();
        if (Detail.Seconds is < 0 or > 600) Refusal.Invalid("seconds", "The countdown takes up to 600 seconds.").Throw();
        if (Detail.Rounds is < 1 or > Parties.PartySettings.MostRounds) Refusal.Invalid("rounds", $"A party has 1 to {Parties.PartySettings.MostRounds} rounds.").Throw();
        var groups = Kind == CueKind.StartParty && Detail.Groups is { Count: > 0 } named ? new Parties.PartySettings(Mode: Parties.PartyMode.Groups, Groups: named).Checked().Groups : null;
        return Detail with { Text = text.Length > 0 ? text : null, Groups = groups };
    }
}
