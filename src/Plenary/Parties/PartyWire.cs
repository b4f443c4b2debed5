using Plenary.Platform;
using Plenary.Platform.Text;

namespace Plenary.Parties;

/// <summary>What a party answers.</summary>
/// <param name="Refused">Names a refusal; null when it was done.</param>
/// <param name="Document">The person's <see cref="MyParty"/>, or the <see cref="PartyNow"/> of a command, as JSON.</param>
/// <param name="Again">The party was about to move to another process: ask again.</param>
[GenerateSerializer, Alias("plenary.party-answer")]
public sealed record PartyAnswer(
    [property: Id(0)] string? Refused = null,
    [property: Id(1)] string? Document = null,
    [property: Id(2)] bool Again = false);

/// <summary>One command to a party: exactly one of these is said.</summary>
/// <param name="Begin">Check-in ends now.</param>
/// <param name="Pause">All clocks stop; people go on talking.</param>
/// <param name="Resume">They go on where they were.</param>
/// <param name="ExtendAll">So many minutes more for everybody in this round.</param>
/// <param name="Message">Told to everybody.</param>
/// <param name="BringBack">The party is over in so many seconds.</param>
/// <param name="AddRound">One round more.</param>
/// <param name="EndRound">The phase ends now.</param>
/// <param name="End">The party is over now.</param>
[GenerateSerializer, Alias("plenary.party-command")]
public sealed record PartyCommand(
    [property: Id(0)] bool? Begin = null,
    [property: Id(1)] bool? Pause = null,
    [property: Id(2)] bool? Resume = null,
    [property: Id(3)] int? ExtendAll = null,
    [property: Id(4)] string? Message = null,
    [property: Id(5)] int? BringBack = null,
    [property: Id(6)] bool? AddRound = null,
    [property: Id(7)] bool? EndRound = null,
    [property: Id(8)] bool? End = null)
{
    public const int LongestMessage = 280;

    /// <summary>Longest wait before everybody is brought back, in seconds.</summary>
    public const int LongestWait = 120;

    /// <summary>The command as it is carried out. Refused: invalid-input unless exactly one thing is said, within its bounds.</summary>
    public PartyCommand Checked()
    {
        object?[] said = [Begin, Pause, Resume, ExtendAll, Message, BringBack, AddRound, EndRound, End];
        if (said.Count(one => one is not null) != 1) Refusal.Invalid("command", "Say exactly one thing in a command.").Throw();
        if (said.Contains(false)) Refusal.Invalid("command", "Say true for what is to be done.").Throw();
        if (ExtendAll is < 1 or > PartySettings.MostMinutes) Refusal.Invalid("extendAll", $"A round can be extended by 1 to {PartySettings.MostMinutes} minutes.").Throw();
        if (BringBack is < 0 or > LongestWait) Refusal.Invalid("bringBack", $"Everybody can be brought back in 0 to {LongestWait} seconds.").Throw();
        return Message is null ? this : this with { Message = Input.Line(Message, "message", LongestMessage) };
    }
}
