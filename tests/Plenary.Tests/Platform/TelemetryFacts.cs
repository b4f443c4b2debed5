using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenary.Platform.Database;
using Plenary.Platform.Telemetry;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform;

/// <summary>Operators learn what they need, and nobody learns a secret from what is written for them.</summary>
public abstract class TelemetryFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHealthyProcessSaysWhatItTried()
    {
        using var visitor = app.Visitor();
        var live = (await visitor.Http.GetFromJsonAsync<JsonObject>("/health/live", Cancellation))!;
        Assert.Equal("ok", (string?)live["status"]);
        var ready = (await visitor.Http.GetFromJsonAsync<JsonObject>("/health/ready", Cancellation))!;
        Assert.Equal(["silo", "database", "disk", "jobs"], ready["checks"]!.AsArray().Select(c => (string)c!["name"]!));
        Assert.All(ready["checks"]!.AsArray(), c => Assert.True((bool)c!["ok"]!));
        await using var db = app.OpenDb();
        Assert.False(await db.Set<Plenary.Platform.Jobs.Job>().AnyAsync(j => j.Kind == "health.probe", Cancellation));
    }

    [Fact]
    public async Task AProcessWithoutItsDatabaseOrDiskIsNotReadyAndTellsNoSecret()
    {
        using var _ = app.Visitor();
        var file = Path.GetTempFileName(); // a file where a folder should be
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = Path.Combine(file, "hunter2") }).Build();
        using var health = new Health(new Unreachable(), app.Services, configuration, app.Services.GetRequiredService<Plenary.Platform.Surge.Drain>(), TimeProvider.System);
        var report = await health.Ready(Cancellation);
        File.Delete(file);
        Assert.Equal("failing", report.Status);
        Assert.Equal([("silo", true), ("database", false), ("disk", false), ("jobs", false)], report.Checks.Select(c => (c.Name, c.Ok)));
        Assert.DoesNotContain("hunter2", string.Join(' ', report.Checks), StringComparison.Ordinal);
        Assert.Equal("ok", (await health.Live(Cancellation)).Status); // a restart would not help
    }

    [Fact]
    public async Task TheLogOfSomebodyWhoOpensALinkHoldsNoKey()
    {
        using var visitor = app.Visitor();
        var lines = new Lines();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        var secret = Guid.CreateVersion7().ToString("N");
        foreach (var path in new[] { "/j/", "/sign-in/link/", "/setup/" })
            using (await visitor.Http.GetAsync(path + secret + "?x=" + secret, Cancellation)) { }
        using (await visitor.Http.PostAsJsonAsync("/graphql", new { query = "mutation($token: String!) { useJoinLink(token: $token) { goTo } }", variables = new { token = secret } }, Cancellation)) { }
        Assert.Contains(lines.All, line => line.Contains("GET /j/… answered", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/j/secret", "/j/…")]
    [InlineData("/J/secret", "/j/…")]
    [InlineData("/sign-in/link/secret", "/sign-in/link/…")]
    [InlineData("/setup/secret", "/setup/…")]
    [InlineData("/replays/1/secret/replay.m3u8", "/replays/…")]
    [InlineData("/e/meetup", "/e/meetup")]
    [InlineData("/e/a\nForged: line", "/e/a?Forged: line")]
    public void KeysInAddressesAreCutAndLinesStayLines(string path, string written) => Assert.Equal(written, PrivatePaths.Redact(path));

    [Theory]
    [InlineData("127.0.0.1", null, null, null, true)]
    [InlineData("127.0.0.1", "203.0.113.9", null, null, false)]
    [InlineData("203.0.113.9", null, null, null, false)]
    [InlineData("203.0.113.9", null, "right", "right", true)]
    [InlineData("203.0.113.9", null, "wrong", "right", false)]
    [InlineData("127.0.0.1", null, null, "right", false)]
    public void MetricsAreForThisMachineOrForWhoHasTheToken(string remote, string? forwarded, string? sent, string? token, bool may)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(remote);
        http.Request.Host = new HostString("localhost");
        if (forwarded is not null) http.Request.Headers["X-Forwarded-For"] = forwarded;
        if (sent is not null) http.Request.Headers.Authorization = "Bearer " + sent;
        Assert.Equal(may, TelemetryServices.MayScrape(http, token));
    }

    private sealed class Unreachable : IDbContextFactory<Db>
    {
        public Db CreateDbContext() => new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=/nowhere/hunter2/plenary.db").Options);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            All.Enqueue(formatter(state, exception) + exception);
            if (state is IEnumerable<KeyValuePair<string, object?>> values) foreach (var value in values) All.Enqueue($"{value.Value}");
        }

        public void Dispose() { }
    }
}

public sealed class TelemetryFactsOnSqlite(SqliteApp app) : TelemetryFacts(app);

public sealed class TelemetryFactsOnPostgres(PostgresApp app) : TelemetryFacts(app);
