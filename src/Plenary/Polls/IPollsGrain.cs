namespace Plenary.Polls;

/// <summary>The single writer of a room's polls: what it answered is in the database, the tally with the votes. Its key is the room's id.</summary>
[Alias("plenary.polls")]
public interface IPollsGrain : IGrainWithGuidKey
{
    /// <summary>Does what somebody asks, if the rules of polls let them. Whether they may be in the room, and are of its staff, was decided before.</summary>
    [Alias("do")]
    Task<PollAnswer> Do(PollCommand command);

    /// <summary>Does what several ask, in this order; each is answered by itself.</summary>
    [Alias("do-many")]
    Task<PollAnswer[]> DoMany(PollCommand[] commands);

    /// <summary>The polls as they are: JSON of <see cref="PollsNow"/>; with drafts, and what is hidden, for the staff.</summary>
    [Alias("now")]
    Task<string> Now(bool staff);
}

/// <summary>What can be done about a poll.</summary>
public enum PollAct
{
    /// <summary>Votes; again, changes one's vote.</summary>
    Vote,

    /// <summary>Adds or changes a draft.</summary>
    Save,

    /// <summary>Opens it; a closed one again.</summary>
    Open,

    Close,

    /// <summary>Removes it with its votes.</summary>
    Remove,
}

/// <summary>Somebody does something about a poll.</summary>
/// <param name="Act">What.</param>
/// <param name="Poll">Which one.</param>
/// <param name="Person">Who votes.</param>
/// <param name="Data">JSON: of a vote the choice, of a draft the wish.</param>
[GenerateSerializer, Immutable, Alias("plenary.poll-command")]
public sealed record PollCommand(
    [property: Id(0)] PollAct Act,
    [property: Id(1)] Guid Poll,
    [property: Id(2)] Guid Person = default,
    [property: Id(3)] string Data = "");

/// <summary>What became of a command: a document, a refusal, or nothing that can be known.</summary>
/// <param name="Data">JSON of a vote's answer.</param>
/// <param name="Code">Of a refusal.</param>
/// <param name="Status">Of a refusal.</param>
/// <param name="Message">Of a refusal.</param>
/// <param name="Field">Of a refusal.</param>
/// <param name="Again">It is unknown whether it was done: ask again, which is harmless.</param>
[GenerateSerializer, Immutable, Alias("plenary.poll-answer")]
public sealed record PollAnswer(
    [property: Id(0)] string? Data,
    [property: Id(1)] string? Code = null,
    [property: Id(2)] int Status = 0,
    [property: Id(3)] string? Message = null,
    [property: Id(4)] string? Field = null,
    [property: Id(5)] bool Again = false);
