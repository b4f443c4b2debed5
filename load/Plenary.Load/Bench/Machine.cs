using System.Globalization;

namespace Plenary.Load.Bench;

/// <summary>The machine that was measured on, to copy into docs/operate/capacity.md.</summary>
internal static class Machine
{
    public static IEnumerable<string> Facts()
    {
        var processor = Line("/proc/cpuinfo", "model name") is { } name ? name[(name.IndexOf(':', StringComparison.Ordinal) + 2)..] : "unknown";
        var memory = long.Parse((Line("/proc/meminfo", "MemTotal") ?? "x 0").Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 20;
        yield return $"machine: {Environment.ProcessorCount} cores ({processor}), {memory} GB, Linux {Read("/proc/sys/kernel/osrelease")}, .NET {Environment.Version}";
        yield return $"network: loopback, no TLS, congestion control {Read("/proc/sys/net/ipv4/tcp_congestion_control")} (floor: cubic), {OpenFiles()} descriptors a process";
        yield return $"load before: {Read("/proc/loadavg")}";
    }

    /// <summary>Descriptors that one process may hold.</summary>
    public static int OpenFiles() => int.TryParse((Line("/proc/self/limits", "Max open files") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(4), out var most) ? most : 1024;

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "unknown";

    private static string? Line(string path, string start) => File.ReadLines(path).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
}
