using System.Net;
using Plenary.Events;
using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Plenary.Tests.Stage;

/// <summary>A stage in a cluster: any process plays it, whichever receives it, and it goes on when that one dies.</summary>
[Trait("Speed", "Slow")]
public sealed class OriginClusterFacts(PostgresApp postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyProcessPlaysEveryStage()
    {
        Assert.SkipWhen(postgres.Missing is not null, postgres.Missing ?? "");
        await using var cluster = await ClusterOfProcesses.StartAsync(await postgres.CreateDatabaseAsync(), 2, "--Media:Ffmpeg", "off");
        var scene = await Scene.Arrange(cluster.OpenDb, cluster[0].Url, cluster.Keys);
        var speaker = await scene.Granted(EventRole.Speaker);
        var cookie = scene.Sessions.Cookie(speaker.Id);
        using var studio = new Studio(cluster[0].Url, scene, speaker);
        using var other = new Studio(cluster[1].Url, scene, speaker);
        await using var seat = await cluster.Enter(cookie, scene.Stage.Id, 1);

        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        using var uplink = await studio.Connect(broadcast);
        await uplink.Hello(Guid.CreateVersion7(), container, 0);
        await uplink.Send(recording);
        await uplink.Acknowledged(recording.Length);
        await seat.Until(() => seat.Stage is { State: StageState.Live, Playlist: not null }, "live");
        var playlist = seat.Stage.Playlist!;
        Assert.Equal(playlist, (string)(await other.Graph("query($room: ID!) { room(id: $room) { stage { broadcast { playlistUrl } } } }", new { room = scene.Stage.Id }))["room"]!["stage"]!["broadcast"]!["playlistUrl"]!);
        var folder = playlist[..playlist.LastIndexOf('/')];
        foreach (var path in new[] { "live.m3u8", "init.mp4", "s0.m4s", "p1.m4s", "sound/init.mp4", "sound/s0.m4s", "live.m3u8?plain", "live.m3u8?_HLS_msn=0&_HLS_part=0" })
        {
            using var here = await studio.Http.GetAsync($"{folder}/{path}", Cancellation);
            using var there = await other.Http.GetAsync($"{folder}/{path}", Cancellation);
            Assert.Equal((HttpStatusCode.OK, path), (there.StatusCode, path));
            Assert.Equal(here.Headers.CacheControl!.ToString(), there.Headers.CacheControl!.ToString());
            Assert.Equal(here.Content.Headers.ContentType!.MediaType, there.Content.Headers.ContentType!.MediaType);
            Assert.Equal(await here.Content.ReadAsByteArrayAsync(Cancellation), await there.Content.ReadAsByteArrayAsync(Cancellation));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync($"{folder}0/live.m3u8", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync($"/live/{Guid.CreateVersion7()}/aa/live.m3u8", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await other.Http.GetAsync($"{folder}/live.m3u8?_HLS_msn=90", Cancellation)).StatusCode);

        // The host's browser comes to the other process, as after a restart of the proxy: the stage is there from now on, and the first one knows.
        using var moved = await other.Connect(broadcast);
        await moved.Hello(Guid.CreateVersion7(), container, 0);
        await moved.Send(recording);
        await moved.Acknowledged(recording.Length);
        Assert.Equal("taken-over", await uplink.Refused());
        await seat.Until(() => seat.Stage.State == StageState.Live && seat.Stage.Playlist != playlist, "live from the other");
        Assert.Contains("s0.m4s", await studio.Http.GetStringAsync(seat.Stage.Playlist, Cancellation), StringComparison.Ordinal);

        // And that one dies.
        await cluster[1].Kill();
        await using var survivor = await cluster.Enter(cookie, scene.Stage.Id, 0);
        await survivor.Until(() => survivor.Stage.State == StageState.Interrupted, "interrupted by the death");
        await studio.Upload(broadcast, container, recording);
        await survivor.Until(() => survivor.Stage.State == StageState.Live, "live again");
        await studio.End(broadcast);
        await studio.Replay(broadcast);
        await using var db = cluster.OpenDb();
        Assert.Equal(3, await db.Set<BroadcastTake>().CountAsync(t => t.BroadcastId == broadcast && t.Seconds > 4.5, Cancellation));
    }

    [Fact]
    public async Task WhoeverIsAskedToEndABroadcastEndsItWhereItIs()
    {
        Assert.SkipWhen(postgres.Missing is not null, postgres.Missing ?? "");
        await using var cluster = await ClusterOfProcesses.StartAsync(await postgres.CreateDatabaseAsync(), 2, "--Media:Ffmpeg", "off");
        var scene = await Scene.Arrange(cluster.OpenDb, cluster[0].Url, cluster.Keys);
        var speaker = await scene.Granted(EventRole.Speaker);
        using var studio = new Studio(cluster[0].Url, scene, speaker);
        using var other = new Studio(cluster[1].Url, scene, speaker);
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        using var uplink = await studio.Connect(broadcast);
        await uplink.Hello(Guid.CreateVersion7(), container, 0);
        await uplink.Send(recording);
        await uplink.Acknowledged(recording.Length);
        await other.End(broadcast);
        Assert.Equal("broadcast-ended", await uplink.Refused());
        Assert.InRange((double)(await other.Replay(broadcast))["durationSeconds"]!, 5.0, 5.5);
    }
}
