using Plenary.Rooms;

namespace Plenary.Questions;

/// <summary>
/// Tells a room what changed about its questions: once a tick however many vote, and always everything of the last ten seconds, so that whoever lost one telling has it with the next. What
/// is told is a few numbers for each question that was voted for; when that is much, it is told more seldom.
/// </summary>
internal sealed class QuestionNews(Guid room, Func<Task<QuestionBook>> book, LiveRooms rooms, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Tellings that each repeats.</summary>
    private const int Repeated = 20;

    /// <summary>Characters of a telling; a longer one is followed by a longer rest.</summary>
    private const int Usual = 8_000;

    private readonly Queue<long> told = new();
    private readonly Dictionary<Guid, (long Version, bool Whole)> changed = [];
    private readonly Dictionary<Guid, bool> untold = [];
    private long version = clock.GetUtcNow().ToUnixTimeMilliseconds();
    private long since = clock.GetUtcNow().ToUnixTimeMilliseconds();
    private long toldAt;
    private int length;
    private bool telling;

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
        if (telling) return;
        telling = true;
        _ = Soon();
    }

    private long Next() => version = Math.Max(version + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());

    private async Task Soon()
    {
        try
        {
            var rest = toldAt == 0 ? TimeSpan.Zero : TellEvery * Math.Max(1, length / Usual) - clock.GetElapsedTime(toldAt);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, clock);
            toldAt = clock.GetTimestamp();
            telling = false;
            var json = Latest(await book()).ToJson();
            length = json.Length;
            await rooms.TellAll(room, QuestionsNow.About, json);
        }
#pragma warning disable CA1031 // It is kept; whoever was not told sees it when they ask again.
        catch (Exception error)
        {
            telling = false;
            log.LogInformation(error, "Room {Room} was not told of its questions", room);
        }
#pragma warning restore CA1031
    }

    private QuestionsNow Latest(QuestionBook mine)
    {
        var now = Next();
        foreach (var (id, whole) in untold) changed[id] = (now, whole || (changed.TryGetValue(id, out var before) && before.Whole));
        untold.Clear();
        told.Enqueue(now);
        if (told.Count > Repeated) since = told.Dequeue();
        foreach (var id in changed.Where(c => c.Value.Version <= since).Select(c => c.Key).ToList()) changed.Remove(id);
        var known = changed.ToDictionary(c => c.Key, c => (Question: mine.Find(c.Key) is { } q && QuestionBook.IsShown(q) ? q : null, c.Value.Whole));
        return Document(mine, now, since, known.Values.Where(k => k is { Question: not null, Whole: true }).Select(k => k.Question!),
            known.Where(k => k.Value is { Question: not null, Whole: false }).ToDictionary(k => k.Key, k => k.Value.Question!.Votes), [.. known.Where(k => k.Value.Question is null).Select(k => k.Key)]);
    }

    private QuestionsNow Document(QuestionBook mine, long now, long from, IEnumerable<Question> questions, Dictionary<Guid, int> votes, IReadOnlyList<Guid> gone) =>
        new(room, now, from, clock.GetUtcNow().ToUnixTimeMilliseconds(), mine.Board.Closed, mine.Board.Moderated, mine.Held, [.. questions.Select(q => new QuestionNow(q))], votes, gone);
}
