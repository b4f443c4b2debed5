using Plenary.Platform;

namespace Plenary.Questions;

/// <summary>What the questions of a room say no to.</summary>
public static class QuestionRefusals
{
    public static readonly Refusal Closed = new("questions-closed", 409, "No more questions are taken here.");
    public static readonly Refusal TooManyOpen = new("too-many-questions", 409, $"{QuestionBook.MostOpenEach} of your questions wait for an answer already. Withdraw one, or vote for somebody else’s.");
    public static readonly Refusal Full = new("questions-full", 409, "There are more questions here than anybody can answer. Vote for one that is there.");
    public static readonly Refusal Own = new("own-question", 409, "This is your own question; others vote for it.");
    public static readonly Refusal Settled = new("question-settled", 409, "This question is answered or put away.");
    public static readonly Refusal VotedFor = new("question-voted", 409, "Others have voted for this question as it is. Withdraw it and ask another one.");
    public static readonly Refusal Taken = new("id-taken", 409, "This id belongs to another question. Send yours with a new one.", "id");
    public static readonly Refusal NotKept = new("not-kept", 503, "This could not be saved just now. It is safe to try again.");
}
