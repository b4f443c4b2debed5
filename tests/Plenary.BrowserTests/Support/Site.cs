using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plenary.BrowserTests.Support;

/// <summary>
/// The real program as a process of its own, with its own data folder and port on <c>localhost</c>. It can be killed and started again on
/// the same data.
/// </summary>
public sealed partial class Site : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = Patience.Time;
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-site-").FullName;
    private readonly string[] arguments;
    private readonly List<string> output = [];
    private Process? process;

    private Site(string[] arguments) => this.arguments = arguments;

    public Uri Url { get; } = new($"http://localhost:{FreePort.Take()}");

    /// <summary>What the program wrote so far.</summary>
    public string Output
    {
        get { lock (output) return string.Join('\n', output); }
    }

    /// <summary>Whether it has not been killed.</summary>
    public bool IsRunning => process is { HasExited: false };

    /// <summary>Starts the program on an empty data folder.</summary>
    /// <param name="arguments">Settings, as on the command line: <c>--Media:Ffmpeg off</c>.</param>
    public static async Task<Site> StartAsync(params string[] arguments)
    {
        var site = new Site(arguments);
        await site.StartAgainAsync();
        return site;
    }

    /// <summary>Starts the program on the data it left.</summary>
    public async Task StartAgainAsync()
    {
        var program = Program();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(program)! };
        foreach (var argument in (string[])[program, "--urls", Url.GetLeftPart(UriPartial.Authority), "--Data:Folder", folder, .. arguments]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient();
        for (var began = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Url, "/health/ready"));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) { }
            if (process.HasExited || began.Elapsed > StartLimit) throw new InvalidOperationException("The site did not start:\n" + Output);
            await Task.Delay(100);
        }
    }

    /// <summary>Takes the process away without a word, as a lost machine would.</summary>
    public async Task KillAsync()
    {
        process!.Kill(); // SIGKILL
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until the program has written this.</summary>
    public async Task SaysAsync(string what)
    {
        for (var began = Stopwatch.StartNew(); !Output.Contains(what, StringComparison.Ordinal); await Task.Delay(50))
            if (began.Elapsed > StartLimit) throw new InvalidOperationException($"The site never said “{what}”:\n{Output}");
    }

    /// <summary>The one-time link printed at the first start.</summary>
    public async Task<string> SetupPathAsync()
    {
        for (var began = Stopwatch.StartNew(); began.Elapsed < StartLimit; await Task.Delay(50))
            if (SetupLink().Match(Output) is { Success: true } found) return found.Value;
        throw new InvalidOperationException("No setup link was printed:\n" + Output);
    }

    /// <summary>The newest mail to the address whose text has a link of that kind; waits for it. Answers the link's path.</summary>
    public Task<string> MailedPathAsync(string to, string prefix) => MailedPathAsync(Url, to, prefix);

    /// <summary>The same at any address of a site.</summary>
    public static async Task<string> MailedPathAsync(Uri site, string to, string prefix)
    {
        using var http = new HttpClient();
        for (var began = Stopwatch.StartNew(); began.Elapsed < StartLimit; await Task.Delay(100))
        {
            var mails = await http.GetFromJsonAsync<JsonArray>(new Uri(site, $"/mailbox.json?to={Uri.EscapeDataString(to)}"));
            foreach (var mail in mails!)
                if (Regex.Match((string?)mail!["text"] ?? "", Regex.Escape(prefix) + @"[A-Za-z0-9_\-.~%]+") is { Success: true } found) return found.Value;
        }
        throw new InvalidOperationException($"No mail to {to} with {prefix}");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await KillAsync();
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Note(string? line)
    {
        if (line is not null) lock (output) output.Add(line);
    }

    /// <summary>A file of the repository.</summary>
    public static string InRepository(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Plenary.slnx"))) return Path.Combine([folder.FullName, .. path]);
        throw new InvalidOperationException("The repository was not found above " + AppContext.BaseDirectory);
    }

    private static string Program()
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        return InRepository("src", "Plenary", "bin", configuration, "net10.0", "Plenary.dll");
    }

    [GeneratedRegex(@"/setup/[A-Za-z0-9_\-]+")]
    private static partial Regex SetupLink();
}
