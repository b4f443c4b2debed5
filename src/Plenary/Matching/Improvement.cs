namespace Plenary.Matching;

/// <summary>
/// Makes a pairing better by joining anew what a few pairs part: two pairs that swap, and longer circles as far as each step still gains (S. Lin,
/// B. Kernighan, An effective heuristic algorithm for the traveling-salesman problem, Operations Research 21, 1973; for matchings J. Maue, P. Sanders, Engineering
/// algorithms for approximate weighted matching, WEA 2007). Nobody more important than whom it helps is left alone by it.
/// </summary>
internal sealed class Improvement
{
    /// <summary>How many prospects are tried at each step of a circle.</summary>
    private static readonly int[] Breadth = [16, 8, 4, 2, 1, 1];

    private const float Enough = 1e-5f;
    private const int Hundreds = 700;
    private const int MostShakes = 400;

    private readonly Gathering people;
    private readonly Affinity affinity;
    private readonly Pairing pairing;
    private readonly Prospects prospects;
    private readonly float[] worth;
    private readonly bool[] waits;
    private readonly Queue<int> queue;
    private readonly int[] path = new int[2 * Breadth.Length + 2];

    public Improvement(Gathering people, Affinity affinity, Pairing pairing, Prospects prospects)
    {
        (this.people, this.affinity, this.pairing, this.prospects) = (people, affinity, pairing, prospects);
        (worth, waits, queue) = (new float[people.Count], new bool[people.Count], new(people.Count));
        for (var person = 0; person < people.Count; person++)
        {
            var mate = pairing.Of(person);
            worth[person] = mate < 0 ? 0 : mate < person ? worth[mate] : affinity.Of(person, mate);
            Wait(person);
        }
    }

    /// <summary>
    /// Until nothing gains any more. A gathering of hundreds can afford to be shaken now and then, to look whether it settles better (iterated local
    /// search: H. Lourenço, O. Martin, T. Stützle, Handbook of Metaheuristics, 2003).
    /// </summary>
    public void Run(ref Draw draw)
    {
        Settle();
        if (people.Count is < 4 or > Hundreds) return;
        for (var time = 0; time < Math.Min(2 * people.Count, MostShakes); time++)
        {
            var (mates, worths, before) = (pairing.Copy(), (float[])worth.Clone(), Sum());
            for (var swap = 0; swap < 2; swap++) Swap(draw.Below(people.Count), ref draw);
            Settle();
            if (Sum() >= before) continue;
            pairing.Restore(mates);
            worths.CopyTo(worth, 0);
        }
    }

    private double Sum()
    {
        var sum = 0d;
        foreach (var its in worth) sum += its;
        return sum;
    }

    /// <summary>Whatever it costs.</summary>
    private void Swap(int person, ref Draw draw)
    {
        var (mate, who) = (pairing.Of(person), prospects.Of(person));
        if (mate < 0 || who.Length == 0) return;
        var taken = who[draw.Below(Math.Min(who.Length, Breadth[0]))];
        var left = pairing.Of(taken);
        if (left < 0 || taken == mate || !people.May(mate, left)) return;
        Join(person, taken);
        Join(mate, left);
    }

    private void Settle()
    {
        var most = 40 * people.Count;
        while (most-- > 0 && queue.TryDequeue(out var person))
        {
            waits[person] = false;
            var mate = pairing.Of(person);
            if (mate < 0)
            {
                Replace(person);
                continue;
            }
            (path[0], path[1]) = (mate, person);
            if (Circle(0, -worth[person])) Wait(person);
        }
    }

    /// <summary>Somebody alone takes the place of an equally important one with whom a third fits less.</summary>
    private void Replace(int alone)
    {
        var (who, fits) = (prospects.Of(alone), prospects.Worth(alone));
        for (var n = 0; n < who.Length; n++)
        {
            var (third, left) = (who[n], pairing.Of(who[n]));
            if (left >= 0 && (people.Priority[left] > people.Priority[alone] || fits[n] <= worth[third] + Enough)) continue;
            Join(alone, third);
            if (left >= 0)
            {
                worth[left] = 0;
                Wait(left);
            }
            return;
        }
    }

    /// <summary>
    /// The path so far: the one whom the circle comes back to, then in turn who looks for somebody new, and whom they would take. <paramref name="gain"/> is what was joined
    /// less what was parted.
    /// </summary>
    private bool Circle(int step, float gain)
    {
        var end = 2 * step + 1;
        var (back, looking) = (path[0], path[end]);
        var (who, fits) = (prospects.Of(looking), prospects.Worth(looking));
        var tries = Math.Min(who.Length, Breadth[step]);
        for (var n = 0; n < tries; n++)
        {
            // Some turn of every circle that gains has gained after each step; the others need not be followed (Lin and Kernighan's criterion).
            var gained = gain + fits[n];
            if (gained <= Enough) return false;
            var taken = who[n];
            if (path.AsSpan(0, end + 1).Contains(taken)) continue;
            path[end + 1] = taken;
            var next = pairing.Of(taken);
            if (next < 0)
            {
                if (people.Priority[back] > people.Priority[taken]) continue;
                Apply(step);
                worth[back] = 0;
                Wait(back);
                return true;
            }
            path[end + 2] = next;
            gained -= worth[taken];
            if (people.May(next, back) && gained + affinity.Of(next, back) > Enough)
            {
                Apply(step);
                Join(next, back);
                return true;
            }
            if (step + 1 < Breadth.Length && Circle(step + 1, gained)) return true;
        }
        return false;
    }

    private void Apply(int steps)
    {
        for (var step = 0; step <= steps; step++) Join(path[2 * step + 1], path[2 * step + 2]);
    }

    private void Join(int a, int b)
    {
        pairing.Join(a, b);
        worth[a] = worth[b] = affinity.Of(a, b);
        Wait(a);
        Wait(b);
    }

    private void Wait(int person)
    {
        if (waits[person]) return;
        waits[person] = true;
        queue.Enqueue(person);
    }
}
