namespace Plenary.Matching;

/// <summary>
/// How well two people fit. What they have in common counts by how rare it is among these people (inverse document frequency: K. Spärck Jones, A statistical interpretation
/// of term specificity, 1972; for people's interests: L. Adamic, E. Adar, Friends and neighbors on the Web, 2003), a goal of one that the other can help
/// with counts double, and each further term counts less than the one before, so that no pair takes from others what it hardly needs.
/// </summary>
internal sealed class Affinity
{
    private readonly Gathering people;
    private readonly MatchBy by;
    private readonly float[] interestWorth, goalWorth;
    private readonly int[] speakers;
    private readonly ulong[] interests, looks, offers;
    private readonly float noise;
    private readonly ulong seed;

    /// <param name="noise">Up to this much is added to each pair's worth, as the seed has it.</param>
    public Affinity(Gathering people, MatchBy by, float noise = 0, ulong seed = 0)
    {
        (this.people, this.by, this.noise, this.seed) = (people, by, noise, seed);
        InterestCounts = Counts(people.InterestWords, people.Interests);
        OfferCounts = Counts(people.GoalWords, people.Offers);
        (interests, looks, offers) = (Array.ConvertAll(people.Interests, Words.Sketch), Array.ConvertAll(people.LooksFor, Words.Sketch), Array.ConvertAll(people.Offers, Words.Sketch));
        speakers = Counts(people.LanguageWords, people.Languages);
        interestWorth = Worth(InterestCounts);
        goalWorth = Worth(OfferCounts);
    }

    /// <summary>For each interest, how many have it.</summary>
    public int[] InterestCounts { get; }

    /// <summary>For each goal, how many offer it.</summary>
    public int[] OfferCounts { get; }

    /// <summary>What a try goes by.</summary>
    public float Of(int a, int b)
    {
        var worth = Plain(a, b);
        if (noise > 0) worth += noise * new Draw(seed ^ ((ulong)Math.Min(a, b) << 32 | (uint)Math.Max(a, b))).Below(1 << 16) / (1 << 16);
        return worth;
    }

    /// <summary>Below 1; 0 for two of whom nothing is known. A nice meeting of people who have met at another event is worth less than a middling one of people who have not.</summary>
    public float Plain(int a, int b)
    {
        var goals = 0f;
        if ((looks[a] & offers[b]) != 0) goals += 2 * Common(people.LooksFor[a], people.Offers[b], goalWorth);
        if ((looks[b] & offers[a]) != 0) goals += 2 * Common(people.LooksFor[b], people.Offers[a], goalWorth);
        float score;
        if (by == MatchBy.Shared)
        {
            if ((interests[a] & interests[b]) != 0) goals += Common(people.Interests[a], people.Interests[b], interestWorth);
            score = goals / (1 + goals);
        }
        else
            score = goals / (1 + goals) / 2 + Difference(people.Interests[a], people.Interests[b]) / 2;
        if (!people.CanTalk(a, b)) score -= 0.5f;
        if (people.MetElsewhere(a, b)) score -= 0.5f;
        return score;
    }

    public int Speakers(int language) => speakers[language];

    /// <summary>Whether it is worth telling two people that they both speak it.</summary>
    public bool IsSpokenByFew(int language) => speakers[language] * 2 < people.Count;

    private static float Common(int[] a, int[] b, float[] worth)
    {
        var sum = 0f;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] == b[j])
            {
                sum += worth[a[i]];
                i++;
                j++;
            }
            else if (a[i] < b[j]) i++;
            else j++;
        }
        return sum;
    }

    /// <summary>One minus the Jaccard index; of people without interests nothing is known, which is not a difference.</summary>
    private static float Difference(int[] a, int[] b)
    {
        if (a.Length == 0 || b.Length == 0) return 0;
        var common = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] == b[j])
            {
                common++;
                i++;
                j++;
            }
            else if (a[i] < b[j]) i++;
            else j++;
        }
        return 1 - (float)common / (a.Length + b.Length - common);
    }

    private static int[] Counts(Words words, int[][] lists)
    {
        var counts = new int[words.Count];
        foreach (var list in lists)
            foreach (var word in list)
                counts[word]++;
        return counts;
    }

    /// <summary>From a tenth, for what everybody has, to one, for what hardly anybody has.</summary>
    private float[] Worth(int[] counts)
    {
        var scale = 0.9 / Math.Log(Math.Max(people.Count, 2));
        return Array.ConvertAll(counts, count => (float)(0.1 + scale * Math.Log((double)people.Count / Math.Max(count, 1))));
    }
}
