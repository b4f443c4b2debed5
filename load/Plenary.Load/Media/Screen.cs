using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plenary.Load.Bench;

namespace Plenary.Load.Media;

/// <summary>A real Chromium that plays a stage with hls.js and reads the time off the picture: how old is what a viewer sees.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private readonly Workspace work;
    private readonly WebApplication page;
    private readonly string address;
    private readonly List<(long At, int Age)> samples = [];

    private Screen(Workspace work, WebApplication page, string address) => (this.work, this.page, this.address) = (work, page, address);

    public static async Task<Screen> Start(Workspace work)
    {
        var library = Path.Combine(work.Sources, "../web/node_modules/hls.js/dist/hls.min.js");
        if (!File.Exists(library)) throw new InvalidOperationException("hls.js is not there: npm --prefix web ci");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var page = builder.Build();
        var address = $"http://127.0.0.1:{FreePort.Take()}";
        page.Urls.Add(address);
        var screen = new Screen(work, page, address);
        page.MapGet("/", () => Results.File(Path.Combine(work.Sources, "media/player.html"), "text/html"));
        page.MapGet("/hls.js", () => Results.File(library, "text/javascript"));
        page.MapPost("/sample", async (HttpRequest request) =>
        {
            using var text = new StreamReader(request.Body);
            var age = int.Parse(await text.ReadToEndAsync(), CultureInfo.InvariantCulture);
            lock (screen.samples) screen.samples.Add((Stopwatch.GetTimestamp(), age));
        });
        await page.StartAsync();
        return screen;
    }

    /// <summary>Plays for so long and answers the ages of the picture, in seconds, of the time after the first so many seconds.</summary>
    /// <param name="timecode">The picture has the clock of the product's own compositor, not that of <see cref="Camera"/>.</param>
    public async Task<(double P50, double P95, int Samples)> Watch(string playlist, bool plain, double settle, double seconds, bool timecode = false)
    {
        lock (samples) samples.Clear();
        var profile = Path.Combine(work.Folder, $"chromium-{Guid.CreateVersion7():N}");
        var chromium = work.Start("chromium", "/usr/bin/chromium", ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required", "--mute-audio", "--disable-gpu",
            $"--user-data-dir={profile}", $"{address}/?src={Uri.EscapeDataString(playlist)}{(plain ? "&plain" : "")}{(timecode ? "&timecode" : "")}"]);
        try
        {
            await Workspace.Until(() => Task.FromResult(Count() > 0), 40, () => "the browser showed no picture: " + work.LastWords("chromium"));
            await Task.Delay(TimeSpan.FromSeconds(settle));
            lock (samples) samples.Clear();
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            int[] ages;
            lock (samples) ages = [.. samples.Select(s => s.Age).Where(age => age < 60_000).Order()];
            return ages.Length == 0 ? (double.NaN, double.NaN, 0) : (ages[ages.Length / 2] / 1000.0, ages[(int)(ages.Length * 0.95)] / 1000.0, ages.Length);
        }
        finally
        {
            await work.End(chromium);
        }
    }

    public ValueTask DisposeAsync() => page.DisposeAsync();

    private int Count()
    {
        lock (samples) return samples.Count;
    }
}
