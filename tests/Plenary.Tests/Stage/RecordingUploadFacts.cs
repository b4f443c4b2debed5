using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Rooms;
using Plenary.Stage.Uploads;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage.Media;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>Somebody of the crew at the replays desk with a finished video.</summary>
internal static class Bringing
{
    public const string Begin = "mutation($input: RecordingUploadInput!) { beginRecordingUpload(input: $input) { id uploadUrl state received } }";
    public const string OnTheirWay = "query($slug: String!) { event(slug: $slug) { recordingUploads { id title state bytes received problem } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static object Wish(Room room, long bytes, string contentType = "video/mp4", string title = "The keynote") => new { input = new { room = room.Id, title, speakerName = "Amara Okafor", contentType, bytes } };

    public static async Task<(Guid Id, string Url)> Announce(this Studio crew, Room room, long bytes, string contentType = "video/mp4")
    {
        var upload = (await crew.Graph(Begin, Wish(room, bytes, contentType)))["beginRecordingUpload"]!;
        Assert.Equal(("ARRIVING", 0), ((string)upload["state"]!, (int)(double)upload["received"]!));
        return (Guid.Parse((string)upload["id"]!), (string)upload["uploadUrl"]!);
    }

    public static async Task<(HttpStatusCode Status, string Said)> Send(this Studio crew, string url, long offset, byte[] bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, url) { Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } } };
        request.Headers.Add("Upload-Offset", $"{offset}");
        using var answer = await crew.Http.SendAsync(request, Cancellation);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? answer.Headers.GetValues("Upload-Offset").Single() : (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["code"]!);
    }

    /// <summary>Where the server stands.</summary>
    public static async Task<long> Stand(this Studio crew, string url)
    {
        using var answer = await crew.Http.SendAsync(new(HttpMethod.Head, url), Cancellation);
        answer.EnsureSuccessStatusCode();
        Assert.True(answer.Headers.CacheControl!.NoStore);
        return long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static async Task<JsonArray> Uploads(this Studio somebody, Event @event) =>
        (await somebody.Graph(OnTheirWay, new { slug = @event.Slug }))["event"]!["recordingUploads"]!.AsArray();
}

/// <summary>A finished video from elsewhere, played as if it were live.</summary>
public abstract class RecordingUploadFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AVideoFromElsewhereIsPlayedAsLiveWithTheChatOpen()
    {
        var scene = await Scene.Arrange(app);
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        var guest = await scene.Attendee();
        using var attendee = new Studio(app.Url, scene, guest);
        await using var seat = await scene.Enter(guest);
        var video = Samples.Ordinary;
        var (id, url) = await crew.Announce(scene.Stage, video.Length);
        Assert.Equal((HttpStatusCode.NoContent, "10000"), await crew.Send(url, 0, video[..10_000]));
        // A piece that was sent twice, or too early, is not written; one asks and goes on.
        Assert.Equal((HttpStatusCode.Conflict, "upload-offset"), await crew.Send(url, 0, video[..10_000]));
        Assert.Equal((HttpStatusCode.Conflict, "upload-offset"), await crew.Send(url, 20_000, video[20_000..]));
        Assert.Equal(10_000, await crew.Stand(url));
        Assert.Equal(10_000, (int)(double)Assert.Single(await crew.Uploads(scene.Event))!["received"]!);
        Assert.Empty(await attendee.Uploads(scene.Event));
        Assert.Equal(HttpStatusCode.NoContent, (await crew.Send(url, 10_000, video[10_000..])).Status);

        // It is a recording, for the crew alone, and nothing has happened on the stage.
        var recording = await crew.Replay(id);
        Assert.Equal(("The keynote", "Amara Okafor"), ((string)recording["title"]!, (string)recording["speakerName"]!));
        Assert.InRange((double)recording["durationSeconds"]!, 4.9, 5.2);
        Assert.Empty(await crew.Uploads(scene.Event));
        Assert.Equal("not-found", await attendee.Refused("query($id: ID!) { replay(id: $id) { id } }", new { id }));
        Assert.Equal("DARK", (string)(await attendee.Graph("query($room: ID!) { room(id: $room) { stage { state } } }", new { room = scene.Stage.Id }))["room"]!["stage"]!["state"]!);
        if (Probe.Missing is null)
        {
            var (seconds, codecs) = await Probe.Read(new Uri(app.Url, (string)recording["playlistUrl"]!).ToString());
            Assert.Equal("aac+h264", codecs);
            Assert.InRange(seconds, 4.9, 5.2);
        }

        var played = (string)(await crew.Graph("mutation($input: SimuliveInput!) { scheduleSimulive(input: $input) { id } }", new { input = new { room = scene.Stage.Id, recording = id } }))["scheduleSimulive"]!["id"]!;
        await seat.Until(() => seat.Stage is { State: StageState.Live, Playlist: not null, Speaker: "Amara Okafor" }, "played");
        await seat.Post("Is this live?");
        var folder = seat.Stage.Playlist![..(seat.Stage.Playlist!.LastIndexOf('/') + 1)];
        Assert.Contains("1-0.m4s", await attendee.Http.GetStringAsync(seat.Stage.Playlist, Cancellation), StringComparison.Ordinal);
        Assert.NotEmpty(await attendee.Http.GetByteArrayAsync(folder + "1-init.mp4", Cancellation));
        Assert.NotEmpty(await attendee.Http.GetByteArrayAsync(folder + "1-0.m4s", Cancellation));
        await crew.End(Guid.Parse(played));
        await seat.Until(() => seat.Stage.State == StageState.Ended, "ended");
        Assert.Equal("Is this live?", (string)Assert.Single((await attendee.Replay(Guid.Parse(played)))["chat"]!.AsArray())!["text"]!);
    }

    [Fact]
    public async Task OnlyTheCrewBringsVideosAndOnlySuchAsCanBe()
    {
        var (scene, elsewhere) = (await Scene.Arrange(app), await Scene.Arrange(app));
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        var (_, url) = await crew.Announce(scene.Stage, 1000);
        foreach (var person in new[] { await scene.Attendee(), await scene.Granted(EventRole.Speaker), await elsewhere.Member(OrganizationRole.Owner) })
        {
            using var other = new Studio(app.Url, scene, person);
            Assert.Equal("not-found", await other.Refused(Bringing.Begin, Bringing.Wish(scene.Stage, 1000)));
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), await other.Send(url, 0, new byte[10]));
        }
        using (var stranger = new Studio(app.Url, scene, null)) Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.Send(url, 0, new byte[10])).Status);
        Assert.Equal("unsupported-recording", await crew.Refused(Bringing.Begin, Bringing.Wish(scene.Stage, 1000, "application/pdf")));
        Assert.Equal("recording-too-large", await crew.Refused(Bringing.Begin, Bringing.Wish(scene.Stage, 30_000_000_000)));
        Assert.Equal("invalid-input", await crew.Refused(Bringing.Begin, Bringing.Wish(scene.Stage, 0)));
        Assert.Equal("invalid-input", await crew.Refused(Bringing.Begin, Bringing.Wish(scene.Stage, 1000, title: " ")));
        // What it is shows in its first bytes, and more than was announced is not taken.
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-recording"), await crew.Send(url, 0, [.. Enumerable.Repeat((byte)'x', 100)]));
        Assert.Equal(0, await crew.Stand(url));
        Assert.Equal((HttpStatusCode.Conflict, "upload-offset"), await crew.Send(url, 0, Samples.Ordinary[..2000]));
    }

    [Fact]
    public async Task WhatCannotBeReadSaysWhyAndIsTakenAway()
    {
        var scene = await Scene.Arrange(app);
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        var cut = Samples.Ordinary[..20_000]; // its description is at the end
        var (id, url) = await crew.Announce(scene.Stage, cut.Length);
        await crew.Send(url, 0, cut);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        JsonNode upload;
        while ((string)(upload = Assert.Single(await crew.Uploads(scene.Event))!)["state"]! != "FAILED") await Task.Delay(50, patience.Token);
        Assert.Contains("cannot be read", (string)upload["problem"]!, StringComparison.Ordinal);
        await crew.Graph("mutation($id: ID!) { removeRecordingUpload(id: $id) }", new { id });
        Assert.Empty(await crew.Uploads(scene.Event));
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), await crew.Send(url, 0, cut));
    }
}

public sealed class RecordingUploadFactsOnSqlite(SqliteApp app) : RecordingUploadFacts(app);

public sealed class RecordingUploadFactsOnPostgres(PostgresApp app) : RecordingUploadFacts(app);

/// <summary>The same when the server is killed on the way, with ffmpeg and without.</summary>
[Trait("Speed", "Slow")]
public sealed class RecordingUploadCrashFacts
{
    [Theory, InlineData("auto"), InlineData("off")]
    public async Task AnUploadSurvivesTheServersDeath(string ffmpeg)
    {
        Assert.SkipWhen(ffmpeg == "auto" && LiveFeed.Missing is not null, LiveFeed.Missing ?? "");
        await using var server = await ServerProcess.StartAsync(null, "--Media:Ffmpeg", ffmpeg);
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var producer = await scene.Member(OrganizationRole.Producer);
        using var crew = new Studio(server.Url, scene, producer);
        // What was promised to somebody whose file is still coming nobody else gets.
        var other = new RecordingUpload { EventId = scene.Event.Id, RoomId = scene.Stage.Id, PersonId = producer.Id, Title = "Large", SpeakerName = "Somebody", ContentType = "video/mp4", Bytes = 1L << 60, StartedAt = TimeProvider.System.GetUtcNow() };
        await scene.Save(other);
        Assert.Equal("storage-failed", await crew.Refused(Bringing.Begin, Bringing.Wish(scene.Stage, 1000)));
        await crew.Graph("mutation($id: ID!) { removeRecordingUpload(id: $id) }", new { id = other.Id });
        var (video, type) = ffmpeg == "auto" ? (Samples.Vp8, "video/webm") : (Samples.Ordinary, "video/mp4");
        if (ffmpeg == "off") Assert.Equal("unsupported-recording", await crew.Refused(Bringing.Begin, Bringing.Wish(scene.Stage, 1000, "video/webm")));
        var (id, url) = await crew.Announce(scene.Stage, video.Length, type);
        Assert.Equal((HttpStatusCode.NoContent, "15000"), await crew.Send(url, 0, video[..15_000]));
        await server.Kill();
        await server.StartAgain();
        Assert.Equal(15_000, await crew.Stand(url));
        // The last byte is here, and whatever was made of it so far is not to be relied on.
        Assert.Equal(HttpStatusCode.NoContent, (await crew.Send(url, 15_000, video[15_000..])).Status);
        await server.Kill();
        await using (var db = server.OpenDb()) await Expire(db);
        await server.StartAgain();
        var replay = await crew.Replay(id);
        Assert.InRange((double)replay["durationSeconds"]!, 4.8, 5.4);
        Assert.Single(Directory.GetFiles(Path.Combine(server.Folder, "media", id.ToString()), "take-1.*4s"));
        if (Probe.Missing is not null) return;
        Assert.Equal("aac+h264", (await Probe.Read(new Uri(server.Url, (string)replay["playlistUrl"]!).ToString())).Codecs);
    }

    /// <summary>A job that the dead server had is taken by another when its lease is over; the test does not wait for that.</summary>
    private static Task<int> Expire(Db db) => db.Set<Job>().Where(j => j.LeasedUntil != null)
        .ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, (DateTimeOffset?)null).SetProperty(j => j.Owner, (string?)null), TestContext.Current.CancellationToken);
}
