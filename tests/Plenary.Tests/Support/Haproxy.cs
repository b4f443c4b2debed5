using System.Diagnostics;
using System.Globalization;

namespace Plenary.Tests.Support;

/// <summary>Debian's haproxy in front of processes, with the settings of docs/operate/proxy.md.</summary>
public sealed class Haproxy : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-haproxy-").FullName;
    private readonly int port = FreePort.Take();
    private readonly int statistics = FreePort.Take();
    private readonly HttpClient http = new();
    private Process? process;

    /// <summary>Why there is none, when Debian's package is not installed; null when there is one.</summary>
    public static string? Missing => Program() is null ? "haproxy is not installed (Debian: haproxy); ./test installs it" : null;

    public Uri Url => new($"http://127.0.0.1:{port}"); // the only address it listens on: somebody else may have the port on another

    /// <summary>Starts it in front of these; answers when all are up.</summary>
    public async Task Start(IReadOnlyList<Uri> servers)
    {
        var file = Path.Combine(folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, Configuration(servers), TestContext.Current.CancellationToken);
        process = Process.Start(new ProcessStartInfo(Program()!, ["-f", file, "-db"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        for (var server = 0; server < servers.Count; server++) await Sees(server, "UP");
    }

    /// <summary>Returns when it takes a server to be up or down.</summary>
    public async Task Sees(int server, string status)
    {
        var began = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var lines = (await http.GetStringAsync(new Uri($"http://localhost:{statistics}/;csv"), TestContext.Current.CancellationToken)).Split('\n');
                var column = lines[0].Split(',').IndexOf("status");
                if (lines.Any(l => l.StartsWith($"plenary,g{server + 1},", StringComparison.Ordinal) && l.Split(',')[column].StartsWith(status, StringComparison.Ordinal))) return;
            }
            catch (HttpRequestException) { }
            Assert.True(began.Elapsed < TimeSpan.FromSeconds(90), $"haproxy never saw server {server} {status}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (process is not null)
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    private static string? Program() => new[] { "/usr/sbin/haproxy", "/usr/bin/haproxy" }.FirstOrDefault(File.Exists);

    private string Configuration(IReadOnlyList<Uri> servers) => string.Create(CultureInfo.InvariantCulture, $"""
        defaults
            mode http
            timeout connect 2s
            timeout client 1h
            timeout server 1h
            timeout http-keep-alive 30s
            retries 3
            option redispatch 1
            option forwardfor

        frontend site
            bind 127.0.0.1:{port}
            default_backend plenary

        backend plenary
            balance leastconn
            option httpchk GET /health/ready
            default-server check inter 300ms fall 2 rise 2
            retry-on conn-failure empty-response 503
            http-request disable-l7-retry unless METH_GET

        """) + string.Join('\n', servers.Select((url, n) => $"    server g{n + 1} 127.0.0.1:{url.Port}")) + string.Create(CultureInfo.InvariantCulture, $"""

        frontend statistics
            bind 127.0.0.1:{statistics}
            stats enable
            stats uri /

        """);
}
