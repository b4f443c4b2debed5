using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage.Media;
using Plenary.Tests.Support;
using SkiaSharp;

namespace Plenary.Tests.Stage;

/// <summary>What speakers and crew bring along for a stage: slides, videos, music.</summary>
public abstract class SlideAndClipFacts(App app)
{
    private const string AddSlides = "mutation($room: ID!, $name: String!, $pages: [ID!]!) { addSlides(room: $room, name: $name, pages: $pages) { id name pages person } }";
    private const string Kept = "query($id: ID!) { room(id: $id) { stage { decks { id name pages } clips { id name url seconds video } } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASpeakerBringsSlidesAndTurnsThePages()
    {
        var scene = await Scene.Arrange(app);
        var (amara, jonas) = (await scene.Granted(EventRole.Speaker), await scene.Granted(EventRole.Speaker));
        using var speaker = new Director(app.Url, scene, amara, scene.Event.Id); // by the personal link
        using var other = new Director(app.Url, scene, jonas);
        using var producer = new Director(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        using var host = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        await host.GoLive(scene.Stage);
        var pages = new List<string>();
        foreach (var colour in new[] { SKColors.Teal, SKColors.Orange, SKColors.Navy })
            pages.Add((string)(await Upload(scene, amara, "/files", Page(colour), "image/png", scene.Event.Id)).Answer["id"]!);
        var deck = (await speaker.Graph(AddSlides, new { room = scene.Stage.Id, name = "Registers", pages }))["addSlides"]!;
        Assert.Equal(pages.Select(p => $"/files/{p}"), deck["pages"]!.AsArray().Select(p => (string)p!));
        Assert.Equal("forbidden", await speaker.Refused(new { slides = new { deck = (string)deck["id"]! } }));
        await producer.Direct(new { slides = new { deck = (string)deck["id"]! } });
        var plan = await producer.Direct(new { bringOn = new { kind = "SLIDES" } });
        Assert.Equal("slides", (string)plan["on"]![0]!["kind"]!);
        Assert.Equal(1, (int)(await speaker.Direct(new { slides = new { page = 1 } }))["slides"]!["page"]!);
        Assert.Equal(2, (int)(await speaker.Direct(new { slides = new { page = 99 } }))["slides"]!["page"]!);
        Assert.Equal("forbidden", await other.Refused(new { slides = new { page = 0 } }));
        await producer.Direct(new { slides = new { by = jonas.Id } });
        Assert.Equal(0, (int)(await other.Direct(new { slides = new { page = 0 } }))["slides"]!["page"]!);
        plan = await producer.Direct(new { clear = "SLIDES" });
        Assert.True(plan["slides"] is null && plan["on"]!.AsArray().Count == 0);
        Assert.Equal("forbidden", await other.Refused("mutation($id: ID!) { removeSlides(id: $id) }", new { id = (string)deck["id"]! }));
        await speaker.Graph("mutation($id: ID!) { removeSlides(id: $id) }", new { id = (string)deck["id"]! });
        Assert.Equal("no-such-deck", await producer.Refused(new { slides = new { deck = (string)deck["id"]! } }));
    }

    [Fact]
    public async Task WhoMayOnlyWatchBringsNothingAndSeesNothing()
    {
        var scene = await Scene.Arrange(app);
        var elsewhere = await Scene.Arrange(app);
        var speaker = await scene.Granted(EventRole.Speaker);
        await Upload(scene, speaker, Clips(scene, "Opening"), Samples.Recorder, "video/mp4");
        foreach (var person in new[] { await scene.Attendee(), await elsewhere.Granted(EventRole.Speaker) })
        {
            var (status, answer) = await Upload(scene, person, Clips(scene, "Mine"), Samples.Recorder, "video/mp4");
            Assert.True(status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, answer.ToJsonString());
            using var other = new Director(app.Url, scene, person);
            var refused = await other.Refused(AddSlides, new { room = scene.Stage.Id, name = "Mine", pages = new[] { Guid.CreateVersion7() } });
            Assert.True(refused is "forbidden" or "not-found");
        }
        using var attendee = new Director(app.Url, scene, await scene.Attendee());
        Assert.Equal("""{"decks":null,"clips":null}""", (await attendee.Graph(Kept, new { id = scene.Stage.Id }))["room"]!["stage"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await Upload(scene, null, Clips(scene, "Mine"), Samples.Recorder, "video/mp4")).Status);
        // Slides of an event's speaker are for that event: a link to it uploads nothing elsewhere.
        Assert.Equal(HttpStatusCode.Unauthorized, (await Upload(scene, speaker, "/files", Page(SKColors.Teal), "image/png", elsewhere.Event.Id)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Upload(scene, await scene.Attendee(), "/files", Page(SKColors.Teal), "image/png")).Status);
    }

    [Fact]
    public async Task AClipRollsAndGoesOffAtItsEnd()
    {
        var scene = await Scene.Arrange(app);
        var speaker = await scene.Granted(EventRole.Speaker);
        using var producer = new Director(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        await using var backstage = await scene.Enter(speaker, room: scene.Backstage);
        var (status, clip) = await Upload(scene, speaker, Clips(scene, "Opening"), Samples.Remuxed, "video/mp4");
        Assert.True(status == HttpStatusCode.OK, clip.ToJsonString());
        Assert.InRange((double)clip["seconds"]!, 4, 6);
        var kept = (await producer.Graph(Kept, new { id = scene.Stage.Id }))["room"]!["stage"]!["clips"]!.AsArray().Single()!;
        Assert.Equal(("Opening", (string)clip["url"]!, true), ((string)kept["name"]!, (string)kept["url"]!, (bool)kept["video"]!));
        using (var visitor = new HttpClient { BaseAddress = app.Url })
        {
            using var part = new HttpRequestMessage(HttpMethod.Get, (string)clip["url"]!) { Headers = { Range = new(0, 99) } };
            using var answer = await visitor.SendAsync(part, Cancellation);
            Assert.Equal((HttpStatusCode.PartialContent, 100L, "video/mp4"), (answer.StatusCode, answer.Content.Headers.ContentLength, answer.Content.Headers.ContentType!.MediaType));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            using var guessed = await visitor.GetAsync($"/clips/{(string)clip["id"]!}/{new string('0', 32)}", Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
        }
        var plan = await producer.Direct(new { clip = new { id = (string)clip["id"]! } });
        Assert.Equal(("clip", (string)clip["url"]!), ((string)plan["on"]![0]!["kind"]!, (string)plan["clip"]!["url"]!));
        Assert.Equal("clip-in-use", await producer.Refused("mutation($id: ID!) { removeClip(id: $id) }", new { id = (string)clip["id"]! }));
        await backstage.Until(() => backstage.Plan is { Version: > 1 } now && !now.Document.Contains("\"clip\":", StringComparison.Ordinal), "the end of the clip");
        plan = await producer.Direct(new { card = new { kind = "BREAK", title = "Back soon", clip = (string)clip["id"]! } });
        Assert.Equal((string)clip["url"]!, (string)plan["card"]!["clip"]!);
        await producer.Direct(new { clear = "CARD" });
        await producer.Graph("mutation($id: ID!) { removeClip(id: $id) }", new { id = (string)clip["id"]! });
        Assert.Equal("no-such-clip", await producer.Refused(new { clip = new { id = (string)clip["id"]! } }));
    }

    [Fact]
    public async Task WhatCannotBePlayedIsRefusedAndNotKept()
    {
        var scene = await Scene.Arrange(app);
        var producer = await scene.Member(OrganizationRole.Producer);
        async Task<(HttpStatusCode, string)> Refused(byte[] content, string contentType)
        {
            var (status, answer) = await Upload(scene, producer, Clips(scene, "It") + "&seconds=0", content, contentType);
            return (status, (string)answer["code"]!);
        }
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-clip"), await Refused(Samples.Recorder, "application/octet-stream"));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-clip"), await Refused(Samples.Recorder, "video/webm"));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-clip"), await Refused([], "video/mp4"));
        Assert.Equal(HttpStatusCode.BadRequest, (await Refused(Samples.Recorder[..300], "video/mp4")).Item1);
        // A playlist in disguise reads no other file.
        Assert.Equal(HttpStatusCode.BadRequest, (await Refused([0, 0, 0, 0, .. "ftyp\n#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nfile:///etc/passwd\n"u8], "video/mp4")).Item1);
        using var huge = new HugeContent();
        using var studio = new Studio(app.Url, scene, producer);
        using var request = new HttpRequestMessage(HttpMethod.Post, Clips(scene, "It")) { Content = huge, Headers = { ExpectContinue = true } };
        using var tooLarge = await studio.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        var kept = (await studio.Graph(Kept, new { id = scene.Stage.Id }))["room"]!["stage"]!["clips"]!;
        Assert.Empty(kept.AsArray());
    }

    private static string Clips(Scene scene, string name) => $"/stage/{scene.Stage.Id}/clips?name={name}";

    private async Task<(HttpStatusCode Status, JsonNode Answer)> Upload(Scene scene, Person? person, string path, byte[] content, string contentType, Guid? onlyEvent = null)
    {
        using var studio = new Studio(app.Url, scene, person, onlyEvent);
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var response = await studio.Http.PostAsync(path, body, Cancellation);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!);
    }

    private static byte[] Page(SKColor colour)
    {
        using var bitmap = new SKBitmap(160, 90);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(colour);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    /// <summary>Says that it is larger than a server takes, and waits to be asked for it.</summary>
    private sealed class HugeContent : HttpContent
    {
        public HugeContent() => Headers.ContentType = new("video/mp4");

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long length)
        {
            length = 200_000_000_000;
            return true;
        }
    }
}

public sealed class SlideAndClipFactsOnSqlite(SqliteApp app) : SlideAndClipFacts(app);

public sealed class SlideAndClipFactsOnPostgres(PostgresApp app) : SlideAndClipFacts(app);
