using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Rooms;
using Plenary.Tests.Calls;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>Who makes the picture of a stage: the next window when one is gone, or a browser that the server starts and keeps to its stage.</summary>
[Trait("Speed", "Slow")]
public sealed class ComposerFacts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhenTheHostIsGoneTheNextWindowMakesThePicture()
    {
        await using var server = await ServerProcess.StartAsync(null, "--Media:Ffmpeg", "off", "--Media:Composer", "off");
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var (host, speaker) = (await scene.Member(OrganizationRole.Producer), await scene.Granted(EventRole.Speaker));
        using var studio = new Studio(server.Url, scene, host);
        using var director = new Director(server.Url, scene, host);
        using var second = new Studio(server.Url, scene, speaker);
        using (var amara = new Director(server.Url, scene, speaker)) await amara.Consent();
        await using var audience = await scene.Enter(await scene.Attendee());
        await using var successor = new Caller(await scene.Enter(speaker, room: scene.Backstage));
        await successor.Enter();
        await director.Direct(new { bringOn = new { person = speaker.Id } });
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        Assert.Equal("stage-busy", await second.Refused(Studio.GoLiveDocument, new { room = scene.Stage.Id }));
        await using (var leader = new Caller(await scene.Enter(host, room: scene.Backstage)))
        {
            await leader.Enter();
            await director.Direct(new { host = new { peer = leader.Peer } });
            using var uplink = await studio.Connect(broadcast);
            await uplink.Hello(Guid.CreateVersion7(), container, 0);
            await uplink.Send(recording[..(recording.Length * 4 / 5)]);
            await audience.Until(() => audience.Stage.State == StageState.Live, "live");
            uplink.Cut();
        }
        await audience.Until(() => audience.Stage.State == StageState.Interrupted, "interrupted");
        await successor.Live.Until(() => HostOf(successor.Live) == successor.Peer, "the plan's next host");

        // Whom the plan names may go on with the broadcast of another, and the audience sees it.
        Assert.Equal(broadcast, (await second.Begin(scene.Stage)).Broadcast);
        using (var uplink = await second.Connect(broadcast))
        {
            await uplink.Hello(Guid.CreateVersion7(), container, 0);
            await uplink.Send(recording[..(recording.Length * 4 / 5)]);
            await audience.Until(() => audience.Stage.State == StageState.Live, "live again");
        }
        await studio.End(broadcast);
        await successor.Live.Until(() => HostOf(successor.Live) is null, "nobody");
        Assert.Equal("not-found", await RefusedUpload(second, broadcast));
    }

    [Fact]
    public async Task AComposerIsStartedForAStageThatAsksKeptToItStartedAnewAndEnded()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The browser's place is taken by a shell script.");
        var folder = Directory.CreateTempSubdirectory("plenary-chromium-").FullName;
        var browser = Path.Combine(folder, "chromium");
        await File.WriteAllTextAsync(browser, $"#!/bin/sh\nfor page; do :; done\necho \"$page\" > {folder}/part-$$ && mv {folder}/part-$$ {folder}/start-$$\nexec sleep 600\n", Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var server = await ServerProcess.StartAsync(null, "--Media:Ffmpeg", "off", "--Media:Composer", browser);
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var host = await scene.Member(OrganizationRole.Producer);
        var other = new Room { EventId = scene.Event.Id, Slug = "lobby", Name = "Lobby", Kind = RoomKind.Lobby };
        await scene.Save(other);
        using var studio = new Studio(server.Url, scene, host);
        using var director = new Director(server.Url, scene, host);
        var (broadcast, container, _) = await studio.Begin(scene.Stage);
        await director.Direct(new { host = new { worker = true } });
        var (page, first) = await StartedAsync(folder, []);
        Assert.Equal($"/composer/{scene.Stage.Id}", page.AbsolutePath);

        // The ticket is good once.
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = page };
        using var opened = await http.PostAsJsonAsync("/composer/session", new { ticket = page.Fragment[1..] }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var task = JsonNode.Parse(await opened.Content.ReadAsStringAsync(Cancellation))!;
        Assert.Equal((scene.Backstage.Id, broadcast), ((Guid)task["backstage"]!, (Guid)task["broadcast"]!));
        using var again = await http.PostAsJsonAsync("/composer/session", new { ticket = page.Fragment[1..] }, Cancellation);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);

        // Its session counts behind this stage and nowhere else.
        var cookie = opened.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("plenary=", StringComparison.Ordinal)).Split(';')[0];
        using var asking = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = "{ viewer { name } }" }), Headers = { { "Cookie", cookie } } };
        using var asked = await http.SendAsync(asking, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        await using var live = await new LiveClient(server.Url, cookie).Start();
        Assert.Equal("not-found", await LiveClient.Refused(() => live.Join(other.Id)));
        await live.Join(scene.Backstage.Id);
        var peer = Guid.CreateVersion7();
        using var naming = new HttpRequestMessage(HttpMethod.Post, "/composer/peer") { Content = JsonContent.Create(new { peer }), Headers = { { "Cookie", cookie } } };
        using var named = await http.SendAsync(naming, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, named.StatusCode);
        await live.Until(() => HostOf(live) == peer, "the composer in the plan");

        // The browser dies: another is started, with another ticket.
        Process.GetProcessById(first).Kill();
        var (renewed, second) = await StartedAsync(folder, [first]);
        Assert.Equal(page.AbsolutePath, renewed.AbsolutePath);
        Assert.NotEqual(page.Fragment, renewed.Fragment);

        await studio.End(broadcast);
        await GoneAsync(second);
        // A server that is killed takes its browsers with it.
        (broadcast, _, _) = await studio.Begin(scene.Stage);
        await director.Direct(new { host = new { worker = true } });
        var (_, third) = await StartedAsync(folder, [first, second]);
        await server.Kill();
        await GoneAsync(third);
        Directory.Delete(folder, recursive: true);
    }

    private static Guid? HostOf(LiveClient live) => live.Plan is { } plan && JsonNode.Parse(plan.Document)!["host"] is { } host ? (Guid)host["peer"]! : null;

    private static async Task<string> RefusedUpload(Studio who, Guid broadcast)
    {
        using var uplink = await who.Connect(broadcast);
        return await uplink.Refused();
    }

    /// <summary>Waits for a browser that is not one of these; answers its page and its process.</summary>
    private static async Task<(Uri Page, int Process)> StartedAsync(string folder, int[] known)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        while (true)
        {
            var started = Directory.GetFiles(folder, "start-*").Select(file => (File: file, Id: int.Parse(Path.GetFileName(file)["start-".Length..], System.Globalization.CultureInfo.InvariantCulture))).FirstOrDefault(s => !known.Contains(s.Id));
            if (started.File is not null) return (new Uri((await File.ReadAllTextAsync(started.File, patience.Token)).Trim()), started.Id);
            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task GoneAsync(int id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        while (true)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                if (process.HasExited) return;
            }
            catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
            {
                return;
            }
            await Task.Delay(50, patience.Token);
        }
    }
}
