using System.Text.Json;
using System.Text.Json.Serialization;
using Plenary.Matching;
using Plenary.Profiles;

namespace Plenary.Parties;

/// <summary>A party as everybody in it sees it; told as JSON. All times are unix milliseconds of the server.</summary>
/// <param name="Version">Of two documents of a party the one with the higher number is true.</param>
/// <param name="Phase">check-in, countdown, card, talk, between, paused or over.</param>
/// <param name="Paused">The phase that is paused.</param>
/// <param name="Until">When the phase ends; absent while paused and when it is over.</param>
/// <param name="Left">While paused: milliseconds that the phase still has.</param>
/// <param name="Here">People who have not left.</param>
/// <param name="Ready">Those of them who are to be matched.</param>
/// <param name="Seats">The same by group.</param>
/// <param name="EndedAt">When it was over.</param>
/// <param name="BackAt">When people are taken back to the room.</param>
public sealed record PartyNow(
    Guid Id, Guid Room, Guid Event, int Version, string Phase, string? Paused, int Round, int Rounds, long? Until, long? Left, int Here, int Ready,
    IReadOnlyList<PartySeats>? Seats, PartyMessage? Message, PartySettingsNow Settings, long? EndedAt, long? BackAt);

/// <param name="Group">One of the party's groups.</param>
/// <param name="Ready">People of it who are ready.</param>
public sealed record PartySeats(string Group, int Ready);

/// <param name="Text">What the host told everybody.</param>
/// <param name="By">The host's name.</param>
/// <param name="At">When.</param>
public sealed record PartyMessage(string Text, string By, long At);

/// <param name="Mode">everyone or groups.</param>
/// <param name="By">shared or different.</param>
public sealed record PartySettingsNow(int Minutes, int Rounds, string Mode, IReadOnlyList<string>? Groups, string By);

/// <summary>A party as one person sees it.</summary>
/// <param name="State">in, ready, waiting, meeting or left.</param>
/// <param name="Met">People met here so far.</param>
/// <param name="Ended">Why the person has no meeting any more in this round.</param>
public sealed record MyParty(Guid Party, int Version, string State, string? Group, MyMeeting? Meeting, int Met, MyEnded? Ended);

/// <param name="Id">Also of its call.</param>
/// <param name="People">The others.</param>
/// <param name="Extended">Everybody asked for more time; it is in <paramref name="Until"/>.</param>
/// <param name="IAskedForMore">The viewer did.</param>
/// <param name="Asked">All who did.</param>
public sealed record MyMeeting(Guid Id, int Round, ProfileCard[] People, MatchReason Reason, long From, long Until, bool Extended, bool IAskedForMore, Guid[] Asked);

/// <param name="Why">left.</param>
/// <param name="Name">Whose partner it was.</param>
public sealed record MyEnded(string Why, string Name);

/// <summary>How a party goes, for its staff: numbers only.</summary>
/// <param name="Here">People who have not left.</param>
/// <param name="Ready">Those who are to be matched.</param>
/// <param name="Meetings">Going on.</param>
/// <param name="Connected">Of them: everybody is in the call.</param>
/// <param name="Alone">Of them: one person waits in the call for the other.</param>
/// <param name="Failed">Of them: nobody has come.</param>
/// <param name="Extended">Of them: everybody asked for more time.</param>
/// <param name="Waiting">People who are ready and have nobody in this round.</param>
/// <param name="Left">People who have left the party.</param>
/// <param name="EndedEarly">Meetings of this round that somebody left.</param>
public sealed record PartyHealth(int Here, int Ready, int Meetings, int Connected, int Alone, int Failed, int Extended, int Waiting, int Left, int EndedEarly);

/// <summary>How documents are written.</summary>
internal static class PartyJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    public static string PhaseName(PartyPhase phase) => phase switch
    {
        PartyPhase.CheckIn => "check-in",
        PartyPhase.Countdown => "countdown",
        PartyPhase.Card => "card",
        PartyPhase.Talk => "talk",
        PartyPhase.Between => "between",
        PartyPhase.Over => "over",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, null),
    };
}
