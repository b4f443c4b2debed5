using System.Diagnostics;
using System.Globalization;
using Plenary.Load.Bench;

namespace Plenary.Load.Media;

/// <summary>
/// The stage in front of its audience: how old the picture is that a viewer sees, on each way to them, and what a stage and a viewer cost the
/// server, directly and behind nginx with the files of <c>deploy/nginx</c>.
/// </summary>
/// <param name="work">Where it is done.</param>
/// <param name="quick">Shorter, and less sure.</param>
/// <param name="only">One part alone: audience, composer or calls.</param>
internal sealed class MediaBench(Workspace work, bool quick, string? only)
{
    private readonly Table paths = new("path", "glass to glass p50 / p95", "server's CPU");
    private readonly Table crowds = new("audience", "questions a second", "failed", "at the origin", "origin's CPU per viewer", "viewers per origin core", "nginx's CPU per viewer");
    private readonly Dictionary<string, double> figures = [];
    private readonly List<string> remarks = [];

    private double Seconds => quick ? 10 : 30;

    public async Task<Dictionary<string, double>> Run()
    {
        await using var postgres = await Postgres.Start(work);
        if (only is null or "audience") await Audience(postgres);
        if (only is null or "composer") await Composer(postgres);
        if (only is null or "calls") await Calls(postgres);
        work.Say("");
        work.Say(paths.ToString());
        work.Say("");
        work.Say(crowds.ToString());
        foreach (var remark in remarks) work.Say(remark);
        return figures;
    }

    private async Task Calls(Postgres postgres)
    {
        await using var calls = new CallBench(work, postgres, Seconds);
        await Part("WebRTC between browsers", async () =>
        {
            var mesh = await calls.Mesh();
            (figures["mesh.p50"], figures["mesh.p95"]) = mesh;
            paths.Add("WebRTC between two browsers", Text($"{mesh.P50:0.00} / {mesh.P95:0.00} s"), "none");
            work.Say(Text($"WebRTC between two browsers: {mesh.P50:0.00} / {mesh.P95:0.00} s"));
        });
        await Part("WebRTC through Janus", async () =>
        {
            var janus = await calls.Janus(quick ? 4 : 6);
            (figures["janus.p50"], figures["janus.p95"], figures["janus.viewer.cpu"]) = (janus.P50, janus.P95, janus.Viewer * 1000);
            paths.Add("WebRTC through Janus", Text($"{janus.P50:0.00} / {janus.P95:0.00} s"), Text($"Janus: {janus.Publisher * 100:0.0} % of a core"));
            work.Say(Text($"WebRTC through Janus: {janus.P50:0.00} / {janus.P95:0.00} s"));
            remarks.Add(Text($"Janus: {janus.Publisher * 1000:0.0} ‰ of a core for who sends in three sizes, {janus.Viewer * 1000:0.0} ‰ for each of {janus.Viewers} viewers: {(janus.Viewer > 0 ? 1 / janus.Viewer : double.NaN):0} viewers a core"));
            work.Say(remarks[^1]);
        });
    }

    /// <summary>A browser of the server draws a film, and records what it drew, in 1280×720 at 25 a second; the server copies it.</summary>
    private Task Composer(Postgres postgres) => Part("a composer of the server", async () =>
    {
        await using var screen = await Screen.Start(work);
        await using var engine = new PlenaryEngine(work, postgres, "--Media:Composer", "auto", "--Media:Timecode", "true");
        await engine.Start(1);
        var stage = await BenchStage.Open(engine, work);
        await stage.Compose(await Camera.Film(work, 20));
        double Browser() => engine.Ids.SelectMany(Usage.Children).Where(id => Usage.Name(id) == "sh").Sum(Usage.CpuOfTree);
        var playlist = $"{await stage.Playlist()}/live.m3u8";
        var (drawing, began) = (Browser(), Stopwatch.GetTimestamp());
        await Glass("composer (720p) → LL-HLS", "composer", screen, playlist, false, engine, timecode: true);
        var cores = (Browser() - drawing) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        figures["composer.browser.cpu"] = cores;
        remarks.Add(Text($"A composer's browser: {cores * 100:0} % of a core, beside what its stage costs the server"));
        work.Say(remarks[^1]);
        await stage.End();
    });

    private async Task Audience(Postgres postgres)
    {
        await using var screen = await Screen.Start(work);
        var rtmp = FreePort.Take();
        await using (var engine = new PlenaryEngine(work, postgres, "--Media:Rtmp", $"127.0.0.1:{rtmp}", "--Media:Ladder", "240"))
        {
            await engine.Start(1);
            var stage = await BenchStage.Open(engine, work);
            await Part("RTMP, copied by ffmpeg", async () =>
            {
                await using var camera = Camera.Rtmp(work, $"rtmp://127.0.0.1:{rtmp}/live/{await stage.Key()}");
                var folder = await stage.Playlist();
                await Glass("RTMP → LL-HLS", "rtmp.ll", screen, $"{folder}/live.m3u8", false, engine);
                await Glass("RTMP → HLS (whole segments)", "rtmp.hls", screen, $"{folder}/live.m3u8?plain", true, engine);
                await Glass("RTMP → 240p rendition, LL-HLS", "rtmp.240p", screen, $"{folder}/240p/live.m3u8", false, engine);
                await Crowd("LL-HLS, directly", "ll", folder, false, engine, null);
                await Crowd("HLS, directly", "hls", folder, true, engine, null);
                await using var nginx = await Edge.Start(work, new Uri(folder).Port);
                await Crowd("LL-HLS behind nginx", "ll.nginx", nginx.Of(folder), false, engine, nginx);
                await Crowd("HLS behind nginx", "hls.nginx", nginx.Of(folder), true, engine, nginx);
            });
            await Part("browser's upload, copied by ffmpeg", async () =>
            {
                await stage.End();
                await using var camera = await Camera.Upload(work, await stage.GoLive(), stage.Cookie, mp4: false);
                await Glass("Upload (H.264, Opus) → LL-HLS", "upload.ll", screen, $"{await stage.Playlist()}/live.m3u8", false, engine);
            });
        }
        await using (var engine = new PlenaryEngine(work, postgres, "--Media:Ffmpeg", "off"))
        {
            await engine.Start(1);
            var stage = await BenchStage.Open(engine, work);
            await Part("browser's upload, without ffmpeg", async () =>
            {
                await using var camera = await Camera.Upload(work, await stage.GoLive(), stage.Cookie, mp4: true);
                await Glass("Upload (MP4, 1 s groups) → LL-HLS, no ffmpeg", "plainserver.ll", screen, $"{await stage.Playlist()}/live.m3u8", false, engine);
            });
        }
    }

    /// <summary>When one part fails, the rest still runs and the reason is told.</summary>
    private async Task Part(string name, Func<Task> run)
    {
        work.Say($"-- {name}");
        try
        {
            await run();
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException or IOException or HttpRequestException or System.ComponentModel.Win32Exception or Microsoft.Playwright.PlaywrightException)
        {
            remarks.Add($"{name}: not measured: {failure.Message.ReplaceLineEndings(" ")}");
            work.Say(remarks[^1]);
        }
    }

    private async Task Glass(string name, string key, Screen screen, string playlist, bool plain, PlenaryEngine engine, bool timecode = false)
    {
        var (cpu, began) = (Cpu(engine), Stopwatch.GetTimestamp());
        var (p50, p95, samples) = await screen.Watch(playlist, plain, settle: quick ? 6 : 12, Seconds, timecode);
        var share = (Cpu(engine) - cpu) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        (figures[$"{key}.p50"], figures[$"{key}.p95"], figures[$"{key}.cpu"]) = (p50, p95, share);
        paths.Add(name, Text($"{p50:0.00} / {p95:0.00} s"), Text($"{share * 100:0} % of a core"));
        work.Say(Text($"{name}: {p50:0.00} / {p95:0.00} s over {samples} pictures, {share * 100:0} % of a core"));
    }

    private async Task Crowd(string name, string key, string folder, bool plain, PlenaryEngine engine, Edge? edge)
    {
        var people = quick ? 150 : 400;
        using var viewers = new Viewers($"{folder}/live.m3u8", plain);
        using var end = new CancellationTokenSource();
        // Viewers cost the process, never its ffmpegs; what the stage itself costs it is measured just before.
        var idle = await During(() => engine.Cpu, Seconds);
        var watching = viewers.Watch(people, end.Token);
        await Task.Delay(TimeSpan.FromSeconds(4));
        var (asked, origin, front, began) = (viewers.Asked, edge?.AtOrigin() ?? 0, edge?.Cpu ?? 0, Stopwatch.GetTimestamp());
        var busy = await During(() => engine.Cpu, Seconds);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var questions = (viewers.Asked - asked) / seconds;
        var passed = ((edge?.AtOrigin() ?? 0) - origin) / seconds;
        var ofEdge = ((edge?.Cpu ?? 0) - front) / seconds / people;
        await end.CancelAsync();
        await watching;
        // Less than two ticks of the clock cannot be told from nothing.
        var least = 0.02 / Seconds / people;
        var (each, sign) = busy - idle > least * people ? ((busy - idle) / people, "") : (least, "< ");
        (figures[$"{key}.cpu"], figures[$"{key}.percore"]) = (each * 1000, 1 / each);
        if (edge is not null) (figures[$"{key}.edgecpu"], figures[$"{key}.collapsed"]) = (ofEdge * 1000, questions / Math.Max(passed, 0.1));
        crowds.Add(Text($"{people} × {name}"), Text($"{questions:0}"), Text($"{viewers.Failed}"), edge is null ? "all" : Text($"{passed:0.0} a second"),
            Text($"{sign}{each * 1000:0.000} ‰ of a core"), Text($"{(sign.Length > 0 ? "> " : "")}{1 / each:N0}"), edge is null ? "" : Text($"{ofEdge * 1000:0.00} ‰"));
        work.Say(Text($"{people} × {name}: {questions:0} questions a second, {viewers.Failed} failed, {passed:0.0} at the origin behind a cache, origin {sign}{each * 1000:0.000} ‰ of a core per viewer"));
    }

    /// <summary>Cores used while so much time goes by.</summary>
    private static async Task<double> During(Func<double> cpu, double seconds)
    {
        var (before, began) = (cpu(), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        return (cpu() - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Of the process with its ffmpegs.</summary>
    private static double Cpu(PlenaryEngine engine) => engine.Ids.Sum(Usage.CpuOfFamily);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
