using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plenary.Questions;

/// <summary>
/// The questions of a room at one moment. As they may be asked for: all that the viewer may see. As the room is told them (<c>questions</c>): what changed within the last seconds; whoever
/// holds version <paramref name="Since"/> or later has everything with it, whoever does not asks. Times are Unix milliseconds.
/// </summary>
/// <param name="Room">The room.</param>
/// <param name="Version">Of two about the same question the higher is true.</param>
/// <param name="Since">What changed before is not in it; 0 when everything is.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Closed">No more questions are taken.</param>
/// <param name="Moderated">The staff lets each question in.</param>
/// <param name="Held">So many wait for the staff.</param>
/// <param name="Questions">The questions, in no particular order.</param>
/// <param name="Votes">Of questions of which only the number of votes changed.</param>
/// <param name="Gone">Questions that are not shown any more.</param>
public sealed record QuestionsNow(
    Guid Room, long Version, long Since, long Now, bool Closed, bool Moderated, int Held, IReadOnlyList<QuestionNow> Questions, IReadOnlyDictionary<Guid, int> Votes, IReadOnlyList<Guid> Gone)
{
    /// <summary>The name under which the room is told them.</summary>
    public const string About = "questions";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    internal static QuestionsNow Read(string json) => JsonSerializer.Deserialize<QuestionsNow>(json, Json)!;
}

/// <summary>A question at one moment.</summary>
/// <param name="Id">Of the question.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Person">Who asks; null when it is anonymous.</param>
/// <param name="Name">Their name; null when it is anonymous.</param>
/// <param name="State">What becomes of it.</param>
/// <param name="Votes">People who want to know it too.</param>
/// <param name="Merged">Questions that were merged into it.</param>
/// <param name="Place">In the speakers' order, from 1.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Replay">Asked on this replay.</param>
/// <param name="ReplaySecond">Asked on a replay: at this second of it.</param>
/// <param name="LiveAt">When it came on stage.</param>
/// <param name="AnsweredAt">When it was answered.</param>
/// <param name="Answer">The answer, when it is one in text.</param>
/// <param name="AnsweredBy">Name of who wrote that.</param>
public sealed record QuestionNow(
    Guid Id, string Text, Guid? Person, string? Name, QuestionState State, int Votes, int Merged, int? Place, long At, Guid? Replay, int? ReplaySecond, long? LiveAt, long? AnsweredAt, string? Answer, string? AnsweredBy)
{
    internal QuestionNow(Question q) : this(q.Id, q.Text, q.PersonId, q.PersonId is null ? null : q.Name, q.State, q.Votes, q.Merged, q.Place, q.At.ToUnixTimeMilliseconds(), q.ReplayId, q.ReplaySecond,
        q.LiveAt?.ToUnixTimeMilliseconds(), q.AnsweredAt?.ToUnixTimeMilliseconds(), q.Answer, q.AnsweredBy)
    {
    }
}
