using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>The product's main job, by three people in three browsers, on an empty installation.</summary>
public sealed class EventJourney(Chromium chromium)
{
    /// <summary>Seconds for which a speaker's page may draw nothing while the machine has other work.</summary>
    private const double Stall = 5;

    [Fact]
    public async Task AnEventFromTemplateToReplay()
    {
        await using var site = await Site.StartAsync();
        await using var organizerBrowser = await chromium.NewPersonAsync(site);
        await using var speakerBrowser = await chromium.NewPersonAsync(site);
        await using var attendeeBrowser = await chromium.NewPersonAsync(site);

        // The organizer: owner, template, published, in under ten clicks.
        var organizer = await organizerBrowser.NewPageAsync();
        await organizer.ClaimAsync(site);
        var clicks = new Clicks();
        await organizer.GotoAsync("/organize");
        await clicks.On(organizer.Link("New event").First);
        await clicks.On(organizer.GetByRole(AriaRole.Main).GetByText("Webinar", new() { Exact = true }).First);
        await clicks.On(organizer.Button("Use this template"));
        await organizer.GetByLabel("Event name").FillAsync("Quiet launch");
        await clicks.On(organizer.Button("Tomorrow"));
        await clicks.On(organizer.Button("Create event"));
        await organizer.WaitForURLAsync("**/organize/events/*");
        await clicks.On(organizer.Button("Publish").First);
        await organizer.GetByText("Published", new() { Exact = true }).First.Expect().ToBeVisibleAsync();
        Assert.InRange(clicks.Count, 1, 9);

        // A speaker is invited by mail.
        await organizer.GotoAsync(organizer.Url + "/speakers");
        await organizer.Button("Add a speaker").First.ClickAsync();
        var dialog = organizer.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Amara Okafor");
        await dialog.GetByLabel("Email").FillAsync("amara@journey.example");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).Or(dialog.GetByRole(AriaRole.Button, new() { Name = "Add" })).First.ClickAsync();
        await organizer.GetByRole(AriaRole.Button, new() { NameRegex = new("Invite") }).First.ClickAsync();

        // The attendee: page, registration, mail, link, room.
        var attendee = await attendeeBrowser.NewPageAsync();
        await attendee.GotoAsync("/e/quiet-launch");
        await attendee.GetByRole(AriaRole.Heading, new() { Name = "Quiet launch" }).First.Expect().ToBeVisibleAsync();
        await attendee.Button("Register").First.ClickAsync();
        await attendee.GetByLabel("Name", new() { Exact = true }).FillAsync("Nadia Benali");
        await attendee.GetByLabel("Email").FillAsync("nadia@journey.example");
        await attendee.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();
        await attendee.GetByText("Look into your mail").First.Expect().ToBeVisibleAsync();
        await attendee.GotoAsync(await site.MailedPathAsync("nadia@journey.example", "/j/"));
        await attendee.WaitForURLAsync("**/e/quiet-launch/rooms/lobby");
        await attendee.Link("Go in Main stage").ClickAsync();
        await attendee.WaitForURLAsync("**/e/quiet-launch/rooms/main-stage");
        await attendee.GetByRole(AriaRole.Log).First.Expect().ToBeVisibleAsync();

        // The speaker: link, device check, backstage, live.
        var speaker = await speakerBrowser.NewPageAsync();
        await speaker.GotoAsync(await site.MailedPathAsync("amara@journey.example", "/j/"));
        await speaker.WaitForURLAsync("**/e/quiet-launch/studio/main-stage");
        await speaker.GotoAsync("/e/quiet-launch/studio/main-stage?timecode=1");
        await speaker.Button("Go backstage").ClickAsync();
        await speaker.GetByText("Only the crew sees this").First.Expect().ToBeVisibleAsync();
        await attendee.GetByText("Starts", new() { Exact = false }).First.Expect().ToBeVisibleAsync();
        await speaker.Button("Go live").ClickAsync();

        await SeesAsync(attendee);
        await speaker.GetByText("On air").First.Expect().ToBeVisibleAsync();

        // Words and reactions both ways.
        await attendee.SayAsync("Hello from the hall");
        await speaker.GetByText("Hello from the hall").First.Expect().ToBeVisibleAsync();
        await speaker.SayAsync("Hello from the stage");
        await attendee.GetByText("Hello from the stage").First.Expect().ToBeVisibleAsync();
        await attendee.Button("Clap").ClickAsync();

        // The attendee's network is gone for five seconds while messages flow: nothing missing, nothing twice.
        await attendeeBrowser.SetOfflineAsync(true);
        var spoken = Enumerable.Range(1, 12).Select(i => $"Tunnel line {i}").ToList();
        foreach (var (line, i) in spoken.Select((l, i) => (l, i)))
        {
            await speaker.SayAsync(line);
            await speaker.GetByText(line, new() { Exact = true }).First.Expect().ToBeVisibleAsync();
            if (i % 3 == 2) await Task.Delay(1_200, TestContext.Current.CancellationToken); // the length of the tunnel is part of the story, not a wait for something
        }
        await attendeeBrowser.SetOfflineAsync(false);
        await attendee.GetByText(spoken[^1], new() { Exact = true }).First.Expect().ToBeVisibleAsync();
        Assert.Equal(spoken, await attendee.HeardAsync("Tunnel line"));

        await EndsAsync(speaker);
        await PlaysAgainAsync(attendee, "Hello from the hall");
    }

    /// <summary>The speaker's browser records what it can send to everybody as it is; nothing is made of it on the way.</summary>
    [Fact]
    public async Task AStageOfAServerWithoutFfmpegIsSeenAndPlayedAgain()
    {
        await using var site = await Site.StartAsync("--demo", "--Media:Ffmpeg", "off");
        await using var hostBrowser = await chromium.NewPersonAsync(site);
        await using var attendeeBrowser = await chromium.NewPersonAsync(site);
        await hostBrowser.EnterDemoAsync("organizer");
        await attendeeBrowser.EnterDemoAsync("attendee");
        var (host, attendee) = (await hostBrowser.NewPageAsync(), await attendeeBrowser.NewPageAsync());
        await host.GotoAsync("/e/groundwork/studio/main-stage?timecode=1");
        await host.Button("Go backstage").ClickAsync();
        await host.Button("Go live").ClickAsync();
        await attendee.GotoAsync("/e/groundwork/rooms/main-stage");
        await SeesAsync(attendee);
        await attendee.SayAsync("No ffmpeg, no trouble");
        await attendee.GetByText("No ffmpeg, no trouble").First.Expect().ToBeVisibleAsync();
        await EndsAsync(host);
        await PlaysAgainAsync(attendee, "No ffmpeg, no trouble");
    }

    /// <summary>The attendee's frames carry the speaker's clock.</summary>
    private static async Task SeesAsync(IPage attendee)
    {
        var video = attendee.GetByTestId("stage-video");
        await video.Expect().ToBeVisibleAsync();
        var age = await video.FrameAgeAsync(Patience.Time);
        var ages = new List<int>();
        for (var i = 0; i < 8; i++) ages.Add(await video.FrameAgeAsync(Patience.Time));
        var settled = ages.Order().ElementAt(ages.Count / 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"first frame {age} ms old, settled {settled} ms");
        Assert.InRange(settled, 1, 20_000);
    }

    private static async Task EndsAsync(IPage speaker)
    {
        await speaker.Button("End broadcast").First.ClickAsync();
        await speaker.GetByRole(AriaRole.Dialog).Or(speaker.GetByRole(AriaRole.Alertdialog)).GetByRole(AriaRole.Button, new() { Name = "End broadcast" }).ClickAsync();
        await speaker.GetByText("You are off air").First.Expect().ToBeVisibleAsync();
    }

    /// <summary>The replay plays; where one seeks to there is the picture of that moment, beside what was said by then.</summary>
    private static async Task PlaysAgainAsync(IPage attendee, string said)
    {
        await attendee.GetByRole(AriaRole.Link, new() { Name = "Watch the replay" }).First.ClickAsync();
        var replay = attendee.GetByTestId("replay-video");
        await attendee.Button("Play").First.ClickAsync();
        await attendee.WaitForFunctionAsync("() => { const v = document.querySelector('[data-testid=replay-video]'); return v && v.currentTime > 1 && v.videoWidth > 0; }");
        Assert.InRange(await replay.EvaluateAsync<double>("v => v.duration"), 3, 600);
        await attendee.Button("Pause").First.ClickAsync();
        var message = attendee.GetByTestId("replay-chat").Locator(".msg").Filter(new() { HasText = said });
        var position = attendee.GetByRole(AriaRole.Slider, new() { Name = "Position" });
        await position.PressAsync("Home");
        await message.Expect().ToHaveCountAsync(0);
        var (began, first) = await MomentAsync(replay, (at, _) => at < 0.5);
        await position.PressAsync("End");
        await message.GetByRole(AriaRole.Button).ClickAsync();
        // The picture is that of the moment, or older when the speaker's page stood still; never of the beginning, and never of later.
        var (moment, then) = await MomentAsync(replay, (at, drawn) => at > began + 1 && drawn > first && drawn - first - (at - began) is >= -Stall and <= 1.5);
        TestContext.Current.TestOutputHelper?.WriteLine($"{moment - began:0.00} s on, a picture drawn {then - first:0.00} s later");
        await message.Expect().ToHaveCountAsync(1);
    }

    /// <summary>Waits until the video stands at such a second and shows such a picture; answers both: the second, and when the picture was drawn, by the speaker's clock in seconds.</summary>
    private static async Task<(double At, double Drawn)> MomentAsync(ILocator video, Func<double, double, bool> stands)
    {
        var latest = (At: double.NaN, Drawn: double.NaN);
        var seen = new HashSet<string>();
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < Patience.Time; await Task.Delay(100))
            if (await video.EvaluateAsync<double?>("v => v.seeking || v.readyState < 2 ? null : v.currentTime") is { } at && await video.TimecodeAsync() is { } drawn)
            {
                if (stands(at, drawn)) return (at, drawn);
                latest = (at, drawn);
                seen.Add($"{at:0.0} with {drawn:0.0}");
            }
        throw new TimeoutException($"The replay never stood there, at last at {latest.At:0.0} with a picture of {latest.Drawn:0.0}; seen before: {string.Join(", ", seen)}.");
    }

    /// <summary>Counts what an organizer has to press.</summary>
    private sealed class Clicks
    {
        public int Count { get; private set; }

        public Task On(ILocator target)
        {
            Count++;
            return target.ClickAsync();
        }
    }
}
