using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Jobs;
using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>From going live to the replay.</summary>
public abstract partial class BroadcastFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatASpeakerSendsReachesTheAudienceAndBecomesAReplay()
    {
        var scene = await Scene.Arrange(app);
        var speaker = await scene.Granted(EventRole.Speaker);
        var attendee = await scene.Attendee();
        using var studio = new Studio(app.Url, scene, speaker, onlyEvent: scene.Event.Id);
        using var seat = new Studio(app.Url, scene, attendee);
        await using var room = await scene.Enter(attendee);

        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        Assert.Equal("DARK", (string)(await StageSeenBy(seat, scene))["state"]!);
        using var uplink = await studio.Connect(broadcast);
        await uplink.Hello(Guid.CreateVersion7(), container, 0);
        foreach (var chunk in recording.Chunk(2000)) await uplink.Send(chunk);
        await uplink.Acknowledged(recording.Length);

        await room.Until(() => room.Stage is { State: StageState.Live, Playlist: not null }, "live");
        Assert.Equal(("A Speaker", broadcast), (room.Stage.Speaker, room.Stage.Broadcast));
        await room.Post("Hello from the second row");
        var seen = await StageSeenBy(seat, scene);
        Assert.Equal(("LIVE", room.Stage.Playlist), ((string)seen["state"]!, (string)seen["broadcast"]!["playlistUrl"]!));
        await CanBePlayed(seat.Http, room.Stage.Playlist!);

        await uplink.Close();
        Assert.Equal("ENDED", (string)(await studio.End(broadcast))["endBroadcast"]!["state"]!);
        await room.Until(() => room.Stage.State == StageState.Ended, "ended");

        var replay = await seat.Replay(broadcast);
        Assert.InRange((double)replay["durationSeconds"]!, 5.0, 5.5);
        Assert.Equal("Main Stage", (string)replay["title"]!);
        Assert.Equal(["Hello from the second row"], replay["chat"]!.AsArray().Select(m => (string)m!["text"]!));
        Assert.InRange((double)replay["chat"]![0]!["atSeconds"]!, 0, 5.5);
        await SegmentsCoverTheFile(seat.Http, broadcast, (string)replay["playlistUrl"]!);
        var list = (await seat.Graph("query($slug: String!) { event(slug: $slug) { replays { id durationSeconds } } }", new { slug = scene.Event.Slug }))["event"]!["replays"]!.AsArray();
        Assert.Equal(broadcast.ToString(), (string)Assert.Single(list)!["id"]!);

        if (Probe.Missing is not null) return;
        var (seconds, codecs) = await Probe.Read(new Uri(app.Url, (string)replay["playlistUrl"]!).ToString());
        Assert.InRange(seconds, (double)replay["durationSeconds"]! - 0.1, (double)replay["durationSeconds"]! + 0.1);
        Assert.Equal(container.StartsWith("video/webm", StringComparison.Ordinal) ? "aac+h264" : "h264+opus", codecs);
    }

    [Fact]
    public async Task WhoTakesOverWhatHasEndedDoesNotGoLiveAgain()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        const string takeOver = "mutation($room: ID!, $broadcast: ID) { goLive(room: $room, broadcast: $broadcast) { broadcast { id } } }";
        var (broadcast, _, _) = await studio.Begin(scene.Stage);
        Assert.Equal(broadcast.ToString(), (string)(await studio.Graph(takeOver, new { room = scene.Stage.Id, broadcast }))["goLive"]!["broadcast"]!["id"]!);
        Assert.Equal("broadcast-ended", await studio.Refused(takeOver, new { room = scene.Stage.Id, broadcast = Guid.CreateVersion7() }));
        await studio.End(broadcast);
        Assert.Equal("broadcast-ended", await studio.Refused(takeOver, new { room = scene.Stage.Id, broadcast }));
        await using var db = app.OpenDb();
        Assert.Single(await db.Set<Broadcast>().Where(b => b.RoomId == scene.Stage.Id).ToListAsync(Cancellation));
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> StageSeenBy(Studio somebody, Scene scene) =>
        (await somebody.Graph("query($room: ID!) { room(id: $room) { viewerMayBroadcast stage { state container broadcast { id speakerName playlistUrl } } } }", new { room = scene.Stage.Id }))["room"]!["stage"]!;

    private static async Task CanBePlayed(HttpClient http, string playlist)
    {
        using var answer = await http.GetAsync(playlist, Cancellation);
        Assert.Equal("application/vnd.apple.mpegurl", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=1", answer.Headers.CacheControl!.ToString());
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("CAN-BLOCK-RELOAD=YES", text, StringComparison.Ordinal);
        var folder = playlist[..playlist.LastIndexOf('/')];
        foreach (var file in Uris().Matches(text).Select(m => m.Groups[1].Value).Prepend("s0.m4s").Prepend("init.mp4").Distinct())
        {
            using var part = await http.GetAsync($"{folder}/{file}", Cancellation);
            Assert.Equal(HttpStatusCode.OK, part.StatusCode);
            Assert.Equal("video/mp4", part.Content.Headers.ContentType!.MediaType);
            Assert.True(part.Headers.CacheControl is { Public: true, MaxAge.TotalSeconds: >= 60 });
            Assert.NotEmpty(await part.Content.ReadAsByteArrayAsync(Cancellation));
        }
        using var blocked = await http.GetAsync($"{playlist}?_HLS_msn=0&_HLS_part=0", Cancellation);
        Assert.Equal("public, max-age=6", blocked.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync($"{playlist}?_HLS_msn=90", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync($"{playlist}?_HLS_part=1", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync($"{playlist}?_HLS_msn=minus", Cancellation)).StatusCode);
        foreach (var unknown in new[] { $"{folder}/s900.m4s", $"{folder}/p900.m4s", $"{folder}/x.m4s", $"{folder}/.m4s", $"/live/{Guid.CreateVersion7()}/aa/live.m3u8", $"{folder}0/live.m3u8" })
        {
            using var nothing = await http.GetAsync(unknown, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
            Assert.True(nothing.Headers.CacheControl!.NoStore);
        }
    }

    private async Task SegmentsCoverTheFile(HttpClient http, Guid broadcast, string playlist)
    {
        var text = await http.GetStringAsync(playlist, Cancellation);
        Assert.EndsWith("#EXT-X-ENDLIST\n", text, StringComparison.Ordinal);
        var media = Directory.GetFiles(Path.Combine(app.Services.GetRequiredService<MediaSettings>().Folder, broadcast.ToString())).Single(f => Path.GetExtension(f) is ".m4s" or ".mp4");
        var whole = await File.ReadAllBytesAsync(media, Cancellation);
        var folder = playlist[..playlist.LastIndexOf('/')];
        var played = new List<byte>(await http.GetByteArrayAsync($"{folder}/1-init.mp4", Cancellation));
        foreach (Match segment in Segments().Matches(text))
        {
            using var part = await http.GetAsync($"{folder}/{segment.Value}", Cancellation);
            Assert.True(part.Headers.CacheControl is { Public: true, MaxAge.TotalSeconds: >= 60 });
            played.AddRange(await part.Content.ReadAsByteArrayAsync(Cancellation));
        }
        Assert.Equal(whole[..played.Count], played);
        Assert.InRange(whole.Length - played.Count, 0, 200); // a recorder may write an index at the very end
        foreach (var unknown in new[] { $"{folder}/1-99.m4s", $"{folder}/2-0.m4s", $"{folder}/9-init.mp4", $"{folder}/live.m3u8", $"{folder}/en.vtt", playlist.Replace(playlist.Split('/')[3], new string('0', 32), StringComparison.Ordinal) })
        {
            using var nothing = await http.GetAsync(unknown, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        }
    }

    [Fact]
    public async Task AnUploadGoesOnWhereTheServerStandsAndNoByteIsLost()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        var take = Guid.CreateVersion7();
        var sent = 0;
        long stored = 0;
        // Every cut loses what was sent and not yet read.
        for (var cut = 1; stored < recording.Length; cut++)
        {
            using var uplink = await studio.Connect(broadcast);
            stored = await uplink.Hello(take, container, stored);
            Assert.InRange(stored, 0, Math.Max(sent, 0));
            sent = Math.Min((int)stored + 5000 * cut, recording.Length);
            foreach (var chunk in recording[(int)stored..sent].Chunk(700)) await uplink.Send(chunk);
            if (sent < recording.Length && cut % 2 == 0)
            {
                uplink.Cut();
                continue;
            }
            await uplink.Acknowledged(sent);
            stored = sent;
            if (sent < recording.Length) uplink.Cut();
            else await uplink.Close();
        }
        var folder = Path.Combine(app.Services.GetRequiredService<MediaSettings>().Folder, broadcast.ToString());
        var file = Assert.Single(Directory.GetFiles(folder, "take-1.*"), f => Path.GetExtension(f) is ".webm" or ".mp4");
        Assert.Equal(recording, await File.ReadAllBytesAsync(file, Cancellation));
        await studio.End(broadcast);
        Assert.InRange((double)(await studio.Replay(broadcast))["durationSeconds"]!, 5.0, 5.5);
    }

    [Fact]
    public async Task ATakeThatCannotBeContinuedMustBeginAnew()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        var take = Guid.CreateVersion7();
        using (var unknown = await studio.Connect(broadcast))
        {
            await unknown.Say(new { take, container, offset = 4000 });
            Assert.Equal("new-take", await unknown.Refused());
        }
        using (var first = await studio.Connect(broadcast))
        {
            await first.Hello(take, container, 0);
            await first.Send(recording[..4000]);
            await first.Acknowledged(4000);
            first.Cut();
        }
        using (var ahead = await studio.Connect(broadcast))
        {
            await ahead.Say(new { take, container, offset = 4001 });
            Assert.Equal("new-take", await ahead.Refused());
        }
        using (var second = await studio.Connect(broadcast)) Assert.Equal(0, await second.Hello(Guid.CreateVersion7(), container, 0));
        using var late = await studio.Connect(broadcast);
        await late.Say(new { take, container, offset = 4000 });
        Assert.Equal("new-take", await late.Refused());
    }

    [Fact]
    public async Task TheLatestWindowOfATakeUploadsTheOlderOneIsTold()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        var take = Guid.CreateVersion7();
        using var older = await studio.Connect(broadcast);
        await older.Hello(take, container, 0);
        await older.Send(recording[..4000]);
        await older.Acknowledged(4000);
        using var newer = await studio.Connect(broadcast);
        var refused = older.Refused();
        Assert.Equal(4000, await newer.Hello(take, container, 4000));
        Assert.Equal("taken-over", await refused);
        await newer.Send(recording[4000..]);
        await newer.Acknowledged(recording.Length);
    }

    [Fact]
    public async Task AnInterruptionIsToldAndSoIsTheReturn()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        await using var room = await scene.Enter(await scene.Attendee());
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        var take = Guid.CreateVersion7();
        var most = recording.Length * 9 / 10;
        using (var uplink = await studio.Connect(broadcast))
        {
            await uplink.Hello(take, container, 0);
            await uplink.Send(recording[..most]);
            await uplink.Acknowledged(most);
            await room.Until(() => room.Stage.State == StageState.Live, "live");
            uplink.Cut();
        }
        var playlist = room.Stage.Playlist;
        await room.Until(() => room.Stage.State == StageState.Interrupted, "interrupted");
        using var back = await studio.Connect(broadcast);
        Assert.Equal(most, await back.Hello(take, container, most));
        await back.Send(recording[most..]);
        await back.Acknowledged(recording.Length);
        await room.Until(() => room.Stage.State == StageState.Live, "live again");
        Assert.Equal(playlist, room.Stage.Playlist);
    }

    [Fact]
    public async Task TwoTakesMakeOneReplay()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        await studio.Upload(broadcast, container, recording);
        await studio.Upload(broadcast, container, recording);
        await studio.End(broadcast);
        var replay = await studio.Replay(broadcast);
        Assert.InRange((double)replay["durationSeconds"]!, 10.0, 11.0);
        var text = await studio.Http.GetStringAsync((string)replay["playlistUrl"]!, Cancellation);
        Assert.Contains("#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"2-init.mp4\"", text, StringComparison.Ordinal);
        Assert.Null(replay["downloadUrl"]); // a speaker watches; the crew takes it home
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        using var download = await crew.Http.GetAsync((string)(await crew.Replay(broadcast))["downloadUrl"]!, Cancellation);
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("Main Stage.mp4", download.Content.Headers.ContentDisposition.FileNameStar);
        if (Probe.Missing is not null) return;
        var file = Path.Combine(app.Services.GetRequiredService<MediaSettings>().Folder, broadcast.ToString(), "download.mp4");
        await File.WriteAllBytesAsync(file, await download.Content.ReadAsByteArrayAsync(Cancellation), Cancellation);
        Assert.InRange((await Probe.Read(file)).Seconds, 10.0, 11.0);
    }

    [Fact]
    public async Task ABroadcastWhoseHostStaysAwayEndsByItself()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, _, _) = await studio.Begin(scene.Stage);
        var payload = JsonSerializer.Serialize(broadcast);
        await using var scope = app.Services.CreateAsyncScope();
        var job = scope.ServiceProvider.GetServices<IJobHandler>().Single(h => h.Kind == "end-abandoned-broadcast");
        await job.Handle(payload, Cancellation);
        Assert.Equal(BroadcastState.Starting, await StateOf(broadcast));
        await using (var db = app.OpenDb())
            await db.Set<Broadcast>().Where(b => b.Id == broadcast).ExecuteUpdateAsync(set => set.SetProperty(b => b.QuietSince, TimeProvider.System.GetUtcNow().AddMinutes(-11)), Cancellation);
        await job.Handle(payload, Cancellation);
        Assert.Equal(BroadcastState.Ended, await StateOf(broadcast));
        Assert.NotEqual(broadcast, (await studio.Begin(scene.Stage)).Broadcast);
    }

    private async Task<BroadcastState> StateOf(Guid broadcast)
    {
        await using var db = app.OpenDb();
        return await db.Set<Broadcast>().Where(b => b.Id == broadcast).Select(b => b.State).SingleAsync(Cancellation);
    }

    [GeneratedRegex("URI=\"([a-z0-9.]+)\"(?=,INDEP|\n#EXT-X-PART|\n#EXTINF)")]
    private static partial Regex Uris();

    [GeneratedRegex("^[0-9]+-[0-9]+\\.m4s$", RegexOptions.Multiline)]
    private static partial Regex Segments();
}

public sealed class BroadcastFactsOnSqlite(SqliteApp app) : BroadcastFacts(app);

public sealed class BroadcastFactsOnPostgres(PostgresApp app) : BroadcastFacts(app);
