namespace Plenary.Matching;

/// <summary>
/// For each person the few whom they would fit best, best first. In a small gathering everybody is looked at; in a large one those who share a tag, found by
/// an inverted index (D. Knuth, The Art of Computer Programming 3, 6.5), rare tags first and of frequent ones a sample, and some at random.
/// </summary>
internal sealed class Prospects
{
    /// <summary>Up to so many people everybody looks at everybody.</summary>
    private const int Few = 700;

    private const int Kept = 24;
    private const int LookedAt = 128;
    private const int AtRandom = 16;

    private readonly int[][] who;
    private readonly float[][] worth;

    public Prospects(Gathering people, Affinity affinity, ref Draw draw)
    {
        (who, worth) = (new int[people.Count][], new float[people.Count][]);
        var (found, scores) = (new int[Math.Max(people.Count, 1)], new float[Math.Max(people.Count, 1)]);
        var seen = new int[people.Count];
        var large = people.Count > Few;
        var interests = large ? new Index(people.InterestWords.Count, people.Interests) : null;
        var looking = large ? new Index(people.GoalWords.Count, people.LooksFor) : null;
        var offering = large ? new Index(people.GoalWords.Count, people.Offers) : null;
        var terms = new List<(Index Index, int Word)>();
        for (var person = 0; person < people.Count; person++)
        {
            var count = 0;
            if (!large)
                for (var other = 0; other < people.Count; other++) Look(other);
            else
            {
                terms.Clear();
                foreach (var word in people.LooksFor[person]) terms.Add((offering!, word));
                foreach (var word in people.Offers[person]) terms.Add((looking!, word));
                foreach (var word in people.Interests[person]) terms.Add((interests!, word));
                terms.Sort((a, b) => a.Index.Of(a.Word).Length - b.Index.Of(b.Word).Length);
                for (var term = 0; term < terms.Count; term++)
                {
                    var having = terms[term].Index.Of(terms[term].Word);
                    var some = Math.Min(having.Length, Math.Max(1, (LookedAt - count) / (terms.Count - term)));
                    var from = having.Length > some ? draw.Below(having.Length) : 0;
                    for (var n = 0; n < some; n++) Look(having[from + n < having.Length ? from + n : from + n - having.Length]);
                }
                for (var n = 0; n < AtRandom; n++) Look(draw.Below(people.Count));
            }
            Array.Sort(scores, found, 0, count);
            var kept = Math.Min(count, Kept);
            (who[person], worth[person]) = (new int[kept], new float[kept]);
            for (var n = 0; n < kept; n++) (who[person][n], worth[person][n]) = (found[count - 1 - n], scores[count - 1 - n]);

            void Look(int other)
            {
                if (seen[other] == person + 1 || other == people.Host || person == people.Host || !people.May(person, other)) return;
                seen[other] = person + 1;
                (found[count], scores[count]) = (other, affinity.Of(person, other));
                count++;
            }
        }
    }

    public int[] Of(int person) => who[person];

    /// <summary>How well each of <see cref="Of"/> fits.</summary>
    public float[] Worth(int person) => worth[person];

    /// <summary>Who has which word.</summary>
    private sealed class Index
    {
        private readonly int[] starts, persons;

        public Index(int words, int[][] lists)
        {
            starts = new int[words + 1];
            foreach (var list in lists)
                foreach (var word in list)
                    starts[word + 1]++;
            for (var word = 0; word < words; word++) starts[word + 1] += starts[word];
            persons = new int[starts[words]];
            var next = starts[..words];
            for (var person = 0; person < lists.Length; person++)
                foreach (var word in lists[person])
                    persons[next[word]++] = person;
        }

        public ReadOnlySpan<int> Of(int word) => persons.AsSpan(starts[word]..starts[word + 1]);
    }
}
