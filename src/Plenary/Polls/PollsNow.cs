using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plenary.Polls;

/// <summary>
/// Polls of a room at one moment. As its people are told them (<c>polls</c>): those that are open or changed lately, and <paramref name="Ids"/> says which there are. As they may ask
/// for them: all that are no drafts. Times are Unix milliseconds.
/// </summary>
/// <param name="Room">The room.</param>
/// <param name="Version">Of two about the same poll the higher is true.</param>
/// <param name="Now">The server's clock, by which the other times count.</param>
/// <param name="Drafts">Rises with every change of the drafts: the staff asks again.</param>
/// <param name="Ids">All that are no drafts, in their order.</param>
/// <param name="Polls">Them, or some of them.</param>
public sealed record PollsNow(Guid Room, long Version, long Now, int Drafts, IReadOnlyList<Guid> Ids, IReadOnlyList<PollNow> Polls)
{
    /// <summary>The name under which the room is told them.</summary>
    public const string About = "polls";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    internal static PollsNow Read(string json) => JsonSerializer.Deserialize<PollsNow>(json, Json)!;
}

/// <summary>A poll at one moment.</summary>
/// <param name="Id">Of the poll.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="State">Draft, open or closed.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Options">What can be chosen.</param>
/// <param name="Anonymous">No row says who chose what.</param>
/// <param name="Live">Its results are seen while it is open.</param>
/// <param name="Most">Options that may be chosen, words that may be said, or the highest rating.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosesAt">When it closes by itself, or was closed.</param>
/// <param name="BonusSeconds">Of a quiz: so long an answer earns more the earlier it comes.</param>
/// <param name="ClosesAfter">It closes by itself so many seconds after it was opened.</param>
/// <param name="Right">Which option of a quiz is right; not before it is closed, except to the staff.</param>
/// <param name="Series">The quiz it belongs to.</param>
/// <param name="Place">Which question of its quiz it is, from 1.</param>
/// <param name="Voters">People whose vote counts.</param>
/// <param name="Results">How many chose what; null while that is hidden.</param>
public sealed record PollNow(
    Guid Id, PollKind Kind, PollState State, string Question, IReadOnlyList<string> Options, bool Anonymous, bool Live, int Most, long? OpenedAt, long? ClosesAt, int BonusSeconds,
    int? ClosesAfter, int? Right, string Series, int Place, int Voters, IReadOnlyList<PollResult>? Results)
{
    private const int MostWordsShown = 60;

    internal static PollNow Of(Poll poll, PollTally tally, int place, bool staff)
    {
        var shown = staff || poll.State == PollState.Closed || (poll.Live && poll.Kind != PollKind.Quiz);
        return new(poll.Id, poll.Kind, poll.State, poll.Question, poll.Options, poll.Anonymous, poll.Live, poll.Most, poll.OpenedAt?.ToUnixTimeMilliseconds(), poll.ClosesAt?.ToUnixTimeMilliseconds(),
            poll.BonusSeconds, poll.ClosesAfter, staff || poll.State == PollState.Closed ? poll.Right : null, poll.Series, place, poll.Voters, shown ? [.. Show(poll, tally)] : null);
    }

    /// <summary>One line for each option or rating in its order; words the most frequent first.</summary>
    internal static IEnumerable<PollResult> Show(Poll poll, PollTally tally, int mostWords = MostWordsShown) => poll.Kind switch
    {
        PollKind.Rating => Enumerable.Range(1, poll.Most).Select(n => new PollResult(n.ToString(System.Globalization.CultureInfo.InvariantCulture), tally.Of($"{n}"))),
        PollKind.Words => tally.Counts.Where(c => c.Value > 0 && c.Key != PollTally.Others).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(mostWords).Select(c => new PollResult(c.Key, c.Value)),
        PollKind.Ranking => poll.Options.Select((option, n) => new PollResult(option, tally.Borda(n, poll.Options.Count))),
        _ => poll.Options.Select((option, n) => new PollResult(option, tally.Of($"{n}"))),
    };
}

/// <summary>One line of the results.</summary>
/// <param name="Label">The option, the rating or the word.</param>
/// <param name="Count">People who chose it; of a ranking, its points by the count of Borda.</param>
public sealed record PollResult(string Label, int Count);
