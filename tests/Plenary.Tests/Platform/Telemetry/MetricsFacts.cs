using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Plenary.Platform.Telemetry;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Telemetry;

/// <summary>The page of metrics and what a process tells are the same.</summary>
public sealed partial class MetricsFacts(SqliteApp app)
{
    [Fact]
    public async Task ThePageNamesEveryMetricOfOursWithItsTypeAndItsLabelsAndNoOther()
    {
        using var machine = app.Visitor(atThisMachine: true);
        // What is measured for the first time only when something takes long, breaks or is watched: once through each instrument there is.
        using (var listener = new MeterListener())
        {
            listener.InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter == PlenaryMeter.Meter && instrument is Histogram<double> histogram) histogram.Record(0);
            };
            listener.Start();
        }
        var page = Row().Matches(await File.ReadAllTextAsync(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../../docs/operate/metrics.md")), TestContext.Current.CancellationToken))
            .Select(row => (Name: row.Groups["name"].Value, Type: row.Groups["type"].Value, Labels: row.Groups["labels"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim('`')).ToHashSet())).ToList();
        Assert.Equal(page.Count, page.Select(row => row.Name).Distinct().Count());
        var told = await machine.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        // Some gauges have nothing to tell before they were worked out for the first time.
        for (var tries = 0; tries < 100 && page.Exists(row => row.Name.StartsWith("plenary_", StringComparison.Ordinal) && !told.Contains($"# TYPE {row.Name} ", StringComparison.Ordinal)); tries++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            told = await machine.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        }
        var ours = Type().Matches(told).Where(m => m.Groups["name"].Value.StartsWith("plenary_", StringComparison.Ordinal)).Select(m => (Name: m.Groups["name"].Value, Type: m.Groups["type"].Value)).Order();
        Assert.Equal(ours, page.Where(row => row.Name.StartsWith("plenary_", StringComparison.Ordinal)).Select(row => (row.Name, row.Type)).Order());

        foreach (Match series in Series().Matches(told))
        {
            var row = page.Find(r => r.Name == series.Groups["name"].Value || series.Groups["name"].Value.StartsWith(r.Name + "_", StringComparison.Ordinal) && r.Type == "histogram");
            if (row.Name is null) continue;
            foreach (Match label in Label().Matches(series.Groups["labels"].Value))
                Assert.True(label.Groups["name"].Value is "otel_scope_name" or "le" || row.Labels.Contains(label.Groups["name"].Value), $"The page does not say that {row.Name} has the label {label.Groups["name"].Value}.");
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<type>\w+) \| [^|]* \| (?<labels>[^|]*?) ?\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^# TYPE (?<name>\w+) (?<type>\w+)", RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex(@"^(?<name>[a-z]\w*)\{(?<labels>[^}]*)\}", RegexOptions.Multiline)]
    private static partial Regex Series();

    [GeneratedRegex("(?<name>\\w+)=\"")]
    private static partial Regex Label();
}
