using System.Diagnostics;
using System.Globalization;
using Plenary.Load.Bench;

namespace Plenary.Load.Media;

/// <summary>nginx in front of the origin, with the files of <c>deploy/nginx</c>.</summary>
internal sealed class Edge(Workspace work, Process process, string folder, int port) : IAsyncDisposable
{
    /// <summary>Of its master and its worker.</summary>
    public double Cpu => Usage.CpuOfFamily(process.Id);

    public static async Task<Edge> Start(Workspace work, int origin)
    {
        if (!File.Exists("/usr/sbin/nginx")) throw new InvalidOperationException("nginx is not installed (Debian: nginx)");
        var (folder, port, deploy) = (Path.Combine(work.Folder, "nginx"), FreePort.Take(), Path.Combine(work.Sources, "../deploy/nginx"));
        Directory.CreateDirectory(folder);
        var http = (await File.ReadAllTextAsync(Path.Combine(deploy, "media-http.conf"))).Replace("/var/cache/nginx/plenary", $"{folder}/cache", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), string.Create(CultureInfo.InvariantCulture, $$"""
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 1; worker_rlimit_nofile 65536; daemon off; pid {{folder}}/pid; error_log {{folder}}/error.log warn;
            events { worker_connections 16384; }
            http {
                log_format media '$upstream_cache_status';
                access_log {{folder}}/access.log media buffer=64k flush=1s;
                client_body_temp_path {{folder}}/b; proxy_temp_path {{folder}}/p; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
                keepalive_requests 100000;
                {{http}}
                upstream plenary { server 127.0.0.1:{{origin}}; keepalive 64; }
                server { listen 127.0.0.1:{{port}}; include {{Path.GetFullPath(Path.Combine(deploy, "media-locations.conf"))}}; }
            }
            """));
        var process = work.Start("nginx", "/usr/sbin/nginx", ["-p", folder, "-c", Path.Combine(folder, "nginx.conf")]);
        await Workspace.Until(() => Workspace.Answers(port), 20, () => "nginx did not start: " + work.LastWords("nginx"));
        return new(work, process, folder, port);
    }

    /// <summary>The same address through it.</summary>
    public string Of(string address) => new UriBuilder(address) { Host = "127.0.0.1", Port = port }.Uri.ToString();

    /// <summary>Questions so far that it asked the origin.</summary>
    public long AtOrigin() => File.ReadLines(Path.Combine(folder, "access.log")).LongCount(line => line is "MISS" or "EXPIRED" or "BYPASS");

    public async ValueTask DisposeAsync()
    {
        // Its worker ends with it when it is asked, not when it is killed.
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        await work.End(process);
    }
}
