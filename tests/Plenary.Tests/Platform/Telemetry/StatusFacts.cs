using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Platform.Database;
using Plenary.Platform.Mail;
using Plenary.Platform.Surge;
using Plenary.Platform.Telemetry;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Telemetry;

/// <summary>Anybody who wonders whether it is their own computer can look.</summary>
public sealed class StatusFacts(SqliteApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhileEverythingWorksThePageSaysSoToEverybodyWithoutAskingTheDatabase()
    {
        using var somebody = await app.NewAccount();
        var trace = ActivityTraceId.CreateRandom();
        var commands = CommandCounter.Watch(trace);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/status");
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var answer = await somebody.Browser.Http.SendAsync(request, Cancellation);
        Assert.Empty(commands);
        Assert.Equal(("text/html", "no-store"), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.ToString()));
        Assert.DoesNotContain("script", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var (language, heading, rows) = Read(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(("en", "Everything works."), (language, heading));
        Assert.Contains(("Rooms, stages and chat", "● works"), rows);

        var told = (await somebody.Browser.Http.GetFromJsonAsync<JsonObject>("/status.json", Cancellation))!;
        Assert.Equal("ok", (string?)told["status"]);
        Assert.Equal(["live", "database", "files", "jobs", "mail"], told["parts"]!.AsArray().Select(p => (string)p!["key"]!));
    }

    [Theory]
    [InlineData("/status", "de-AT, en;q=0.8", "de", "Alles funktioniert.")]
    [InlineData("/status", "fr, en;q=0.8, de;q=0.2", "en", "Everything works.")]
    [InlineData("/status?lang=de", "en", "de", "Alles funktioniert.")]
    [InlineData("/status?lang=xx", null, "en", "Everything works.")]
    public async Task ItSpeaksGermanAndEnglish(string path, string? prefers, string language, string heading)
    {
        using var visitor = app.Visitor();
        if (prefers is not null) visitor.Http.DefaultRequestHeaders.Add("Accept-Language", prefers);
        var page = Read(await visitor.Http.GetStringAsync(path, Cancellation));
        Assert.Equal((language, heading), (page.Language, page.Heading));
    }

    [Fact]
    public async Task WithoutTheDatabaseItSaysWhatDoesNotWorkSinceWhenAndNoSecret()
    {
        using var _ = app.Visitor();
        var clock = new VirtualClock();
        clock.Advance(-TimeSpan.FromDays(3_650)); // before any job of the other tests is due
        var start = clock.GetUtcNow();
        var breaks = new Breaking(app.OpenDb);
        using var folder = new Folder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = folder.Path }).Build();
        using var health = new Health(breaks, app.Services, configuration, app.Services.GetRequiredService<Drain>(), clock);
        var mails = new MailPulse();
        using var board = new StatusBoard(health, [new("mail", "Mail", "E-Mail", () => mails.IsFailing ? PartState.Down : PartState.Ok)], clock);
        await using var site = await Serve(board);
        using var http = new HttpClient { BaseAddress = new(site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

        await board.Look(Cancellation);
        Assert.Equal("Everything works.", Read(await http.GetStringAsync("/status", Cancellation)).Heading);
        breaks.IsBroken = true;
        clock.Advance(TimeSpan.FromMinutes(11));
        await board.Look(Cancellation);
        clock.Advance(TimeSpan.FromMinutes(9));
        await board.Look(Cancellation);

        var html = await http.GetStringAsync("/status", Cancellation);
        var page = Read(html);
        Assert.Equal("Something does not work. We are looking after it.", page.Heading);
        Assert.Contains(("Registration and everything that is kept", "○ does not work"), page.Rows);
        Assert.Contains(("Pictures and recordings", "● works"), page.Rows);
        Assert.DoesNotContain("hunter2", html, StringComparison.Ordinal);
        var told = (await http.GetFromJsonAsync<JsonObject>("/status.json", Cancellation))!;
        Assert.Equal("down", (string?)told["status"]);
        var database = told["parts"]!.AsArray().Single(p => (string?)p!["key"] == "database")!;
        Assert.Equal(("down", start.AddMinutes(11)), ((string?)database["state"], (DateTimeOffset)database["since"]!));
        Assert.Equal(start, (DateTimeOffset)told["parts"]![0]!["since"]!);
        Assert.DoesNotContain("hunter2", told.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> Serve(StatusBoard board)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(board);
        var site = builder.Build();
        site.UseStatus();
        await site.StartAsync(Cancellation);
        return site;
    }

    /// <summary>What a screen reader makes of it: the language, the heading, and the table's rows, whose first cell is their header.</summary>
    private static (string Language, string Heading, List<(string Part, string State)> Rows) Read(string html)
    {
        var body = XElement.Parse(html[html.IndexOf("<main>", StringComparison.Ordinal)..(html.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)]);
        Assert.Contains("<meta name=\"viewport\"", html, StringComparison.Ordinal);
        var language = html.Split("<html lang=\"")[1][..2];
        Assert.All(body.Descendants("thead").Single().Descendants("th"), th => Assert.Equal("col", (string?)th.Attribute("scope")));
        return (language, body.Element("h1")!.Value, [.. body.Descendants("tbody").Single().Elements("tr").Select(row =>
        {
            Assert.Equal("row", (string?)row.Element("th")!.Attribute("scope"));
            return (row.Element("th")!.Value, row.Elements("td").First().Value);
        })]);
    }

    /// <summary>The application's database, until it is lost.</summary>
    private sealed class Breaking(Func<Db> open) : IDbContextFactory<Db>
    {
        public bool IsBroken { get; set; }

        public Db CreateDbContext() => IsBroken ? new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=/nowhere/hunter2/plenary.db").Options) : open();
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("plenary-status-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
