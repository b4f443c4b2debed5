using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Jobs;
using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Stage.Media;
using Plenary.Stage.Recordings;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage.Media;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>A recording that is played as if it were live.</summary>
public abstract partial class SimuliveFacts(App app)
{
    private const string Schedule = "mutation($input: SimuliveInput!) { scheduleSimulive(input: $input) { id startsAt room { id } recording { id } session { id } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARecordingIsPlayedToEverybodyAtItsTimeAndBecomesAReplay()
    {
        var (scene, recording) = await Recorded();
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        using var speaker = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        await using var seat = await scene.Enter(await scene.Attendee());
        var session = await Session(scene, TimeProvider.System.GetUtcNow().AddSeconds(1), "The forecast, again");
        var planned = (await crew.Graph(Schedule, new { input = new { room = scene.Stage.Id, recording, session = session.Id } }))["scheduleSimulive"]!;
        var id = Guid.Parse((string)planned["id"]!);

        await seat.Until(() => seat.Stage is { State: StageState.Live, Playlist: not null } && seat.Stage.Broadcast == id, "played");
        await seat.Post("I have seen this before");
        var began = TimeProvider.System.GetUtcNow();
        using var anybody = new HttpClient { BaseAddress = app.Url };
        using var answer = await anybody.GetAsync(seat.Stage.Playlist, Cancellation);
        Assert.Equal("public, max-age=1", answer.Headers.CacheControl!.ToString());
        var playlist = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("#EXT-X-MEDIA-SEQUENCE:0\n", playlist, StringComparison.Ordinal);
        // What is said to be played first was played when it began: now, give or take a busy machine.
        Assert.InRange(DateTimeOffset.Parse(Times().Match(playlist).Groups[1].Value, CultureInfo.InvariantCulture), began.AddSeconds(-10), began.AddSeconds(1));
        var folder = seat.Stage.Playlist![..(seat.Stage.Playlist!.LastIndexOf('/') + 1)];
        foreach (var file in new[] { "1-init.mp4", "1-0.m4s" })
            Assert.NotEmpty(await anybody.GetByteArrayAsync(folder + file, Cancellation));
        // It is not a replay yet, and nobody can go live over it or upload into it.
        using (var early = await anybody.GetAsync(folder + "replay.m3u8", Cancellation)) Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        Assert.Equal("not-found", await crew.Refused("query($id: ID!) { replay(id: $id) { id } }", new { id }));
        foreach (var host in new[] { speaker, crew }) Assert.Equal("stage-busy", await host.Refused(Studio.GoLiveDocument, new { room = scene.Stage.Id }));
        using (var uplink = await crew.Connect(id)) Assert.Equal("stage-busy", await uplink.Refused());

        await seat.Until(() => seat.Stage.State == StageState.Ended, "ended by itself");
        var replay = await crew.Replay(id);
        Assert.Equal("The forecast, again", (string)replay["title"]!);
        Assert.InRange((double)replay["durationSeconds"]!, 5.0, 5.5);
        var message = Assert.Single(replay["chat"]!.AsArray())!;
        Assert.InRange((double)message["atSeconds"]!, 0, 5.5);
        Assert.NotEmpty(await anybody.GetByteArrayAsync(((string)replay["playlistUrl"]!).Replace("replay.m3u8", "1-1.m4s", StringComparison.Ordinal), Cancellation));
    }

    [Fact]
    public async Task OnlyTheCrewPlansAndOnlyWhatIsThere()
    {
        var (scene, recording) = await Recorded();
        var (elsewhere, other) = await Recorded();
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        var later = TimeProvider.System.GetUtcNow().AddHours(2);
        var session = await Session(scene, later, "Later");
        object Wish(object? room = null, object? what = null, object? with = null, string? at = null) => new { input = new { room = room ?? scene.Stage.Id, recording = what ?? recording, session = with, startsAtLocal = at } };
        foreach (var person in new[] { await scene.Attendee(), await scene.Granted(EventRole.Speaker), await scene.Granted(EventRole.Moderator), await elsewhere.Member(OrganizationRole.Owner) })
        {
            using var someone = new Studio(app.Url, scene, person);
            Assert.Equal("not-found", await someone.Refused(Schedule, Wish(with: session.Id)));
            if (person.Name != "A Owner") Assert.Empty((await someone.Graph("query($slug: String!) { event(slug: $slug) { simulives { id } } }", new { slug = scene.Event.Slug }))["event"]!["simulives"]!.AsArray());
        }
        var lobby = new Room { EventId = scene.Event.Id, Slug = "lobby", Name = "Lobby", Kind = RoomKind.Lobby };
        await scene.Save(lobby);
        Assert.Equal("not-a-stage", await crew.Refused(Schedule, Wish(room: lobby.Id, with: session.Id)));
        Assert.Equal("not-found", await crew.Refused(Schedule, Wish(room: elsewhere.Stage.Id, with: session.Id)));
        Assert.Equal("invalid-input", await crew.Refused(Schedule, Wish(what: other, with: session.Id)));
        Assert.Equal("invalid-input", await crew.Refused(Schedule, Wish(what: Guid.CreateVersion7(), with: session.Id)));
        Assert.Equal("invalid-input", await crew.Refused(Schedule, Wish(with: Guid.CreateVersion7())));
        Assert.Equal("invalid-input", await crew.Refused(Schedule, Wish(at: "soon")));
        Assert.Equal("invalid-input", await crew.Refused(Schedule, Wish(at: "2020-01-01T10:00")));

        var id = (string)(await crew.Graph(Schedule, Wish(with: session.Id)))["scheduleSimulive"]!["id"]!;
        Assert.Equal(id, (string)Assert.Single((await crew.Graph("query($slug: String!) { event(slug: $slug) { simulives { id session { title } recording { title } } } }", new { slug = scene.Event.Slug }))["event"]!["simulives"]!.AsArray())!["id"]!);
        using var attendee = new Studio(app.Url, scene, await scene.Attendee());
        Assert.Equal("not-found", await attendee.Refused("mutation($id: ID!) { cancelSimulive(id: $id) }", new { id }));
        await crew.Graph("mutation($id: ID!) { cancelSimulive(id: $id) }", new { id });
        await using var db = app.OpenDb();
        Assert.False(await db.Set<Simulive>().AnyAsync(s => s.RoomId == scene.Stage.Id, Cancellation));
    }

    [Fact]
    public async Task ItMovesWithItsSessionAndWaitsForPeopleToLeaveTheStage()
    {
        var (scene, recording) = await Recorded();
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        await using var seat = await scene.Enter(await scene.Attendee());
        var session = await Session(scene, TimeProvider.System.GetUtcNow().AddHours(2), "Moved");
        var id = Guid.Parse((string)(await crew.Graph(Schedule, new { input = new { room = scene.Stage.Id, recording, session = session.Id } }))["scheduleSimulive"]!["id"]!);
        var (busy, _, _) = await crew.Begin(scene.Stage);

        const string Save = "mutation($input: SaveSessionInput!) { saveSession(input: $input) { id } }";
        var local = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow().AddHours(5), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        await crew.Graph(Save, new { input = new { id = session.Id, @event = scene.Event.Id, room = scene.Stage.Id, title = "Moved", summary = "", startsAtLocal = local.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture), minutes = 30, speakers = Array.Empty<string>() } });
        await Until(async db => await db.Set<Simulive>().AnyAsync(s => s.Id == id && s.StartsAt > TimeProvider.System.GetUtcNow().AddHours(4), Cancellation));
        // Its time comes while somebody is on the stage: it waits.
        var due = TimeProvider.System.GetUtcNow();
        await using (var db = app.OpenDb())
        {
            await db.Set<Simulive>().Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.StartsAt, due), Cancellation);
            db.AddJob("start-simulive", id, due);
            await db.SaveChangesAsync(Cancellation);
        }
        await Until(async db => await db.Set<Job>().AnyAsync(j => j.Kind == "start-simulive" && j.Payload.Contains(id.ToString()) && j.DueAt > due.AddSeconds(3) && j.DueAt < due.AddHours(1), Cancellation));
        Assert.NotEqual(id, seat.Stage.Broadcast);
        await crew.End(busy);
        await seat.Until(() => seat.Stage.Broadcast == id && seat.Stage.State == StageState.Live, "played");
        await crew.End(id);
        await seat.Until(() => seat.Stage.State == StageState.Ended, "ended by hand");
        Assert.True((double)(await crew.Replay(id))["durationSeconds"]! > 0);
    }

    private async Task Until(Func<Plenary.Platform.Database.Db, Task<bool>> holds)
    {
        for (var turn = 0; turn < 400; turn++)
        {
            await using var db = app.OpenDb();
            if (await holds(db)) return;
            await Task.Delay(50, Cancellation);
        }
        Assert.Fail("waited in vain");
    }

    private static async Task<Session> Session(Scene scene, DateTimeOffset at, string title)
    {
        var session = new Session { EventId = scene.Event.Id, RoomId = scene.Stage.Id, Title = title, StartsAt = at, EndsAt = at.AddMinutes(30) };
        await scene.Save(session);
        return session;
    }

    private async Task<(Scene Scene, Guid Recording)> Recorded()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        await studio.Upload(broadcast, container, recording);
        await studio.End(broadcast);
        await studio.Replay(broadcast);
        return (scene, broadcast);
    }

    [GeneratedRegex("#EXT-X-PROGRAM-DATE-TIME:(.+)")]
    private static partial Regex Times();
}

public sealed class SimuliveFactsOnSqlite(SqliteApp app) : SimuliveFacts(app);

public sealed class SimuliveFactsOnPostgres(PostgresApp app) : SimuliveFacts(app);

/// <summary>What a recording's live playlist says at any moment.</summary>
public sealed class SimuliveStreamFacts
{
    private static readonly DateTimeOffset Began = new(2027, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private static Playable Hour(BroadcastState state = BroadcastState.Live)
    {
        // Two takes of half an hour, in segments of two seconds.
        SegmentIndex Half() => new(700, [.. Enumerable.Range(0, 900).Select(n => new IndexedSegment(700 + n * 1000, 1000, n * 2, 2))], true);
        var broadcast = new Broadcast { SpeakerName = "Amara", Title = "T", ReplayKey = "k", State = state, StartedAt = Began, LiveAt = Began, RecordingId = Guid.CreateVersion7(), RecordingFrom = 60, TrimStart = 60, TrimEnd = 3000 };
        return new(broadcast, new Recording([(1, "one", Half()), (2, "two", Half())]), 0);
    }

    private static List<string> At(double seconds, BroadcastState state = BroadcastState.Live) => [.. SimuliveStream.Playlist(Hour(state), Began.AddSeconds(seconds)).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static List<string> Segments(List<string> playlist) => [.. playlist.Where(l => l.EndsWith(".m4s", StringComparison.Ordinal))];

    [Fact]
    public void PlayersThatHoldBackAsTheFormatSaysAreAtTheMomentTogether()
    {
        foreach (var seconds in new[] { 0.0, 1, 77.7, 1700, 2900 })
        {
            var playlist = At(seconds);
            var end = DateTimeOffset.Parse(playlist.FindLast(l => l.StartsWith("#EXT-X-PROGRAM", StringComparison.Ordinal))!["#EXT-X-PROGRAM-DATE-TIME:".Length..], CultureInfo.InvariantCulture).AddSeconds(2);
            var playing = end.AddSeconds(-6);
            Assert.InRange((playing - Began.AddSeconds(seconds)).TotalSeconds, -2, 0.001);
            Assert.Contains("#EXT-X-SERVER-CONTROL:HOLD-BACK=6.0", playlist);
            Assert.DoesNotContain("#EXT-X-ENDLIST", playlist);
        }
    }

    [Fact]
    public void ItBeginsWhereItIsTrimmedAndEndsThere()
    {
        Assert.Equal(["1-30.m4s", "1-31.m4s", "1-32.m4s"], Segments(At(0)));
        var over = At(2940);
        Assert.Equal("2-599.m4s", Segments(over)[^1]);
        Assert.Equal("#EXT-X-ENDLIST", over[^1]);
        Assert.Equal("#EXT-X-ENDLIST", At(100, BroadcastState.Ended)[^1]);
        Assert.Equal("2-599.m4s", Segments(At(1_000_000))[^1]);
    }

    [Fact]
    public void NumbersGoOnAndTheJoinOfTwoTakesIsSaidOnce()
    {
        // The first take's last segment ends at 1800 s of the recording: at 1740 s of the playing.
        var before = At(1750);
        var mark = before.FindIndex(l => l == "#EXT-X-DISCONTINUITY");
        Assert.True(mark > 0 && before[mark + 1] == "#EXT-X-MAP:URI=\"2-init.mp4\"");
        Assert.Contains("#EXT-X-DISCONTINUITY-SEQUENCE:0", before);
        var after = At(1790);
        Assert.DoesNotContain("#EXT-X-DISCONTINUITY", after);
        Assert.Contains("#EXT-X-DISCONTINUITY-SEQUENCE:1", after);
        var last = -1;
        for (var seconds = 1700.0; seconds < 1800; seconds += 0.7)
        {
            var playlist = At(seconds);
            var sequence = int.Parse(playlist.Single(l => l.StartsWith("#EXT-X-MEDIA-SEQUENCE:", StringComparison.Ordinal)).Split(':')[1], CultureInfo.InvariantCulture);
            Assert.True(sequence >= last);
            last = sequence;
            // The number of a segment never changes: it is its place in what is played.
            var (take, number) = (int.Parse(Segments(playlist)[0][..1], CultureInfo.InvariantCulture), int.Parse(Segments(playlist)[0][2..^4], CultureInfo.InvariantCulture));
            Assert.Equal(sequence, (take - 1) * 900 + number - 30);
        }
    }

    [Fact]
    public void WhatIsToComeCannotBeHadYet()
    {
        var hour = Hour();
        Assert.True(SimuliveStream.HasCome(hour, hour.Recording.Find(1, 33)!, Began));
        Assert.False(SimuliveStream.HasCome(hour, hour.Recording.Find(1, 40)!, Began));
        Assert.True(SimuliveStream.HasCome(hour, hour.Recording.Find(1, 40)!, Began.AddSeconds(20)));
        Assert.True(SimuliveStream.HasCome(Hour(BroadcastState.Ended), hour.Recording.Find(2, 500)!, Began));
    }
}
