using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plenary.Events;
using Plenary.Load.Bench;

namespace Plenary.Load.Media;

/// <summary>
/// Who is seen over WebRTC: how old the picture is between two browsers and through Janus, and what a viewer costs Janus. The browsers are real, with the product's page for
/// those who work on calls, whose camera films a clock.
/// </summary>
internal sealed class CallBench(Workspace work, Postgres postgres, double seconds) : IAsyncDisposable
{
    /// <summary>Reads the clock off the picture, as web/src/stage/timecode.ts draws it; answers the picture's age in milliseconds.</summary>
    private const string Age =
        """
        video => {
          const width = video.videoWidth, bits = 32;
          if (!width) return null;
          const canvas = document.createElement("canvas");
          canvas.width = width; canvas.height = Math.floor(video.videoHeight / 12);
          const context = canvas.getContext("2d", { willReadFrequently: true });
          context.drawImage(video, 0, 0);
          const row = context.getImageData(0, Math.floor(canvas.height / 2), width, 1).data;
          let code = 0;
          for (let bit = 0; bit < bits; bit++) code = code * 2 + (row[Math.floor((bit + .5) * width / bits) * 4 + 1] > 128 ? 1 : 0);
          return ((Date.now() >>> 0) - code) | 0;
        }
        """;

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The median age between two browsers that send to each other, and its 95th percentile, in seconds.</summary>
    public async Task<(double P50, double P95)> Mesh()
    {
        await using var engine = await Start([]);
        var hall = await Hold(engine, 1, 2);
        var cookies = await File.ReadAllLinesAsync(hall.WriteCrewCookies(Path.Combine(work.Folder, "mesh-crew")));
        await Open(engine, hall, cookies[0]);
        var other = await Open(engine, hall, cookies[1]);
        return await Watch(other);
    }

    /// <summary>The same through Janus to a viewer, and what Janus's processor does: for the one who sends, and for each of the viewers, in cores.</summary>
    public async Task<(double P50, double P95, double Publisher, double Viewer, int Viewers)> Janus(int viewers)
    {
        if (JanusServer.Missing is { } missing) throw new InvalidOperationException(missing);
        await using var janus = await JanusServer.StartAsync();
        await using var engine = await Start(janus.Settings);
        var hall = await Hold(engine, viewers, 1);
        var speaker = (await File.ReadAllLinesAsync(hall.WriteCrewCookies(Path.Combine(work.Folder, "janus-crew"))))[0];
        var cookies = await File.ReadAllLinesAsync(hall.WriteCookies(Path.Combine(work.Folder, "janus-people"), 0, viewers));
        await Open(engine, hall, speaker);
        var first = await Open(engine, hall, cookies[0]);
        var (p50, p95) = await Watch(first);
        var one = await Cores(janus);
        var pages = new List<IPage> { first };
        foreach (var cookie in cookies.Skip(1)) pages.Add(await Open(engine, hall, cookie));
        foreach (var page in pages) await Shows(page);
        var all = await Cores(janus);
        var each = Math.Max(0, (all - one) / (viewers - 1));
        return (p50, p95, Math.Max(0, one - each), each, viewers);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    private async Task<PlenaryEngine> Start(string[] settings)
    {
        var engine = new PlenaryEngine(work, postgres, ["--environment", "Development", .. settings]);
        await engine.Start(1);
        return engine;
    }

    /// <summary>An event whose crew may be seen.</summary>
    private static async Task<Hall> Hold(PlenaryEngine engine, int people, int speakers)
    {
        var hall = await Hall.Build(engine.Installation, people, speakers);
        await using var db = engine.Installation.OpenDb();
        foreach (var person in await db.Set<EventRoleGrant>().Where(g => g.EventId == hall.Event).Select(g => g.PersonId).ToListAsync())
            db.Add(new EventRoleGrant { EventId = hall.Event, PersonId = person, Role = EventRole.Speaker });
        await db.SaveChangesAsync();
        return hall;
    }

    private async Task<IPage> Open(PlenaryEngine engine, Hall hall, string cookie)
    {
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--autoplay-policy=no-user-gesture-required", "--allow-loopback-in-peer-connection", "--mute-audio"],
        });
        var site = $"http://localhost:{engine.Ports.First()}";
        var person = await browser.NewContextAsync();
        var parts = cookie.Split('=', 2);
        await person.AddCookiesAsync([new() { Name = parts[0], Value = parts[1], Url = site }]);
        var page = await person.NewPageAsync();
        await page.GotoAsync($"{site}/design/call?event={hall.Event}&room={hall.Room}");
        return page;
    }

    private static ILocator Picture(IPage page) => page.Locator("video[aria-label$=camera]").First;

    private static Task Shows(IPage page) => Workspace.Until(
        async () => await Picture(page).CountAsync() > 0 && await Picture(page).EvaluateAsync<JsonElement?>(Age) is { ValueKind: JsonValueKind.Number } age && age.GetInt32() is > 0 and < 5_000,
        40, () => "a browser shows no picture");

    private async Task<(double P50, double P95)> Watch(IPage page)
    {
        await Shows(page);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var ages = new List<int>();
        // By the clock: on a busy machine a look takes longer than the pause before the next.
        for (var began = System.Diagnostics.Stopwatch.GetTimestamp(); System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds < seconds;)
        {
            if (await Picture(page).EvaluateAsync<JsonElement?>(Age) is { ValueKind: JsonValueKind.Number } age && age.GetInt32() is > 0 and < 60_000) ages.Add(age.GetInt32());
            await Task.Delay(250);
        }
        if (ages.Count == 0) throw new InvalidOperationException("no picture had the clock in it");
        ages.Sort();
        return (ages[ages.Count / 2] / 1000.0, ages[(int)(ages.Count * 0.95)] / 1000.0);
    }

    private async Task<double> Cores(JanusServer janus)
    {
        await Task.Delay(TimeSpan.FromSeconds(3));
        var (before, began) = (Usage.CpuOfFamily(janus.Id), System.Diagnostics.Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        return (Usage.CpuOfFamily(janus.Id) - before) / System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
