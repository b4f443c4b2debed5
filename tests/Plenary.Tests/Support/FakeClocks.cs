using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Plenary.Tests.Support;

/// <summary>Clocks of processes that can be made to jump while they run. Only the time of day: how long something takes stays true.</summary>
public sealed class FakeClocks : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-clock-").FullName;

    public FakeClocks()
    {
        if (Missing is not null) return;
        Jump(TimeSpan.Zero);
        using var compiler = Process.Start("/usr/bin/gcc", ["-O2", "-shared", "-fPIC", "-o", Library, Source(), "-ldl"]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
    }

    /// <summary>Why there are none, when there is no C compiler; null when there are.</summary>
    public static string? Missing => File.Exists("/usr/bin/gcc") && File.Exists("/usr/include/dlfcn.h") ? null : "there is no C compiler (Debian: gcc libc6-dev); ./test installs it";

    private string Library => Path.Combine(folder, "shifted-clock.so");

    private string Shift => Path.Combine(folder, "shift");

    /// <summary>Gives the process such a clock at its next start, right until <see cref="Jump"/>.</summary>
    public void Wind(ServerProcess process)
    {
        if (Missing is null) (process.Environment["LD_PRELOAD"], process.Environment["SHIFTED_CLOCK"]) = (Library, Shift);
    }

    /// <summary>From now on the clocks are wrong by this much.</summary>
    public void Jump(TimeSpan by)
    {
        // Written in place: the processes have it in their memory.
        using var file = new FileStream(Shift, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(BitConverter.GetBytes((long)by.TotalSeconds));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Source([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "shifted-clock.c");
}
