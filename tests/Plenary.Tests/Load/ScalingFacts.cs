using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Plenary.Load.Scaling;

namespace Plenary.Tests.Load;

/// <summary>What docs/operate says about scaling and cost is what the simulated day gives, and the day is played with the autoscaler that Kubernetes has.</summary>
public sealed class ScalingFacts
{
    private static readonly Lazy<List<DayResult>> Played = new(ScalingBench.Play);

    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    [Theory]
    [InlineData(3, 30_000, 3)] // as wished
    [InlineData(3, 32_900, 3)] // within the tolerance
    [InlineData(3, 33_100, 4)]
    [InlineData(3, 60_000, 6)]
    [InlineData(3, 90_000, 7)] // four more at a time, or twice as many
    [InlineData(10, 300_000, 20)]
    [InlineData(20, 900_000, 30)] // not above the most
    [InlineData(5, 0, 3)] // not below the least
    public void TheAutoscalerFollowsAFigureAsThatOfKubernetesDoes(int pods, double connections, int wanted) =>
        Assert.Equal(wanted, new HorizontalAutoscaler(3, 30, 0).Decide(0, pods, pods, new ScalingMetric(connections, 10_000)));

    [Fact]
    public void PodsThatStartCountAsIdleAndDampTheNextStep()
    {
        var cores = new ScalingMetric(6, 1.3, OfReadyPods: true);
        Assert.Equal(5, new HorizontalAutoscaler(3, 30, 0).Decide(0, 3, 3, cores));
        Assert.Equal(5, new HorizontalAutoscaler(3, 30, 0).Decide(0, 5, 3, cores)); // two are on their way already
        Assert.Equal(4, new HorizontalAutoscaler(3, 30, 0).Decide(0, 4, 4, cores with { Value = 5 })); // within the tolerance
    }

    [Fact]
    public void PodsAreTakenAwayWhenFewerWereEnoughForTheWholeWindow()
    {
        var autoscaler = new HorizontalAutoscaler(3, 30, 300);
        Assert.Equal(8, autoscaler.Decide(0, 8, 8, new ScalingMetric(80_000, 10_000)));
        for (var now = 15; now < 300; now += 15) Assert.Equal(8, autoscaler.Decide(now, 8, 8, new ScalingMetric(20_000, 10_000)));
        Assert.Equal(3, autoscaler.Decide(300, 8, 8, new ScalingMetric(20_000, 10_000)));
    }

    [Fact]
    public void WithTheForecastNobodyIsLeftAtTheDoor()
    {
        var (forecast, others) = (Played.Value[0], Played.Value[1..]);
        Assert.Equal(0, forecast.NeverIn);
        Assert.All(others, other => Assert.True(forecast.Waited <= other.Waited && forecast.P99 <= other.P99));
        Assert.All(Played.Value, result => Assert.InRange(result.MostPods, DayRun.Least, DayRun.Most + 10)); // those that end are paid for, too
        Assert.All(Played.Value, result => Assert.True(result.Samples.All(s => s.People <= (double)s.Pods * PodCapacity.Most)));
    }

    [Fact]
    public void TheDocumentsSayWhatTheSimulationGives()
    {
        var prices = Prices.Read(Path.Combine(Root, "load/prices.json"));
        var (scaling, cost) = (Document("docs/operate/scaling.md"), Document("docs/operate/cost.md"));
        Assert.Contains(ScalingBench.Days(Played.Value, prices), scaling, StringComparison.Ordinal);
        Assert.Contains(ScalingBench.Mixes(Played.Value[0], prices), cost, StringComparison.Ordinal);
        Assert.Contains(ScalingBench.Environments(Played.Value[0], prices), cost, StringComparison.Ordinal);
        Assert.Contains(prices.As, cost, StringComparison.Ordinal);
        Assert.Equal(DayChart.Of(Played.Value), Document("docs/pictures/scaling-day.svg"));
    }

    [Fact]
    public void TheChartIsReadableWithoutSeeingIt()
    {
        var svg = XDocument.Parse(DayChart.Of(Played.Value)).Root!;
        XNamespace at = "http://www.w3.org/2000/svg";
        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.Equal(["title", "desc"], ((string)svg.Attribute("aria-labelledby")!).Split(' ').Select(id => (string)svg.Elements().Single(e => (string?)e.Attribute("id") == id).Attribute("id")!));
        Assert.All(Played.Value, result => Assert.Contains(result.Policy.Name, (string)svg.Element(at + "desc")!, StringComparison.Ordinal));
    }

    private static string Document(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    private static string Here([CallerFilePath] string file = "") => file;
}
