using System.Diagnostics;

namespace Plenary.Stage.Composition;

/// <summary>A Chromium without a window that shows one page. Ended by its own handle, never by name; it ends with this process, too, however that ends.</summary>
internal sealed class ComposerBrowser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs the browser until it ends or its input closes: the input is a pipe from this process, which closes even when it is killed. Browsers of
    /// servers that died would otherwise go on for ever.
    /// </summary>
    private const string WhileWeLive = """exec 3<&0; "$@" </dev/null 3<&- & browser=$!; (cat <&3 >/dev/null; kill -9 $browser) 2>/dev/null & wait $browser""";

    private static readonly string[] Arguments =
    [
        "--headless=new", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-component-update", "--disable-background-networking", "--disable-sync",
        "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars", "--mute-audio", "--window-size=1280,720",
        // Nobody clicks here, and nobody looks: sound starts by itself, and nothing is slowed because it is hidden.
        "--autoplay-policy=no-user-gesture-required", "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
        // Speakers on this very machine or in its network are reached by their addresses.
        "--allow-loopback-in-peer-connection", "--disable-features=WebRtcHideLocalIpsWithMdns,CalculateNativeWinOcclusion",
    ];

    private readonly Process process;
    private readonly string profile;
    private readonly Task said;

    private ComposerBrowser(Process process, string profile, ILogger log)
    {
        (this.process, this.profile) = (process, profile);
        said = ListenAsync(process.StandardError, log);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    public bool HasExited => process.HasExited;

    /// <summary>Opens a page in a browser of its own, with a profile that is thrown away afterwards.</summary>
    public static ComposerBrowser Open(string program, Uri page, ILogger log)
    {
        var profile = Directory.CreateTempSubdirectory("plenary-composer-").FullName;
        string[] arguments = [.. Arguments, $"--user-data-dir={profile}", .. Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? ["--no-sandbox"] : Array.Empty<string>(), page.ToString()];
        var start = File.Exists("/bin/sh") ? new ProcessStartInfo("/bin/sh", ["-c", WhileWeLive, "sh", program, .. arguments]) : new ProcessStartInfo(program, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        return new(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."), profile, log);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException) { } // It has ended by itself.
        await Task.WhenAll(process.WaitForExitAsync(), said).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process.Dispose();
        try { Directory.Delete(profile, recursive: true); }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException) { } // A temporary folder of a few megabytes.
    }

    private static async Task ListenAsync(StreamReader errors, ILogger log)
    {
        // Read in any case: a full pipe would stop the process.
        while (await errors.ReadLineAsync() is { } line) log.LogDebug("A composer's browser said: {Line}", line);
    }
}
