using System.Globalization;

namespace Plenary.Tests.Support;

/// <summary>Clocks of processes that can be made to jump while they run (libfaketime). Only the time of day: how long something takes stays true.</summary>
public sealed class FakeClocks : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public FakeClocks() => Jump(TimeSpan.Zero);

    /// <summary>Why there are none, when Debian's package is not installed; null when there are.</summary>
    public static string? Missing => Library is null ? "libfaketime is not installed (Debian: faketime); ./test installs it" : null;

    private static string? Library => Directory.Exists("/usr/lib")
        ? Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    /// <summary>Gives the process such a clock at its next start, right until <see cref="Jump"/>.</summary>
    public void Wind(ServerProcess process)
    {
        if (Library is not { } library) return;
        (process.Environment["LD_PRELOAD"], process.Environment["FAKETIME_TIMESTAMP_FILE"]) = (library, file);
        (process.Environment["FAKETIME_CACHE_DURATION"], process.Environment["FAKETIME_DONT_FAKE_MONOTONIC"]) = ("1", "1");
    }

    /// <summary>From the next second on the clocks are wrong by this much.</summary>
    public void Jump(TimeSpan by) => File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{(by < TimeSpan.Zero ? "" : "+")}{by.TotalSeconds:0}s\n"));

    public void Dispose() => File.Delete(file);
}
