using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plenary.Tests.Support;

/// <summary>Debian's nginx as a cache in front of a process, with the files of <c>deploy/nginx</c>.</summary>
public sealed class Nginx : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-nginx-").FullName;
    private readonly int port = FreePort.Take();
    private Process? process;

    /// <summary>Why there is none, when Debian's package is not installed; null when there is one.</summary>
    public static string? Missing => File.Exists("/usr/sbin/nginx") ? null : "nginx is not installed (Debian: nginx); ./test installs it";

    public Uri Url => new($"http://127.0.0.1:{port}");

    /// <summary>Starts it in front of this server; answers when it listens.</summary>
    public async Task Start(Uri server)
    {
        var deploy = Path.Combine(Path.GetDirectoryName(Here())!, "../../../deploy/nginx");
        var http = await File.ReadAllTextAsync(Path.Combine(deploy, "media-http.conf"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "http.conf"), http.Replace("/var/cache/nginx/plenary", $"{folder}/cache", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(deploy, "media-locations.conf"), Path.Combine(folder, "locations.conf"));
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $$"""
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 1;
            daemon off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log warn;
            events { worker_connections 4096; }
            http {
                log_format media '$upstream_cache_status $status $request_uri';
                access_log {{folder}}/access.log media;
                client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
                include {{folder}}/http.conf;
                upstream plenary { server 127.0.0.1:{{server.Port}}; keepalive 64; }
                server {
                    listen 127.0.0.1:{{port}};
                    include {{folder}}/locations.conf;
                    location / { proxy_pass http://plenary; }
                }
            }
            """), TestContext.Current.CancellationToken);
        process = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-p", folder, "-c", file]) { RedirectStandardError = true })!;
        process.BeginErrorReadLine();
        using var client = new HttpClient();
        var began = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Url, "/health/live"), TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException)
            {
                Assert.True(began.Elapsed < TimeSpan.FromSeconds(90) && !process.HasExited, "nginx did not start");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Its process, to be measured.</summary>
    public int Id => process!.Id;

    /// <summary>Everything it was asked so far: what the cache made of it (HIT, MISS, UPDATING, STALE …), the status, the address.</summary>
    public async Task<List<(string Cache, int Status, string Path)>> Asked()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "access.log"), TestContext.Current.CancellationToken);
        return [.. lines.Select(l => l.Split(' ')).Where(w => w.Length == 3).Select(w => (w[0], int.Parse(w[1], CultureInfo.InvariantCulture), w[2]))];
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            // Its workers end with it when it is asked, not when it is killed.
            if (!process.HasExited) Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
