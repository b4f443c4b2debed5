using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Plenary.BrowserTests.Support;

/// <summary>Debian's TURN server on loopback, for credentials that end by themselves.</summary>
public sealed class Coturn : IAsyncDisposable
{
    private const string Program = "/usr/bin/turnserver";
    private const string Secret = "a-secret-of-the-relay-and-ours";

    private readonly string folder = Directory.CreateTempSubdirectory("plenary-coturn-").FullName;
    private readonly int port = FreePort.Take();
    private Process? process;

    /// <summary>Why there is none, when Debian's package is not installed; null when there is one.</summary>
    public static string? Missing => File.Exists(Program) ? null : "coturn is not installed (Debian: coturn); ./test installs it";

    /// <summary>What a server of ours is told: nobody connects in any other way.</summary>
    public string[] Settings => ["--Media:Turn", $"turn:127.0.0.1:{port}?transport=udp,turn:127.0.0.1:{port}?transport=tcp", "--Media:TurnSecret", Secret, "--Media:RelayOnly", "true"];

    /// <summary>Where it is over one transport, udp or tcp.</summary>
    public string AddressOver(string transport) => $"turn:127.0.0.1:{port}?transport={transport}";

    /// <summary>Connections that it has relayed.</summary>
    public int Allocations
    {
        get
        {
            using var log = new StreamReader(new FileStream(Path.Combine(folder, "log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return log.ReadToEnd().Split("ALLOCATE processed, success").Length - 1;
        }
    }

    public static async Task<Coturn> StartAsync()
    {
        var made = new Coturn();
        var first = Random.Shared.Next(490, 630) * 100;
        await File.WriteAllTextAsync(Path.Combine(made.folder, "turnserver.conf"), $"""
            listening-ip=127.0.0.1
            relay-ip=127.0.0.1
            listening-port={made.port}
            min-port={first}
            max-port={first + 199}
            realm=plenary.example
            use-auth-secret
            static-auth-secret={Secret}
            fingerprint
            no-tls
            no-dtls
            no-cli
            no-multicast-peers
            allow-loopback-peers
            stale-nonce=600
            verbose
            simple-log
            no-stdout-log
            log-file={made.folder}/log
            userdb={made.folder}/db
            pidfile={made.folder}/pid

            """);
        await made.StartAgain();
        return made;
    }

    /// <summary>Starts it on the same port; it knows nobody from before.</summary>
    public async Task StartAgain()
    {
        process = Process.Start(new ProcessStartInfo(Program, ["-c", Path.Combine(folder, "turnserver.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var began = Stopwatch.StartNew(); !await ListensAsync(); await Task.Delay(50))
            if (process.HasExited || began.Elapsed > Patience.Time) throw new InvalidOperationException("coturn did not start.");
    }

    /// <summary>As when its machine is lost.</summary>
    public async Task Kill()
    {
        if (!process!.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await Kill();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> ListensAsync()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
