namespace Plenary.Platform.Surge;

/// <summary>Open files of this process. Every connection is one; many machines allow a process no more than some thousands.</summary>
internal static class Descriptors
{
    private const string Open = "/proc/self/fd";

    /// <summary>
    /// How many there may be, or null where the system does not say. The runtime raises its own soft limit to the hard one when it starts, so this
    /// is the hard one, which only an operator can raise.
    /// </summary>
    public static int? Limit()
    {
        if (!File.Exists("/proc/self/limits")) return null;
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        return line?["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var soft, ..] && long.TryParse(soft, out var limit)
            ? (int)Math.Min(limit, int.MaxValue) : null;
    }

    /// <summary>How many there are. Takes a while with many: ask rarely.</summary>
    public static int InUse() => Directory.Exists(Open) ? Directory.EnumerateFileSystemEntries(Open).Count() : 0;
}
