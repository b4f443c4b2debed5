using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Stage.Captions;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>What the crew makes of a recording: shorter, with chapters, hidden, taken home. Nothing is lost by it, and nothing that was cut away can be had.</summary>
public abstract class ReplayEditingFacts(App app)
{
    private const string Trim = "mutation($id: ID!, $start: Float!, $end: Float!) { trimReplay(id: $id, startSeconds: $start, endSeconds: $end) { durationSeconds playlistUrl editing { recordedSeconds startSeconds endSeconds recordingUrl } } }";
    private const string Seen = "query($id: ID!) { replay(id: $id) { title durationSeconds playlistUrl downloadUrl chapters { atSeconds title } chat { text atSeconds } captions(language: \"en\") { text atSeconds } editing { visible chaptersByHand } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATrimIsSeenEverywhereAndCanBeTakenBack()
    {
        var (scene, broadcast, began) = await Recorded();
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        using var seat = new Studio(app.Url, scene, await scene.Attendee());
        await scene.Save(
            Said(scene, 1, "While we wait", began.AddSeconds(1)), Said(scene, 2, "Now it begins", began.AddSeconds(4)),
            new CaptionLine { Id = Guid.CreateVersion7(), BroadcastId = broadcast, Language = "en", Text = "Is this on?", At = began.AddSeconds(0.5), Until = began.AddSeconds(1) },
            new CaptionLine { Id = Guid.CreateVersion7(), BroadcastId = broadcast, Language = "en", Text = "Welcome.", At = began.AddSeconds(4.2), Until = began.AddSeconds(5) });
        var whole = (await seat.Graph(Seen, new { id = broadcast }))["replay"]!;
        Assert.Equal(2, whole["chat"]!.AsArray().Count);
        var before = (string)whole["playlistUrl"]!;
        var segments = Segments(await seat.Http.GetStringAsync(before, Cancellation));
        Assert.True(segments.Count >= 3);
        Assert.Equal(HttpStatusCode.OK, await Get(seat, before, segments[0]));

        Assert.Equal("not-found", await seat.Refused(Trim, new { id = broadcast, start = 1, end = 2 }));
        foreach (var (start, end) in new[] { (-1.0, 3.0), (3, 3.5), (4, 2), (90, 95) }) Assert.Equal("invalid-input", await crew.Refused(Trim, new { id = broadcast, start, end }));
        var cut = (await crew.Graph(Trim, new { id = broadcast, start = 3.0, end = 99.0 }))["trimReplay"]!;
        var from = (double)cut["editing"]!["startSeconds"]!;
        Assert.InRange(from, 0.5, 3.0); // where a key picture is
        Assert.Equal((double)cut["editing"]!["recordedSeconds"]! - from, (double)cut["durationSeconds"]!, 3);

        var trimmed = (await seat.Graph(Seen, new { id = broadcast }))["replay"]!;
        var message = Assert.Single(trimmed["chat"]!.AsArray())!;
        Assert.Equal("Now it begins", (string)message["text"]!);
        Assert.Equal(4 - from, (double)message["atSeconds"]!, 3);
        Assert.Equal(4.2 - from, (double)Assert.Single(trimmed["captions"]!.AsArray())!["atSeconds"]!, 3);
        var after = (string)trimmed["playlistUrl"]!;
        var left = Segments(await seat.Http.GetStringAsync(after, Cancellation));
        Assert.True(left.Count < segments.Count);
        Assert.Equal(segments[^1], left[^1]);
        // What was cut away is to be had neither at the new address nor at the old one.
        Assert.Equal(HttpStatusCode.NotFound, await Get(seat, after, segments[0]));
        Assert.Equal(HttpStatusCode.OK, await Get(seat, after, left[0]));
        Assert.Equal(HttpStatusCode.NotFound, await Get(seat, before, left[0]));
        // The crew has all of it, and nobody else.
        var recording = (string)cut["editing"]!["recordingUrl"]!;
        Assert.Equal(segments.Count, Segments(await crew.Http.GetStringAsync(recording, Cancellation)).Count);
        Assert.Equal(HttpStatusCode.OK, await Get(crew, recording, segments[0]));
        Assert.Equal(HttpStatusCode.NotFound, await Get(seat, recording, segments[0]));

        Assert.Null(trimmed["downloadUrl"]);
        var download = $"/recordings/{broadcast}/download.mp4";
        using (var refused = await seat.Http.GetAsync(download, Cancellation)) Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        using (var file = await crew.Http.GetAsync(download, Cancellation))
        {
            Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
            var bytes = await file.Content.ReadAsByteArrayAsync(Cancellation);
            if (Probe.Missing is null)
            {
                var path = Path.GetTempFileName();
                await File.WriteAllBytesAsync(path, bytes, Cancellation);
                Assert.InRange((await Probe.Read(path)).Seconds, (double)trimmed["durationSeconds"]! - 0.4, (double)trimmed["durationSeconds"]! + 0.4);
                File.Delete(path);
            }
            else Assert.NotEmpty(bytes);
        }
        await crew.Graph(Trim, new { id = broadcast, start = 0, end = 99 });
        Assert.Equal((double)whole["durationSeconds"]!, (double)(await seat.Graph(Seen, new { id = broadcast }))["replay"]!["durationSeconds"]!, 6);
    }

    [Fact]
    public async Task AHiddenReplayIsTheCrewsAlone()
    {
        var (scene, broadcast, _) = await Recorded();
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        using var seat = new Studio(app.Url, scene, await scene.Attendee());
        const string Show = "mutation($id: ID!, $visible: Boolean!) { setReplayVisible(id: $id, visible: $visible) { id } }";
        const string List = "query($slug: String!) { event(slug: $slug) { replays { id } } }";
        var address = (string)(await seat.Graph(Seen, new { id = broadcast }))["replay"]!["playlistUrl"]!;
        Assert.Equal("not-found", await seat.Refused(Show, new { id = broadcast, visible = false }));
        await crew.Graph(Show, new { id = broadcast, visible = false });
        Assert.Equal("not-found", await seat.Refused(Seen, new { id = broadcast }));
        Assert.Empty((await seat.Graph(List, new { slug = scene.Event.Slug }))["event"]!["replays"]!.AsArray());
        using (var gone = await seat.Http.GetAsync(address, Cancellation)) Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.False((bool)(await crew.Graph(Seen, new { id = broadcast }))["replay"]!["editing"]!["visible"]!);
        Assert.Single((await crew.Graph(List, new { slug = scene.Event.Slug }))["event"]!["replays"]!.AsArray());
        await crew.Graph(Show, new { id = broadcast, visible = true });
        Assert.Null((await seat.Graph(Seen, new { id = broadcast }))["replay"]!["editing"]);
    }

    [Fact]
    public async Task ChaptersComeFromTheAgendaOrFromAHand()
    {
        var (scene, broadcast, began) = await Recorded();
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        using var seat = new Studio(app.Url, scene, await scene.Attendee());
        Session Session(string title, double from, double to) => new() { EventId = scene.Event.Id, RoomId = scene.Stage.Id, Title = title, StartsAt = began.AddSeconds(from), EndsAt = began.AddSeconds(to) };
        await scene.Save(Session("Opening", -300, 2), Session("Keynote", 2, 3600), Session("Yesterday", -9000, -8000));
        await using (var db = app.OpenDb()) await db.Set<Broadcast>().Where(b => b.Id == broadcast).ExecuteUpdateAsync(set => set.SetProperty(b => b.LiveAt, began).SetProperty(b => b.EndedAt, began.AddSeconds(6)), Cancellation);
        async Task<List<(double, string)>> Chapters() => [.. (await seat.Graph(Seen, new { id = broadcast }))["replay"]!["chapters"]!.AsArray().Select(c => (Math.Round((double)c!["atSeconds"]!, 2), (string)c["title"]!))];
        Assert.Equal([(0, "Opening"), (2, "Keynote")], await Chapters());

        const string Set = "mutation($id: ID!, $chapters: [ChapterInput!]) { setReplayChapters(id: $id, chapters: $chapters) { chapters { title } editing { chaptersByHand } } }";
        object[] made = [new { atSeconds = 3.5, title = "The answer" }, new { atSeconds = 0.25, title = "Hello, Lagos" }];
        Assert.Equal("not-found", await seat.Refused(Set, new { id = broadcast, chapters = made }));
        Assert.Equal("invalid-input", await crew.Refused(Set, new { id = broadcast, chapters = new[] { new { atSeconds = 60, title = "After the end" } } }));
        Assert.Equal("invalid-input", await crew.Refused(Set, new { id = broadcast, chapters = new[] { new { atSeconds = 1, title = " " } } }));
        Assert.Equal("invalid-input", await crew.Refused(Set, new { id = broadcast, chapters = Enumerable.Range(0, 101).Select(n => new { atSeconds = 1, title = "x" }) }));
        Assert.True((bool)(await crew.Graph(Set, new { id = broadcast, chapters = made }))["setReplayChapters"]!["editing"]!["chaptersByHand"]!);
        Assert.Equal([(0.25, "Hello, Lagos"), (3.5, "The answer")], await Chapters());
        // They stay where they are when the beginning is cut away; the one that goes on stands at the new beginning.
        var from = (double)(await crew.Graph(Trim, new { id = broadcast, start = 3.0, end = 99.0 }))["trimReplay"]!["editing"]!["startSeconds"]!;
        Assert.Equal([(0, "Hello, Lagos"), (Math.Round(3.5 - from, 2), "The answer")], await Chapters());
        await crew.Graph(Trim, new { id = broadcast, start = 0, end = 99.0 });
        await crew.Graph(Set, new { id = broadcast, chapters = (object?)null });
        Assert.Equal([(0, "Opening"), (2, "Keynote")], await Chapters());
        Assert.Equal("not-found", await seat.Refused("mutation($id: ID!) { renameReplay(id: $id, title: \"Mine\") { id } }", new { id = broadcast }));
        await crew.Graph("mutation($id: ID!) { renameReplay(id: $id, title: \"The day everyone arrived\") { id } }", new { id = broadcast });
        Assert.Equal("The day everyone arrived", (string)(await seat.Graph(Seen, new { id = broadcast }))["replay"]!["title"]!);
    }

    /// <summary>A replay of two takes, which began at a known moment.</summary>
    private async Task<(Scene Scene, Guid Broadcast, DateTimeOffset Began)> Recorded()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        await studio.Upload(broadcast, container, recording);
        await studio.End(broadcast);
        await studio.Replay(broadcast);
        await using var db = app.OpenDb();
        var began = new DateTimeOffset(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero).AddHours(-1);
        await db.Set<BroadcastTake>().Where(t => t.BroadcastId == broadcast).ExecuteUpdateAsync(set => set.SetProperty(t => t.StartedAt, began), Cancellation);
        await db.Set<Broadcast>().Where(b => b.Id == broadcast).ExecuteUpdateAsync(set => set.SetProperty(b => b.LiveAt, began).SetProperty(b => b.EndedAt, began.AddSeconds(5.2)), Cancellation);
        return (scene, broadcast, began);
    }

    private static RoomEntry Said(Scene scene, int seq, string text, DateTimeOffset at) =>
        new() { RoomId = scene.Stage.Id, Seq = 100 + seq, EntryId = Guid.CreateVersion7(), Kind = EntryKind.Chat, Name = "Hana", Role = "attendee", Text = text, At = at };

    private static List<string> Segments(string playlist) => [.. playlist.Split('\n').Where(line => line.EndsWith(".m4s", StringComparison.Ordinal))];

    private static async Task<HttpStatusCode> Get(Studio who, string playlist, string segment)
    {
        using var answer = await who.Http.GetAsync(playlist[..(playlist.LastIndexOf('/') + 1)] + segment, Cancellation);
        return answer.StatusCode;
    }
}

public sealed class ReplayEditingFactsOnSqlite(SqliteApp app) : ReplayEditingFacts(app);

public sealed class ReplayEditingFactsOnPostgres(PostgresApp app) : ReplayEditingFacts(app);
