using Plenary.Rooms;

namespace Plenary.Questions;

/// <summary>
/// Tells a room what changed about its questions: once a tick however many vote, and always everything of the last ten seconds, so that whoever lost one telling has it with the next. What
/// is told is a few numbers for each question that was voted for.
/// </summary>
internal sealed class QuestionNews
{
    /// <summary>Tellings that each repeats.</summary>
    private const int Repeated = 20;

    private readonly Guid room;
    private readonly Func<Task<QuestionBook>> book;
    private readonly TimeProvider clock;
    private readonly OnceATick telling;
    private readonly Queue<long> told = new();
    private readonly Dictionary<Guid, (long Version, bool Whole)> changed = [];
    private readonly Dictionary<Guid, bool> untold = [];
    private long version;
    private long since;

    public QuestionNews(Guid room, Func<Task<QuestionBook>> book, LiveRooms rooms, TimeProvider clock, ILogger log)
    {
        (this.room, this.book, this.clock) = (room, book, clock);
        version = since = clock.GetUtcNow().ToUnixTimeMilliseconds();
        telling = new(room, QuestionsNow.About, Latest, rooms, clock, log);
    }

    /// <summary>All that are shown; all there are, for the staff.</summary>
    public QuestionsNow Whole(QuestionBook mine, bool staff) =>
        Document(mine, Next(), 0, mine.All.Where(q => QuestionBook.IsShown(q) || (staff && q.State is QuestionState.Held or QuestionState.Dismissed)), [], []);

    /// <summary>Has the room told of what the book says has changed.</summary>
    public void Tell(QuestionBook mine)
    {
        if (mine.Changed.Count == 0 && !mine.BoardChanged) return;
        foreach (var (id, whole) in mine.Changed) untold[id] = whole || untold.GetValueOrDefault(id);
        mine.Changed.Clear();
        mine.BoardChanged = false;
        telling.Ask();
    }

    private long Next() => version = Math.Max(version + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());

    private async Task<string> Latest()
    {
        var mine = await book();
        var now = Next();
        foreach (var (id, whole) in untold) changed[id] = (now, whole || (changed.TryGetValue(id, out var before) && before.Whole));
        untold.Clear();
        told.Enqueue(now);
        if (told.Count > Repeated) since = told.Dequeue();
        foreach (var id in changed.Where(c => c.Value.Version <= since).Select(c => c.Key).ToList()) changed.Remove(id);
        var known = changed.ToDictionary(c => c.Key, c => (Question: mine.Find(c.Key) is { } q && QuestionBook.IsShown(q) ? q : null, c.Value.Whole));
        return Document(mine, now, since, known.Values.Where(k => k is { Question: not null, Whole: true }).Select(k => k.Question!),
            known.Where(k => k.Value is { Question: not null, Whole: false }).ToDictionary(k => k.Key, k => k.Value.Question!.Votes), [.. known.Where(k => k.Value.Question is null).Select(k => k.Key)]).ToJson();
    }

    private QuestionsNow Document(QuestionBook mine, long now, long from, IEnumerable<Question> questions, Dictionary<Guid, int> votes, IReadOnlyList<Guid> gone) =>
        new(room, now, from, clock.GetUtcNow().ToUnixTimeMilliseconds(), mine.Board.Closed, mine.Board.Moderated, mine.Held, [.. questions.Select(q => new QuestionNow(q))], votes, gone);
}
