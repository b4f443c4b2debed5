using System.Text.Json;
using Plenary.Platform;
using Plenary.Platform.Text;

namespace Plenary.Parties;

/// <summary>Who meets whom.</summary>
public enum PartyMode
{
    /// <summary>Everyone may meet everyone.</summary>
    Everyone,

    /// <summary>Whoever says to be of the one group meets people of the other.</summary>
    Groups,
}

/// <summary>What makes two people a good match.</summary>
public enum PartyBy
{
    /// <summary>What they have in common.</summary>
    Shared,

    /// <summary>What they do not.</summary>
    Different,
}

/// <summary>How a party goes, as its host chose.</summary>
/// <param name="Minutes">A round's talk, 1 to 15.</param>
/// <param name="Rounds">1 to 10; the host may add some.</param>
/// <param name="Mode">Who meets whom.</param>
/// <param name="Groups">Two names, when <paramref name="Mode"/> says so.</param>
/// <param name="By">What makes a good match.</param>
/// <param name="CommonLanguage">Only people who share a language meet; who named none is taken to speak any.</param>
/// <param name="NotSameCompany">People of the same company do not meet.</param>
/// <param name="CheckInSeconds">From the start until the countdown, 15 to 900; null for what the installation says.</param>
/// <param name="HostJoins">With an odd number the host meets whoever is left; otherwise three people meet.</param>
/// <param name="Tickets">The groups are the event's tickets of these names: whoever holds one is of that group and chooses none. Whoever holds neither, as speakers may, chooses.</param>
public sealed record PartySettings(
    int Minutes = 5,
    int Rounds = 5,
    PartyMode Mode = PartyMode.Everyone,
    IReadOnlyList<string>? Groups = null,
    PartyBy By = PartyBy.Shared,
    bool CommonLanguage = false,
    bool NotSameCompany = false,
    int? CheckInSeconds = null,
    bool HostJoins = false,
    bool Tickets = false)
{
    public const int MostMinutes = 15;
    public const int MostRounds = 10;

    /// <summary>A ticket's name may be as long.</summary>
    public const int LongestGroup = 80;

    /// <summary>These settings as they are kept. Refused: invalid-input.</summary>
    public PartySettings Checked()
    {
        if (Minutes is < 1 or > MostMinutes) Refusal.Invalid("minutes", $"A round takes 1 to {MostMinutes} minutes.").Throw();
        if (Rounds is < 1 or > MostRounds) Refusal.Invalid("rounds", $"A party has 1 to {MostRounds} rounds.").Throw();
        if (CheckInSeconds is < 15 or > 900) Refusal.Invalid("checkInSeconds", "Check-in takes 15 to 900 seconds.").Throw();
        if (Mode == PartyMode.Everyone) return this with { Groups = null, Tickets = false };
        if (Groups is not { Count: 2 }) throw Refusal.Invalid("groups", "Name the two groups whose people meet each other.").AsException();
        var names = Groups.Select(name => Input.Line(name, "groups", LongestGroup)).ToArray();
        if (string.Equals(names[0], names[1], StringComparison.OrdinalIgnoreCase)) Refusal.Invalid("groups", "Give the two groups different names.").Throw();
        return this with { Groups = names };
    }

    internal static PartySettings Read(string json) => JsonSerializer.Deserialize<PartySettings>(json, JsonSerializerOptions.Web)!;

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
