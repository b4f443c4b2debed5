using System.Net;
using System.Net.Sockets;

namespace Plenary.Platform.Cluster;

/// <summary>How this process stands to others of the same installation.</summary>
/// <param name="Enabled">It is one of several; false: it is alone, and listens to itself only.</param>
/// <param name="Id">Processes with the same id and the same database belong together.</param>
/// <param name="Address">Where the others reach this one; null: the machine's first address.</param>
/// <param name="SiloPort">The port for that.</param>
public sealed record ClusterSettings(bool Enabled, string Id, IPAddress? Address, int SiloPort)
{
    private const int LongestId = 64;

    /// <param name="configuration">The process's settings.</param>
    /// <param name="sharedDatabase">The database is one that other processes can use too.</param>
    /// <exception cref="SettingsException">A setting cannot be used, or the database cannot be shared.</exception>
    public static ClusterSettings Read(IConfiguration configuration, bool sharedDatabase)
    {
        var enabled = Settings.Flag(configuration, "Cluster:Enabled");
        if (enabled && !sharedDatabase)
            throw new SettingsException("Cluster:Enabled", "needs a PostgreSQL connection string in ConnectionStrings:Db: a SQLite file belongs to one process");
        var id = configuration["Cluster:Id"] is { Length: > 0 } text ? text : "plenary";
        if (id.Length > LongestId) throw new SettingsException("Cluster:Id", $"must have at most {LongestId} characters");
        return new(enabled, id, Resolve(configuration["Cluster:Address"]), Settings.Number(configuration, "Cluster:SiloPort", FreePort(), 1, 65535));
    }

    private static IPAddress? Resolve(string? text)
    {
        if (text is not { Length: > 0 }) return null;
        try
        {
            var known = IPAddress.TryParse(text, out var address) ? [address] : Dns.GetHostAddresses(text);
            if (known.FirstOrDefault(a => !a.Equals(IPAddress.Any) && !a.Equals(IPAddress.IPv6Any)) is { } first) return first;
        }
        catch (Exception error) when (error is SocketException or ArgumentException) { }
        throw new SettingsException("Cluster:Address", $"must be an address of this machine that the other processes reach, such as 10.0.0.7, or a name of it, and is “{text}”");
    }

    /// <summary>
    /// For a process that only listens to itself. Not one the system would give: those it also gives to outgoing connections, and to whoever asks for a
    /// port to tell this process to serve on.
    /// </summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException) { } // Somebody has it; another.
        }
    }
}
