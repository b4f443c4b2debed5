using System.Globalization;

namespace Plenary.Load.Bench;

/// <summary>
/// The live engine against the floor and its peers: targets G1 to G11. What each figure means is said where it is measured, and in load/README.md.
/// <c>--only=G7,G9</c> measures some, <c>--people=2000</c> makes the crowd of one process smaller, <c>--gateways=9000</c> that of the three gateways, <c>--rounds=1</c> less sure.
/// </summary>
internal sealed class LiveBench(Workspace work, bool quick, string[] options)
{
    /// <summary>After so many seconds, building included, a quick bench begins no further part: it is to end within five minutes.</summary>
    private const double QuickParts = 245;

    private readonly Findings findings = new(work);

    private static double Passed => double.TryParse(Environment.GetEnvironmentVariable("PLENARY_LOAD_BEGAN"), CultureInfo.InvariantCulture, out var began)
        ? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0 - began : 0;

    public async Task<Dictionary<string, double>> Run()
    {
        await using var postgres = await Postgres.Start(work);
        var one = new Scale(quick, Number("people", 10_000), RoundsEach: Number("rounds", quick ? 2 : 3), FramesEach: quick ? 12 : 30);
        var once = one with { RoundsEach = Number("rounds", quick ? 1 : 3) };
        var three = one with { People = Number("gateways", quick ? 3_000 : 50_000) };
        await Part("one process: G1, G2, G3, G6", () => new BroadcastOnOne(work, postgres, findings, one).Run());
        if (!quick) await Part("three gateways: G5, and G1, G2, G3, G6 again", () => new BroadcastOnThree(work, postgres, findings, three).Run());
        await Part("join storm: G7", () => new Storm(work, postgres, findings, quick ? one : three).Run());
        await Part("Django Channels: G4", () => new AgainstChannels(work, postgres, findings, once with { People = Math.Min(one.People, 2_000) }).Run());
        await Part("people who never read: G9", () => new NeverRead(work, postgres, findings, one with { People = Math.Min(one.People, 2_000) }).Run());
        await Part("coalescing: G8", () => new Coalescing(work, postgres, findings, once with { People = Math.Min(one.People, 1_000) }).Run());
        await Part("a gateway killed: G10", () => new GatewayKilled(work, postgres, findings, three).Run());
        await Part("two events: G11", () => new TwoEvents(work, postgres, findings, one with { People = Math.Min(one.People, 5_000) }).Run());
        findings.Print();
        return findings.Figures;
    }

    private Task Part(string name, Func<Task> run)
    {
        var only = Value("only")?.Split(',');
        if (only is not null && !only.Any(figure => name.Split(' ', ',').Contains(figure))) return Task.CompletedTask;
        if (!quick || Passed < QuickParts) return findings.Part(name, run);
        findings.Remark($"{name}: not measured: the five minutes are nearly over");
        return Task.CompletedTask;
    }

    private int Number(string name, int otherwise) => Value(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private string? Value(string name) => options.FirstOrDefault(o => o.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];
}

/// <summary>How large and how long one part of a bench is.</summary>
/// <param name="Quick">Everything within five minutes.</param>
/// <param name="People">The crowd.</param>
/// <param name="RoundsEach">Complete rounds of each engine.</param>
/// <param name="FramesEach">Messages of a round; two a second.</param>
internal sealed record Scale(bool Quick, int People, int RoundsEach, int FramesEach);
