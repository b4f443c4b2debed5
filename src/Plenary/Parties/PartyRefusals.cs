using Plenary.Platform;

namespace Plenary.Parties;

/// <summary>What parties say no to.</summary>
internal static class PartyRefusals
{
    public static readonly Refusal Running = new("party-running", 409, "There is a party in this room already. Join it, or wait until it is over.");
    public static readonly Refusal Over = new("party-over", 409, "This party is over.");
    public static readonly Refusal NotIn = new("not-in-party", 409, "You are not at this party. Enter it first.");
    public static readonly Refusal NotMeeting = new("not-in-meeting", 409, "This meeting is over, or it is not yours.");
    public static readonly Refusal TooEarly = new("not-yet", 409, "The meeting has not begun yet. Ask again when you see each other.");
    public static readonly Refusal TooFew = new("too-few", 409, $"It takes {PartyLengths.Fewest} people who are ready. Wait until there are as many.");
    public static readonly Refusal NotNow = new("not-now", 409, "This cannot be done at this moment of the party.");
    public static readonly Refusal NoMoreRounds = new("too-many-rounds", 409, $"A party has at most {PartySettings.MostRounds} rounds.");
    public static readonly Refusal NoGroup = Refusal.Invalid("group", "Choose one of the two groups.");
    public static readonly Refusal EventOver = new("event-over", 409, "This event is over, so no party can be started.");
    public static readonly Refusal NotHere = new("not-here", 409, "A party is started in a room that everybody of the event may enter.");
    public static readonly Refusal NotKept = new("not-kept", 503, "This could not be saved just now. It is safe to try again.");
    public static readonly Refusal MeetingOver = new("meeting-over", 409, "The time of this meeting is over.");

    private static readonly Dictionary<string, Refusal> ByCode = new[] { Over, NotIn, NotMeeting, TooEarly, TooFew, NotNow, NoMoreRounds, NoGroup, Refusal.NotFound }
        .ToDictionary(refusal => refusal == NoGroup ? "group" : refusal.Code);

    /// <summary>How a grain names a refusal.</summary>
    public static string CodeOf(Refusal refusal) => refusal == NoGroup ? "group" : refusal.Code;

    public static Refusal Of(string code) => ByCode[code];
}
