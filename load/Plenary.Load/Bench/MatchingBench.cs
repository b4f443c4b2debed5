using System.Diagnostics;
using Plenary.Matching;
using Meetings = Plenary.Matching.Round;

namespace Plenary.Load.Bench;

/// <summary>How fast the matcher is with 10,000 people, on one core, and how good with 50 and 200, where the optimum is known.</summary>
internal sealed class MatchingBench(Workspace work, bool quick)
{
    private const int Many = 10_000;
    private const int Rounds = 10;

    /// <summary>The parties whose rounds are timed; those that leave little choice are the hard ones.</summary>
    private static readonly (string Name, MatchRules Rules, Func<Candidate, int, Candidate> As)[] Parties =
    [
        ("", new(), (person, _) => person),
        ("Different", new(By: MatchBy.Different), (person, _) => person),
        ("Rules", new(CommonLanguage: true, NotSameCompany: true), (person, n) => person with { Languages = [n % 3 == 0 ? "de" : "en"] }),
        ("Halves", new(MatchMode.Groups), (person, n) => person with { Group = n % 2 == 0 ? "hiring" : "looking" }),
        ("ThirdToTwo", new(MatchMode.Groups), (person, n) => person with { Group = n % 3 == 0 ? "hiring" : "looking" }),
        ("OneCompany", new(NotSameCompany: true), (person, n) => person with { Company = n % 5 < 3 ? "Acme" : null }),
    ];

    private static readonly (string Name, MatchRules Rules)[] Kinds = [("", new()), ("Different", new(By: MatchBy.Different)), ("Groups", new(MatchMode.Groups))];

    private readonly Dictionary<string, List<double>> measured = [];

    public Dictionary<string, double> Run()
    {
        var times = quick ? 3 : 7;
        for (var time = 0; time <= times; time++)
        {
            foreach (var (name, rules, kind) in Parties) TimeRound(name, Crowd(Many, time, kind), rules, time);
            TimeParty(time);
            // The first has the compiler at work.
            if (time == 0) measured.Clear();
        }
        foreach (var people in new[] { 50, 200 })
            for (var time = 0; time < (quick ? 5 : 20); time++)
                foreach (var (name, rules) in Kinds)
                {
                    var crowd = Crowd(people, time, (person, n) => person with { Group = n % 2 == 0 ? "hiring" : "looking" });
                    var quality = MatchQuality.Of(crowd, rules, (ulong)time);
                    Note($"ofOptimum{name}{people}", quality.OfOptimum);
                    Note($"overRandom{name}{people}", quality.OverRandom);
                    Note($"smallRoundSeconds{people}", Timed(() => Matcher.Round(crowd, rules, MetBefore.Nobody, 1)));
                }
        var table = new Table("figure", "median", "least", "most");
        foreach (var (name, all) in measured) table.Add(name, $"{Rounded(Median(all))}", $"{Rounded(all.Min())}", $"{Rounded(all.Max())}");
        work.Say("");
        work.Say(table.ToString());
        var figures = measured.ToDictionary(figure => figure.Key, figure => Median(figure.Value));
        foreach (var name in new[] { "", "Different", "Groups" }) figures[$"leastOfOptimum{name}200"] = measured[$"ofOptimum{name}200"].Min();
        return figures;
    }

    private void TimeRound(string name, Candidate[] crowd, MatchRules rules, int time)
    {
        Meetings? round = null;
        Note($"roundSeconds{name}10k", Timed(() => round = Matcher.Round(crowd, rules, MetBefore.Nobody, (ulong)time)));
        if (name == "ThirdToTwo") Note("waitingThirdToTwo10k", round!.Waiting.Count);
        if (name == "") Note("meanScore10k", round!.Matches.Average(match => match.Score));
    }

    /// <summary>Ten rounds of one party: whoever has met does not meet again.</summary>
    private void TimeParty(int time)
    {
        var evening = new Evening(Crowd(Many, time, (person, _) => person), new());
        var (seconds, waiting) = (0d, 0);
        for (var n = 0; n < Rounds; n++)
        {
            var round = n;
            seconds += Timed(() => evening.Match((ulong)round));
            waiting += evening.Last!.Waiting.Count;
            evening.Remember();
        }
        Note("tenRoundsSeconds10k", seconds);
        Note("repeated10k", evening.Repeats);
        Note("waiting10k", waiting);
    }

    private static Candidate[] Crowd(int people, int time, Func<Candidate, int, Candidate> kind) => [.. Crowds.Of(people, (ulong)(1000 + time)).Select(kind)];

    /// <summary>The matcher is one thread: seconds by the clock are seconds of one core, unless the core is somebody else's meanwhile, which is taken off.</summary>
    private static double Timed(Action run)
    {
        GC.Collect();
        var (clock, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        run();
        return Math.Min(Stopwatch.GetElapsedTime(clock).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds is > 0.05 and var used ? used : double.MaxValue);
    }

    private void Note(string figure, double value)
    {
        if (!measured.TryGetValue(figure, out var all)) measured[figure] = all = [];
        all.Add(value);
    }

    private static double Median(List<double> all) => all.Order().ElementAt(all.Count / 2);

    private static double Rounded(double value) => Math.Round(value, 4);
}
