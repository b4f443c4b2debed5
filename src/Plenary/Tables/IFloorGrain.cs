namespace Plenary.Tables;

/// <summary>The single writer of a floor: one change after another, each in the database before anybody is told. Its key is the room's id.</summary>
[Alias("plenary.floor")]
public interface IFloorGrain : IGrainWithGuidKey
{
    /// <summary>Does what somebody asks, if the rules of the floor let them. Whether they may be on the floor was decided before.</summary>
    [Alias("do")]
    Task<FloorAnswer> Do(FloorCommand command);

    /// <summary>The floor as it is: JSON of <see cref="FloorNow"/>.</summary>
    [Alias("now")]
    Task<string> Now();

    /// <summary>Looks who of those that sit is still in the room, and what the clock has changed.</summary>
    [Alias("look")]
    Task Look();

    /// <summary>These two may not sit together any more: the second stands up where they do.</summary>
    [Alias("part")]
    Task Part(Guid stays, Guid goes);
}

/// <summary>What somebody does on a floor.</summary>
public enum FloorAct
{
    /// <summary>Sits down on a seat, coming from another perhaps.</summary>
    Sit,

    /// <summary>Stands up, or has somebody else stand up.</summary>
    Stand,

    /// <summary>Starts a table and sits down at it.</summary>
    Start,

    /// <summary>Locks or unlocks a table.</summary>
    Lock,

    /// <summary>Asks to be let in at a locked table, or does not any more.</summary>
    Knock,

    /// <summary>Lets somebody in who knocks, or does not.</summary>
    Answer,

    /// <summary>Adds or changes a table.</summary>
    Save,

    /// <summary>Removes a table.</summary>
    Remove,

    /// <summary>Mixes those who sit anew.</summary>
    Shuffle,

    /// <summary>Says who is on the list of a roundtable.</summary>
    List,

    /// <summary>Puts oneself on the list of a roundtable, or takes oneself off it.</summary>
    Book,
}

/// <summary>Somebody does something on a floor.</summary>
/// <param name="Act">What.</param>
/// <param name="Person">Who.</param>
/// <param name="Staff">They are of the event's staff.</param>
/// <param name="Table">At which table; of a new one none.</param>
/// <param name="Seat">Which seat; how many, when a table is added or changed.</param>
/// <param name="Other">Somebody else it is about; the host, when a table is added or changed.</param>
/// <param name="Yes">Which of two ways.</param>
/// <param name="Topic">Of a table that is added or changed.</param>
/// <param name="StartsAt">Of a roundtable, Unix milliseconds.</param>
/// <param name="EndsAt">Of a roundtable, Unix milliseconds.</param>
/// <param name="People">The list of a roundtable.</param>
[GenerateSerializer, Immutable, Alias("plenary.floor-command")]
public sealed record FloorCommand(
    [property: Id(0)] FloorAct Act,
    [property: Id(1)] Guid Person,
    [property: Id(2)] bool Staff,
    [property: Id(3)] Guid? Table = null,
    [property: Id(4)] int Seat = 0,
    [property: Id(5)] Guid? Other = null,
    [property: Id(6)] bool Yes = false,
    [property: Id(7)] string Topic = "",
    [property: Id(8)] long? StartsAt = null,
    [property: Id(9)] long? EndsAt = null,
    [property: Id(10)] Guid[]? People = null);

/// <summary>What became of a command: the floor as it is then, or a refusal.</summary>
[GenerateSerializer, Immutable, Alias("plenary.floor-answer")]
public sealed record FloorAnswer(
    [property: Id(0)] string? Document,
    [property: Id(1)] string? Code = null,
    [property: Id(2)] int Status = 0,
    [property: Id(3)] string? Message = null,
    [property: Id(4)] string? Field = null);
