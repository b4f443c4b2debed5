using System.Text.Json;

namespace Plenary.Polls;

/// <summary>
/// How many chose what. Adding and taking away commute, so the same votes in any order make the same tally; and it is written sorted, so that its text says nothing about their order.
/// </summary>
internal sealed class PollTally
{
    /// <summary>Different words that are counted each by itself; what comes later counts together as <see cref="Others"/>.</summary>
    public const int MostWords = 2_000;

    public const string Others = "";

    private readonly PollKind kind;
    private readonly SortedDictionary<string, int> counts;

    public PollTally(PollKind kind, string json)
    {
        this.kind = kind;
        counts = new(JsonSerializer.Deserialize<Dictionary<string, int>>(json)!, StringComparer.Ordinal);
    }

    /// <summary>By option number, rating or word; of a ranking by <c>option:place</c>. What was never chosen is not there.</summary>
    public IReadOnlyDictionary<string, int> Counts => counts;

    public void Add(string choice) => Count(choice, 1);

    public void Remove(string choice) => Count(choice, -1);

    public string ToJson() => JsonSerializer.Serialize(counts);

    /// <summary>So many chose it.</summary>
    public int Of(string key) => counts.GetValueOrDefault(key);

    /// <summary>
    /// Points of an option in a ranking by the count of Borda: of n options the first of a voter's order gets n, the last 1 (J.-C. de Borda, 1781).
    /// </summary>
    public int Borda(int option, int options) => Enumerable.Range(0, options).Sum(place => (options - place) * Of($"{option}:{place}"));

    private void Count(string choice, int by)
    {
        switch (kind)
        {
            case PollKind.Words:
                foreach (var word in PollChoice.Words(choice)) One(word, by);
                break;
            case PollKind.Ranking:
                foreach (var (place, option) in PollChoice.Picks(choice).Index()) One($"{option}:{place}", by);
                break;
            default:
                foreach (var pick in PollChoice.Picks(choice)) One(pick.ToString(System.Globalization.CultureInfo.InvariantCulture), by);
                break;
        }
    }

    private void One(string key, int by)
    {
        // A word that nobody says any more keeps its place: then a word is counted in the same place whenever it is taken away.
        if (kind == PollKind.Words && !counts.ContainsKey(key) && counts.Count - (counts.ContainsKey(Others) ? 1 : 0) >= MostWords) key = Others;
        counts[key] = counts.GetValueOrDefault(key) + by;
    }
}
