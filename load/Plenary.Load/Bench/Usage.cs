using System.Globalization;

namespace Plenary.Load.Bench;

/// <summary>What processes use, as the kernel counts it in /proc.</summary>
internal static class Usage
{
    /// <summary>USER_HZ, which Linux fixes at 100 for everybody who asks.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Processor seconds, user and system, of these processes since their starts.</summary>
    public static double Cpu(IEnumerable<int> processes) => processes.Sum(id => Stat(id).Cpu);

    /// <summary>The same of a process with all its children, those that ended included.</summary>
    public static double CpuOfFamily(int process) => Stat(process).WithEnded + Children(process).Sum(id => Stat(id).Cpu);

    /// <summary>The same with the children of its children, and theirs.</summary>
    public static double CpuOfTree(int process) => Stat(process).WithEnded + Children(process).Sum(CpuOfTree);

    /// <summary>What a process is called by the kernel; empty when it is gone.</summary>
    public static string Name(int process) => ReadIfThere($"/proc/{process}/comm")?.Trim() ?? "";

    /// <summary>Resident bytes.</summary>
    public static long Memory(IEnumerable<int> processes) => processes.Sum(id =>
        ReadIfThere($"/proc/{id}/status")?.Split('\n').Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024).FirstOrDefault() ?? 0);

    /// <summary>Of one process; zeros when it is gone. <c>Since</c> is when it started, which tells it from a later one of the same number.</summary>
    public static (double Cpu, double WithEnded, long Since) Stat(int process)
    {
        if (ReadIfThere($"/proc/{process}/stat") is not { } text) return default;
        // The name in parentheses may hold anything; what follows it is field 3.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        double Ticks(int field) => long.Parse(fields[field - 3], CultureInfo.InvariantCulture) / TicksPerSecond;
        var own = Ticks(14) + Ticks(15);
        return (own, own + Ticks(16) + Ticks(17), long.Parse(fields[22 - 3], CultureInfo.InvariantCulture));
    }

    /// <summary>Its children, whichever of its threads started them.</summary>
    public static IEnumerable<int> Children(int process) => !Directory.Exists($"/proc/{process}/task") ? [] : Directory.EnumerateDirectories($"/proc/{process}/task")
        .SelectMany(thread => (ReadIfThere($"{thread}/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();

    private static string? ReadIfThere(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
