using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Plenary.Load.Media;
using Plenary.Load.Scaling;

namespace Plenary.Load.Bench;

/// <summary>The benches by name. Each prints what it measured and, as its last line, one JSON object of its figures.</summary>
internal static class Benches
{
    public static async Task<int> Run(string name, string[] options, TextWriter output)
    {
        var folder = Environment.GetEnvironmentVariable("PLENARY_LOAD_FOLDER") ?? throw new InvalidOperationException("start it by load/bench");
        var sources = Environment.GetEnvironmentVariable("PLENARY_LOAD_SOURCES") ?? throw new InvalidOperationException("start it by load/bench");
        var quick = options.Contains("--quick");
        var began = Stopwatch.GetTimestamp();
        await using var work = new Workspace(folder, sources, output);
        // Interrupted, it still ends what it started.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        foreach (var fact in Machine.Facts()) work.Say(fact);
        var figures = name switch
        {
            "live" => await new LiveBench(work, quick, options).Run(),
            "faults" => await new FaultsBench(work, quick, options).Run(),
            "media" => await new MediaBench(work, quick, options.FirstOrDefault(option => option.StartsWith("--only=", StringComparison.Ordinal))?["--only=".Length..]).Run(),
            "party" => await Party(),
            "chat" => await new ChatBench(work).Run(),
            "votes" => await new VotesBench(work, quick, options).Run(),
            "matching" => new MatchingBench(work, quick).Run(),
            "scaling" => ScalingBench.Run(Path.Combine(sources, "prices.json"), options.FirstOrDefault(o => o.StartsWith("--chart=", StringComparison.Ordinal))?["--chart=".Length..], work.Say),
            _ => throw new ArgumentException($"there is no bench {name}"),
        };
        work.Say($"took {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        work.Say(JsonSerializer.Serialize(figures.Where(f => double.IsFinite(f.Value)).ToDictionary(f => f.Key, f => Math.Round(f.Value, 4))));
        var failures = name switch
        {
            "party" => figures["lost"] + figures["repeated"],
            "faults" => figures["lost"] + figures["doubled"] + figures["unresolved"],
            "votes" => figures.Where(f => f.Key.EndsWith(".wrong", StringComparison.Ordinal)).Sum(f => f.Value),
            _ => 0,
        };
        return failures > 0 ? 1 : 0;

        async Task<Dictionary<string, double>> Party()
        {
            using var bench = new PartyBench(work, quick, options);
            return await bench.Run();
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            work.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
            Environment.Exit(130);
        }
    }
}
