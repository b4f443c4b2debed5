using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>Behind a stage and on it, by three people in three browsers: the crew's desk, a speaker's backstage, and the audience, one of whom comes on stage.</summary>
public sealed class StageJourney(Chromium chromium)
{
    /// <summary>The green of Chromium's fake camera: nothing else on stage is of that colour.</summary>
    private static readonly int[] Camera = [0, 89, 101, 255, 0, 69];

    /// <summary>The only colour of the clip. Least and most of red, green and blue.</summary>
    private static readonly int[] Clip = [180, 255, 0, 90, 180, 255];

    /// <summary>Part of the picture that is of a colour, from 0 to 1.</summary>
    private const string Share =
        """
        (video, [red, red1, green, green1, blue, blue1]) => {
          const is = (r, g, b) => r >= red && r <= red1 && g >= green && g <= green1 && b >= blue && b <= blue1;
          if (!video.videoWidth) return 0;
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [64, 36];
          const context = canvas.getContext("2d", { willReadFrequently: true });
          context.drawImage(video, 0, 0, 64, 36);
          const { data } = context.getImageData(0, 0, 64, 36);
          let count = 0;
          for (let at = 0; at < data.length; at += 4) if (is(data[at], data[at + 1], data[at + 2])) count++;
          return count / (64 * 36);
        }
        """;

    [Fact]
    public async Task ASpeakerIsBroughtOnAndAnAttendeeRaisesAHandAndComesUp()
    {
        await using var site = await Site.StartAsync("--demo");
        await using var crewBrowser = await chromium.NewPersonAsync(site);
        await using var speakerBrowser = await chromium.NewPersonAsync(site);
        await using var attendeeBrowser = await chromium.NewPersonAsync(site);
        await crewBrowser.EnterDemoAsync("organizer");
        await speakerBrowser.EnterDemoAsync("speaker");
        await attendeeBrowser.EnterDemoAsync("attendee");
        var (crew, speaker, attendee) = (await crewBrowser.NewPageAsync(), await speakerBrowser.NewPageAsync(), await attendeeBrowser.NewPageAsync());

        // The crew is at its desk without being seen; a speaker comes backstage after the check of the devices.
        await crew.GotoAsync("/e/groundwork/studio/main-stage?timecode=1");
        await crew.Button("Go in without camera and microphone").ClickAsync();
        await crew.GetByText("You are producing, not seen").Expect().ToBeVisibleAsync();
        await speaker.GotoAsync("/e/groundwork/studio/main-stage");
        await speaker.Button("Play a sound").ClickAsync();
        await speaker.Button("Yes").ClickAsync();
        await speaker.GetByText("You hear us").Expect().ToBeVisibleAsync();
        await speaker.Button("Go backstage").ClickAsync();
        await speaker.GetByRole(AriaRole.Heading, new() { Name = "Make yourself at home, Amara" }).Expect().ToBeVisibleAsync();
        await speaker.GetByRole(AriaRole.Figure, new() { NameRegex = new("^Lena Vogt") }).Expect().ToBeVisibleAsync();
        var amara = crew.GetByRole(AriaRole.Figure, new() { NameRegex = new("^Amara Okafor") });
        await PlaysAsync(amara.Locator("video"));

        // They talk, and she is called up.
        await crew.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Crew") }).ClickAsync();
        await crew.GetByLabel("Message the crew").FillAsync("Amara, you open.");
        await crew.Keyboard.PressAsync("Enter");
        await speaker.GetByText("Amara, you open.").First.Expect().ToBeVisibleAsync();
        await crew.Button("More about Amara Okafor").ClickAsync();
        await crew.Button("in 1 minute").ClickAsync();
        await speaker.GetByRole(AriaRole.Heading, new() { Name = "You are next, Amara" }).Expect().ToBeVisibleAsync();
        await speaker.IsAccessibleAsync("backstage, next");
        await speaker.Button("I am ready").ClickAsync();
        await crew.GetByText("Next, ready").Expect().ToBeVisibleAsync();

        // On stage, live: the audience sees her camera, of this moment, and knows her name.
        await attendee.GotoAsync("/e/groundwork/rooms/main-stage");
        await crew.Button("Bring on Amara Okafor").ClickAsync();
        await speaker.GetByTestId("you-are-on-stage").Expect().ToBeVisibleAsync();
        await crew.Button("Go live").ClickAsync();
        await speaker.GetByRole(AriaRole.Heading, new() { Name = "You are on air" }).Expect().ToBeVisibleAsync();
        var video = attendee.GetByTestId("stage-video");
        await video.FrameAgeAsync(Patience.Time);
        await ShowsAsync(video, Camera, 0.5, 1);
        await attendee.GetByRole(AriaRole.Tab, new() { Name = "People" }).ClickAsync();
        await attendee.GetByTestId("people").GetByText("Amara Okafor").First.Expect().ToBeVisibleAsync();

        // Her screen is a second track beside the camera, shown when the crew says so; then a clip that somebody made before.
        await speaker.Button("Share screen").ClickAsync();
        await PlaysAsync(crew.GetByTestId("shared-screen").Locator("video"));
        await crew.Button("Show the screen on stage").ClickAsync();
        await crew.GetByRole(AriaRole.Tab, new() { NameRegex = new("^On stage") }).ClickAsync();
        await crew.GetByTestId("on-stage").Expect().ToHaveCountAsync(2);
        await speaker.Button("Stop sharing").ClickAsync();
        await crew.GetByTestId("on-stage").Expect().ToHaveCountAsync(1);
        await crew.Button("Play clip").ClickAsync();
        await crew.GetByTestId("clip-file").SetInputFilesAsync(ClipFile());
        await crew.Button("Roll magenta").ClickAsync();
        await crew.Button("Stop magenta").Expect().ToBeVisibleAsync();
        await ShowsAsync(video, Clip, 0.1, 1);
        await crew.Button("Stop magenta").ClickAsync();
        await crew.Keyboard.PressAsync("Escape");
        await crew.GetByTestId("on-stage").Expect().ToHaveCountAsync(1);

        // A hand goes up, is asked, agrees after a look at themselves, and is brought on beside her.
        await attendee.Button("Raise hand").ClickAsync();
        await crew.GetByRole(AriaRole.Button, new() { NameRegex = new("^Ask on stage: ") }).ClickAsync();
        var sheet = attendee.GetByRole(AriaRole.Dialog);
        await sheet.GetByText("Come on stage?").Expect().ToBeVisibleAsync();
        await attendee.IsAccessibleAsync("room, asked on stage");
        await crew.IsAccessibleAsync("the desk, on air, with a hand up");
        await sheet.Button("Check my camera").ClickAsync();
        await sheet.Button("Agree and go backstage").ClickAsync();
        await attendee.GetByTestId("guest-waiting").Expect().ToBeVisibleAsync();
        var guest = crew.GetByTestId("waiting").Filter(new() { HasText = "Guest" });
        await guest.GetByRole(AriaRole.Button, new() { NameRegex = new("^Bring on ") }).ClickAsync();
        await crew.GetByRole(AriaRole.Radio, new() { Name = "Duo" }).ClickAsync();
        await attendee.GetByTestId("guest-stage").Expect().ToBeVisibleAsync();
        await crew.GetByRole(AriaRole.Tab, new() { NameRegex = new("^On stage") }).ClickAsync();
        await crew.GetByTestId("on-stage").Expect().ToHaveCountAsync(2);

        await attendee.IsAccessibleAsync("room, on stage");

        // And back: by their own will, and by the crew's.
        await attendee.Button("Leave the stage").ClickAsync();
        await attendee.GetByTestId("guest-stage").Expect().ToHaveCountAsync(0);
        await video.Expect().ToBeVisibleAsync();
        await crew.GetByTestId("on-stage").Expect().ToHaveCountAsync(1);
        await crew.Button("Take off Amara Okafor").ClickAsync();
        await speaker.GetByTestId("you-are-on-stage").Expect().ToHaveCountAsync(0);
        await ShowsAsync(video, Camera, 0, 0.05);
        await crew.Button("End broadcast").ClickAsync();
        await crew.GetByRole(AriaRole.Dialog).Button("End broadcast").ClickAsync();
        await crew.GetByText("You are off air").Expect().ToBeVisibleAsync();
    }

    private static async Task PlaysAsync(ILocator video) =>
        await video.First.EvaluateAsync("video => new Promise(resolve => { const look = () => video.videoWidth > 0 && video.currentTime > 0 ? resolve() : requestAnimationFrame(look); look(); })");

    private static string ClipFile([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Support", "magenta.mp4");

    /// <summary>Waits until the colour fills a part of the picture within these limits.</summary>
    private static async Task ShowsAsync(ILocator video, int[] colour, double least, double most)
    {
        var share = -1.0;
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < Patience.Time; await Task.Delay(200))
        {
            share = await video.EvaluateAsync<double>(Share, colour);
            if (share >= least && share <= most) return;
        }
        Assert.Fail($"The colour fills {share:P0} of the picture");
    }
}
