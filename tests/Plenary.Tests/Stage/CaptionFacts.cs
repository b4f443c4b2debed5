using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Stage.Captions;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>What is said on a stage, in words: told while it is said, kept, corrected, and found again in the replay.</summary>
public abstract class CaptionFacts(App app)
{
    private const string Say = "mutation($room: ID!, $line: CaptionInput!) { caption(room: $room, line: $line) }";
    private const string OpenFeed = "mutation($room: ID!, $language: String!) { openCaptionFeed(room: $room, language: $language) }";
    private const string Transcript = "query($id: ID!, $language: String!) { replay(id: $id) { captionTracks { language name url } captions(language: $language) { id text speaker atSeconds untilSeconds } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static object Line(string text, string language = "en", bool final = true, Guid? id = null, int agoMs = 0, string? speaker = null, bool recognised = true) =>
        new { id = id ?? Guid.CreateVersion7(), language, text, final, agoMs, speaker, recognised };

    [Fact]
    public async Task WhatIsSaidIsToldToTheRoomAndStandsInTheReplay()
    {
        var scene = await Scene.Arrange(app);
        var (speaker, captioner) = (await scene.Granted(EventRole.Speaker), await scene.Granted(EventRole.Moderator));
        using var studio = new Studio(app.Url, scene, speaker, onlyEvent: scene.Event.Id);
        using var desk = new Studio(app.Url, scene, captioner);
        await using var seat = await scene.Enter(await scene.Attendee());
        await using var json = await scene.Enter(await scene.Attendee(), json: true);
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        await studio.Upload(broadcast, container, recording);

        var line = Guid.CreateVersion7();
        Assert.True((bool)(await studio.Graph(Say, new { room = scene.Stage.Id, line = Line("so we stopped", final: false, id: line) }))["caption"]!);
        await seat.Until(() => seat.Captions.Exists(c => c is { Text: "so we stopped", Final: false }), "a guess");
        await using (var db = app.OpenDb()) Assert.False(await db.Set<CaptionLine>().AnyAsync(c => c.BroadcastId == broadcast, Cancellation));
        await studio.Graph(Say, new { room = scene.Stage.Id, line = Line("So we stopped\n counting servers.", id: line, agoMs: 1500, speaker: "Amara") });
        await desk.Graph(Say, new { room = scene.Stage.Id, line = Line("Wir zählten keine Server mehr.", "DE", recognised: false) });
        foreach (var client in new[] { seat, json })
        {
            await client.Until(() => client.Captions.Count(c => c.Final) == 2, "both languages");
            var told = client.Captions.Single(c => c.Final && c.Id == line);
            Assert.Equal(("en", "So we stopped counting servers.", "Amara"), (told.Language, told.Text, told.Speaker));
            Assert.InRange(told.Until - told.At, 1500, 12_000);
        }
        var live = await desk.Graph("query($id: ID!) { room(id: $id) { stage { broadcast { captionLanguages captions(language: \"de\") { text } } } } }", new { id = scene.Stage.Id });
        Assert.Equal(["de", "en"], live["room"]!["stage"]!["broadcast"]!["captionLanguages"]!.AsArray().Select(l => (string)l!));
        Assert.Equal("Wir zählten keine Server mehr.", (string)live["room"]!["stage"]!["broadcast"]!["captions"]![0]!["text"]!);
        // Sent again, as after a lost answer: the same line.
        await studio.Graph(Say, new { room = scene.Stage.Id, line = Line("So we stopped counting servers.", id: line) });

        using var anybody = new HttpClient { BaseAddress = app.Url };
        await seat.Until(() => seat.Stage.Playlist is not null, "live");
        await IsReadByAnyPlayer(anybody, seat.Stage.Playlist!);
        await studio.End(broadcast);
        using var reader = new Studio(app.Url, scene, await scene.Attendee());
        await reader.Replay(broadcast);
        var replay = (await reader.Graph(Transcript, new { id = broadcast, language = "en" }))["replay"]!;
        var said = Assert.Single(replay["captions"]!.AsArray())!;
        Assert.Equal(("So we stopped counting servers.", "Amara"), ((string)said["text"]!, (string)said["speaker"]!));
        Assert.InRange((double)said["atSeconds"]!, 0, 5.5);
        Assert.Equal([("de", "Deutsch"), ("en", "English")], replay["captionTracks"]!.AsArray().Select(t => ((string)t!["language"]!, (string)t["name"]!)));
        using var vtt = await anybody.GetAsync((string)replay["captionTracks"]![1]!["url"]!, Cancellation);
        Assert.Equal("text/vtt", vtt.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<v Amara>So we stopped counting servers.", await vtt.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    /// <summary>The stream's list of playlists has the languages, and in one of the segments of each the words are found at their second.</summary>
    private static async Task IsReadByAnyPlayer(HttpClient anybody, string playlist)
    {
        var folder = playlist[..(playlist.LastIndexOf('/') + 1)];
        var master = await anybody.GetStringAsync(folder + "master.m3u8", Cancellation);
        Assert.Contains("#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"captions\",NAME=\"Deutsch\",LANGUAGE=\"de\",DEFAULT=NO,AUTOSELECT=YES,URI=\"captions-de/live.m3u8\"", master, StringComparison.Ordinal);
        Assert.All(master.Split('\n').Where(l => l.StartsWith("#EXT-X-STREAM-INF", StringComparison.Ordinal)), l => Assert.EndsWith(",SUBTITLES=\"captions\"", l, StringComparison.Ordinal));
        foreach (var (language, words) in new[] { ("de", "Wir zählten keine Server mehr."), ("en", "<v Amara>So we stopped counting servers.") })
        {
            var list = (await anybody.GetStringAsync($"{folder}captions-{language}/live.m3u8", Cancellation)).Split('\n');
            var said = await Task.WhenAll(list.Where(l => l.EndsWith(".vtt", StringComparison.Ordinal)).Select(file => anybody.GetStringAsync($"{folder}captions-{language}/{file}", Cancellation)));
            Assert.All(said, file => Assert.StartsWith("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n", file, StringComparison.Ordinal));
            Assert.Contains(said, file => file.Contains(words, StringComparison.Ordinal));
        }
        foreach (var wrong in new[] { "c999.vtt", "c.vtt", "../live.m3u8", "c-1.vtt" })
        {
            using var answer = await anybody.GetAsync($"{folder}captions-de/{Uri.EscapeDataString(wrong)}", Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task OnlyThoseWhoRunTheStageCaptionItAndOnlyWhileItIsLive()
    {
        var scene = await Scene.Arrange(app);
        var elsewhere = await Scene.Arrange(app);
        var speaker = await scene.Granted(EventRole.Speaker);
        using var studio = new Studio(app.Url, scene, speaker);
        Assert.Equal("not-on-air", await studio.Refused(Say, new { room = scene.Stage.Id, line = Line("Hello") }));
        await studio.Begin(scene.Stage);
        async Task<string> Refused(Person? person, object line)
        {
            using var other = new Studio(app.Url, scene, person);
            return await other.Refused(Say, new { room = scene.Stage.Id, line });
        }
        Assert.Equal("sign-in-required", await Refused(null, Line("Hello")));
        Assert.Equal("not-found", await Refused(await scene.Stranger(), Line("Hello")));
        Assert.Equal("not-found", await Refused(await elsewhere.Granted(EventRole.Speaker), Line("Hello", final: false)));
        Assert.Equal("forbidden", await Refused(await scene.Attendee(), Line("Hello", final: false)));
        foreach (var bad in new[] { Line(" \n "), Line(new string('x', 501)), Line("Hello", "english"), Line("Hello", agoMs: -1), Line("Hello", agoMs: 120_001), Line("Hello", id: Guid.Empty), Line("a\0b") })
            Assert.Equal("invalid-input", await Refused(speaker, bad));
        var mine = Guid.CreateVersion7();
        await studio.Graph(Say, new { room = scene.Stage.Id, line = Line("Mine", id: mine) });
        Assert.Equal("id-taken", await Refused(await scene.Granted(EventRole.Moderator), Line("Yours", id: mine)));
        Guid broadcast;
        await using (var db = app.OpenDb()) broadcast = await db.Set<Broadcast>().Where(b => b.RoomId == scene.Stage.Id).Select(b => b.Id).SingleAsync(Cancellation);
        var now = TimeProvider.System.GetUtcNow();
        await scene.Save([.. Enumerable.Range(0, Captioning.MostLanguages - 1).Select(n => new CaptionLine { Id = Guid.CreateVersion7(), BroadcastId = broadcast, Language = $"q{(char)('a' + n)}", Text = "x", At = now, Until = now })]);
        Assert.Equal("too-many-languages", await Refused(speaker, Line("One more", "sv")));
        // Whoever loses the role captions no more.
        await using (var db = app.OpenDb()) await db.Set<EventRoleGrant>().Where(g => g.PersonId == speaker.Id).ExecuteDeleteAsync(Cancellation);
        Assert.Equal("not-found", await studio.Refused(Say, new { room = scene.Stage.Id, line = Line("Still here") }));
    }

    [Fact]
    public async Task TooManyLinesAreRefusedAndTooManyGuessesDropped()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        await studio.Begin(scene.Stage);
        var guesses = new List<bool>();
        for (var i = 0; i < 30; i++) guesses.Add((bool)(await studio.Graph(Say, new { room = scene.Stage.Id, line = Line($"Guess {i}", final: false) }))["caption"]!);
        Assert.True(guesses[0]);
        Assert.Contains(false, guesses);
        var answers = new List<string?>();
        for (var i = 0; i < 60 && !answers.Contains("too-many-requests"); i++)
            answers.Add((string?)(await studio.Answer(Say, new { room = scene.Stage.Id, line = Line($"Line {i}") }))["errors"]?[0]?["extensions"]?["code"]);
        Assert.Null(answers[0]);
        Assert.Contains("too-many-requests", answers);
    }

    [Fact]
    public async Task ACaptioningServiceSendsItsLinesToAnAddressOfItsOwn()
    {
        var scene = await Scene.Arrange(app);
        using var producer = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        Assert.Equal("not-found", await studio.Refused(OpenFeed, new { room = scene.Stage.Id, language = "en" }));
        using var moderator = new Studio(app.Url, scene, await scene.Granted(EventRole.Moderator));
        Assert.Equal("not-found", await moderator.Refused(OpenFeed, new { room = scene.Stage.Id, language = "en" }));
        var address = (string)(await producer.Graph(OpenFeed, new { room = scene.Stage.Id, language = "en" }))["openCaptionFeed"]!;
        var path = new Uri(address).AbsolutePath;
        using var service = new HttpClient { BaseAddress = app.Url };
        async Task<HttpStatusCode> Send(string query, string text)
        {
            using var answer = await service.PostAsync(path + query, new StringContent(text, Encoding.UTF8, "text/plain"), Cancellation);
            return answer.StatusCode;
        }
        Assert.Equal("0", await service.GetStringAsync(path + "/seq", Cancellation));
        Assert.Equal(HttpStatusCode.Conflict, await Send("?seq=1", "Nobody is live"));
        var (broadcast, _, _) = await studio.Begin(scene.Stage);
        await using var seat = await scene.Enter(await scene.Attendee());
        Assert.Equal(HttpStatusCode.OK, await Send("?seq=1", "Good morning\n"));
        Assert.Equal(HttpStatusCode.OK, await Send("?seq=1", "Good morning\n"));
        Assert.Equal(HttpStatusCode.OK, await Send("?seq=2&lang=pt-br", "Bom dia"));
        await seat.Until(() => seat.Captions.Exists(c => c is { Text: "Bom dia", Language: "pt-BR" }), "the service's line");
        Assert.Equal("2", await service.GetStringAsync(path + "/seq", Cancellation));
        await using (var db = app.OpenDb()) Assert.Equal(["Bom dia", "Good morning"], await db.Set<CaptionLine>().Where(c => c.BroadcastId == broadcast).Select(c => c.Text).Order().ToListAsync(Cancellation));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Send("", new string('x', 9000)));
        Assert.Equal(HttpStatusCode.BadRequest, await Send("", new string('x', 600)));
        Assert.Equal(HttpStatusCode.BadRequest, await Send("?lang=klingon!", "x"));
        // Only its hash is kept; a new address ends the old one, and so does closing.
        await using (var db = app.OpenDb()) Assert.DoesNotContain(path.Split('/')[2], await db.Set<CaptionFeed>().Where(f => f.RoomId == scene.Stage.Id).Select(f => f.KeyHash).ToListAsync(Cancellation));
        var next = new Uri((string)(await producer.Graph(OpenFeed, new { room = scene.Stage.Id, language = "en" }))["openCaptionFeed"]!).AbsolutePath;
        Assert.Equal(HttpStatusCode.NotFound, await Send("?seq=3", "Old address"));
        path = next;
        Assert.Equal(HttpStatusCode.OK, await Send("?seq=3", "New address"));
        await producer.Graph("mutation($room: ID!) { closeCaptionFeed(room: $room) }", new { room = scene.Stage.Id });
        Assert.Equal(HttpStatusCode.NotFound, await Send("?seq=4", "Closed"));
    }

    [Fact]
    public async Task CaptionsAreCorrectedMovedAndBroughtInAsFiles()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        using var desk = new Studio(app.Url, scene, await scene.Granted(EventRole.Moderator));
        using var attendee = new Studio(app.Url, scene, await scene.Attendee());
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        await studio.Upload(broadcast, container, recording);
        var line = Guid.CreateVersion7();
        await studio.Graph(Say, new { room = scene.Stage.Id, line = Line("The land registry never clothes.", id: line) });
        await studio.End(broadcast);
        await desk.Replay(broadcast);

        const string Correct = "mutation($id: ID!, $text: String!) { correctCaption(id: $id, text: $text) { text } }";
        foreach (var other in new[] { attendee, studio }) Assert.Equal("not-found", await other.Refused(Correct, new { id = line, text = "Rubbish" }));
        Assert.Equal("invalid-input", await desk.Refused(Correct, new { id = line, text = " " }));
        await desk.Graph(Correct, new { id = line, text = "The land registry never closes." });
        async Task<List<(double At, string Text)>> Read(string language) =>
            [.. (await attendee.Graph(Transcript, new { id = broadcast, language }))["replay"]!["captions"]!.AsArray().Select(c => (Math.Round((double)c!["atSeconds"]!, 2), (string)c["text"]!))];
        var before = Assert.Single(await Read("en"));
        Assert.Equal("The land registry never closes.", before.Text);

        var file = new StringContent("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nDas Grundbuch\n\n00:00:02.500 --> 00:00:09.000\nschließt nie.\n\n00:10:00.000 --> 00:10:01.000\nnach dem Ende\n", Encoding.UTF8, "text/vtt");
        using (var stranger = await attendee.Http.PutAsync($"/recordings/{broadcast}/captions/de", file, Cancellation)) Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using (var wrong = await desk.Http.PutAsync($"/recordings/{broadcast}/captions/de", new StringContent("once upon a time"), Cancellation)) Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        for (var again = 0; again < 2; again++)
        {
            using var taken = await desk.Http.PutAsync($"/recordings/{broadcast}/captions/de", new StringContent(await file.ReadAsStringAsync(Cancellation)), Cancellation);
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
            Assert.Equal([(1.0, "Das Grundbuch"), (2.5, "schließt nie.")], await Read("de"));
        }
        const string Shift = "mutation($id: ID!, $seconds: Float!) { shiftCaptions(replay: $id, language: \"de\", seconds: $seconds) }";
        Assert.Equal("not-found", await attendee.Refused(Shift, new { id = broadcast, seconds = 1 }));
        Assert.Equal("invalid-input", await desk.Refused(Shift, new { id = broadcast, seconds = 601 }));
        await desk.Graph(Shift, new { id = broadcast, seconds = -0.5 });
        Assert.Equal([(0.5, "Das Grundbuch"), (2.0, "schließt nie.")], await Read("de"));
        await desk.Graph("mutation($id: ID!) { removeCaptions(replay: $id, language: \"de\") }", new { id = broadcast });
        Assert.Empty(await Read("de"));
        Assert.Equal("not-found", await attendee.Refused("mutation($id: ID!) { removeCaption(id: $id) }", new { id = line }));
        await desk.Graph("mutation($id: ID!) { removeCaption(id: $id) }", new { id = line });
        Assert.Empty(await Read("en"));
    }
}

public sealed class CaptionFactsOnSqlite(SqliteApp app) : CaptionFacts(app);

public sealed class CaptionFactsOnPostgres(PostgresApp app) : CaptionFacts(app);
