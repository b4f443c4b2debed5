namespace Plenary.Tests.Platform.Telemetry;

/// <summary>Whoever wonders where the time went can follow one thing that somebody did through everything it caused.</summary>
[Trait("Speed", "Slow")]
[Collection(UnderWatch.Name)]
public sealed class TracingFacts(WatchedServer watched)
{
    [Fact]
    public async Task OneTraceLeadsFromTheHubThroughTheGrainAndTheCommitToTheSql()
    {
        watched.Needed();
        await using var client = await watched.Scene.Enter(await watched.Scene.Attendee());
        await client.Post("What a talk!");

        var trace = await watched.Receiver.Trace(spans => spans.Exists(IsHub) && spans.Exists(s => s.Source == "Npgsql" && Above(spans, s).Any(a => a.Name == "live commit")));

        var sql = trace.Find(s => s.Source == "Npgsql" && Above(trace, s).Any(a => a.Name == "live commit"))!;
        var way = Above(trace, sql).ToList();
        var grain = way.FindIndex(s => s.Name.EndsWith("IRoomGrain/Append", StringComparison.Ordinal));
        Assert.True(way[0].Name == "live commit" && grain > 0 && way.FindIndex(IsHub) > grain, "Not from the hub to the SQL: " + string.Join(" ← ", way.Select(s => s.Name)));
        Assert.Contains(sql.Texts, text => text.Contains("INSERT INTO \"RoomEntries\"", StringComparison.Ordinal));
        Assert.DoesNotContain(watched.Receiver.Spans.SelectMany(s => s.Texts), text => text.Contains("What a talk", StringComparison.Ordinal));
    }

    private static bool IsHub(Span span) => span.Source == "Microsoft.AspNetCore.SignalR.Server" && span.Name.EndsWith("/Post", StringComparison.Ordinal);

    /// <summary>What caused a span, the nearest first.</summary>
    private static IEnumerable<Span> Above(List<Span> trace, Span span)
    {
        for (var at = trace.Find(s => s.Id == span.Parent); at is not null; at = trace.Find(s => s.Id == at.Parent)) yield return at;
    }
}
