namespace Plenary.Questions;

/// <summary>The single writer of a room's questions: what it answered is in the database. Its key is the room's id.</summary>
[Alias("plenary.questions")]
public interface IQuestionsGrain : IGrainWithGuidKey
{
    /// <summary>Does what somebody asks, if the rules of questions let them. Whether they may be in the room was decided before.</summary>
    [Alias("do")]
    Task<QuestionAnswer> Do(QuestionCommand command);

    /// <summary>Does what several ask, in this order; each is answered by itself.</summary>
    [Alias("do-many")]
    Task<QuestionAnswer[]> DoMany(QuestionCommand[] commands);

    /// <summary>The questions as they are: JSON of <see cref="QuestionsNow"/>; with those that are held or put away for the staff.</summary>
    [Alias("now")]
    Task<string> Now(bool staff);

    /// <summary>Which of the questions this person wrote, the anonymous ones too; asked for that person only.</summary>
    [Alias("of")]
    Task<Guid[]> Of(Guid person);
}

/// <summary>What can be done about questions.</summary>
public enum QuestionAct
{
    Ask,

    /// <summary>Says it in other words: its author, before anybody voted for it.</summary>
    Edit,

    /// <summary>Takes it back: its author.</summary>
    Withdraw,

    /// <summary>Votes for it, or does not any more.</summary>
    Vote,

    /// <summary>Lets a held one in, or brings back one that was put away: the staff.</summary>
    Admit,

    /// <summary>Puts it away: the staff.</summary>
    Dismiss,

    /// <summary>Merges it into another one: the staff.</summary>
    Merge,

    /// <summary>Brings it on stage: the staff and speakers.</summary>
    Stage,

    /// <summary>It is answered, on stage or in text: the staff and speakers.</summary>
    Answer,

    /// <summary>Says in which order they are answered: the staff and speakers.</summary>
    Order,

    /// <summary>Says how questions are asked: the staff.</summary>
    Set,
}

/// <summary>Somebody does something about questions.</summary>
/// <param name="Act">What.</param>
/// <param name="Person">Who.</param>
/// <param name="Name">As others see it.</param>
/// <param name="Staff">They are of the event's staff.</param>
/// <param name="Speaks">They are of the staff or speak at the event.</param>
/// <param name="Question">Which question.</param>
/// <param name="Text">Of a question or an answer.</param>
/// <param name="Yes">Which of two ways: anonymous, voted for, moderated.</param>
/// <param name="Other">The question it is merged into.</param>
/// <param name="Second">Of the replay.</param>
/// <param name="Questions">In their order.</param>
/// <param name="Closed">No more questions are taken.</param>
/// <param name="Held">The rules of the room want the staff to look at it first.</param>
/// <param name="Replay">On which it is asked.</param>
[GenerateSerializer, Immutable, Alias("plenary.question-command")]
public sealed record QuestionCommand(
    [property: Id(0)] QuestionAct Act,
    [property: Id(1)] Guid Person,
    [property: Id(2)] string Name,
    [property: Id(3)] bool Staff,
    [property: Id(4)] bool Speaks,
    [property: Id(5)] Guid Question = default,
    [property: Id(6)] string? Text = null,
    [property: Id(7)] bool Yes = false,
    [property: Id(8)] Guid? Other = null,
    [property: Id(9)] int? Second = null,
    [property: Id(10)] Guid[]? Questions = null,
    [property: Id(11)] bool Closed = false,
    [property: Id(12)] bool Held = false,
    [property: Id(13)] Guid? Replay = null);

/// <summary>What became of a command: done, refused, or nothing that can be known.</summary>
/// <param name="Question">JSON of <see cref="QuestionNow"/>, the question as it is then; an empty text when there is none any more.</param>
/// <param name="Code">Of a refusal.</param>
/// <param name="Status">Of a refusal.</param>
/// <param name="Message">Of a refusal.</param>
/// <param name="Field">Of a refusal.</param>
/// <param name="Again">It is unknown whether it was done: ask again, which is harmless.</param>
[GenerateSerializer, Immutable, Alias("plenary.question-answer")]
public sealed record QuestionAnswer(
    [property: Id(0)] string? Question,
    [property: Id(1)] string? Code = null,
    [property: Id(2)] int Status = 0,
    [property: Id(3)] string? Message = null,
    [property: Id(4)] string? Field = null,
    [property: Id(5)] bool Again = false);
