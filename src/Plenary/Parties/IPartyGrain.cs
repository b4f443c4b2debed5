using Orleans.Concurrency;

namespace Plenary.Parties;

/// <summary>A party: the only writer of what it is. What it answers is durable.</summary>
[Alias("plenary.party")]
public interface IPartyGrain : IGrainWithGuidKey
{
    /// <summary>Somebody comes in, who may.</summary>
    [Alias("enter")]
    Task<PartyAnswer> Enter(Guid person);

    /// <summary>Is to be matched from the next round on, or no longer.</summary>
    [Alias("ready")]
    Task<PartyAnswer> Ready(Guid person, bool ready, string? group);

    [Alias("leave")]
    Task<PartyAnswer> Leave(Guid person);

    [Alias("more")]
    Task<PartyAnswer> AskForMore(Guid person, Guid meeting);

    /// <summary>Carries out a checked command.</summary>
    [Alias("direct")]
    Task<PartyAnswer> Direct(string by, PartyCommand command);

    /// <summary>The <see cref="PartyNow"/> as JSON; null when there is no such party.</summary>
    [Alias("now")]
    Task<string?> Now();

    /// <summary>The person's <see cref="MyParty"/> as JSON; null when they were never in.</summary>
    [Alias("my")]
    Task<string?> My(Guid person);

    /// <summary>The <see cref="PartyHealth"/> as JSON.</summary>
    [Alias("health")]
    Task<string?> Health();

    /// <summary>Two people who must not meet any more. Again is harmless.</summary>
    [Alias("apart")]
    Task KeepApart(Guid by, Guid whom);

    /// <summary>These people were let into the calls of their meetings.</summary>
    [Alias("came"), OneWay]
    Task Came(Guid[] people);

    /// <summary>Goes on, should the process that led it be lost. Harmless otherwise.</summary>
    [Alias("wake")]
    Task Wake();
}
