using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Plenary.Platform.Surge;

/// <summary>Open files of this process. Every connection is one; many machines allow a process no more than some thousands.</summary>
internal static partial class Descriptors
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

    /// <summary>
    /// How many there are. Linux 6.2 and later say it as the size of the folder; before that they are counted, which with ten thousand takes a
    /// quarter of a second of a processor: ask rarely.
    /// </summary>
    public static int InUse() => !Directory.Exists(Open) ? 0 : SizeOf(Open) is > 0 and var size ? size : Directory.EnumerateFileSystemEntries(Open).Count();

    /// <summary>The size that statx(2) tells of a path, or 0. Its record is the same on every architecture.</summary>
    private static int SizeOf(string path)
    {
        const int current = -100, size = 0x200, sizeAt = 40; // AT_FDCWD, STATX_SIZE, offset of stx_size: linux/stat.h
        Span<byte> record = stackalloc byte[256];
        return Statx(current, path, 0, size, ref MemoryMarshal.GetReference(record)) == 0 ? (int)BinaryPrimitives.ReadUInt64LittleEndian(record[sizeAt..]) : 0;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte record);
}
