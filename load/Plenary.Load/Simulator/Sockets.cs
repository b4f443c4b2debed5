using System.Net;
using System.Runtime.InteropServices;

namespace Plenary.Load.Simulator;

/// <summary>
/// Linux sockets and epoll without the runtime's machinery: one thread, no allocation, no completion objects, so that the client's cost beside
/// the measured server stays a few microseconds a delivery. None of these calls blocks, so the collector need not be told of them.
/// </summary>
internal static unsafe partial class Sockets
{
    public const uint Readable = 0x1, Writable = 0x4, Broken = 0x8 | 0x10;

    private const int Add = 1, Delete = 2, Modify = 3;

    /// <summary>struct epoll_event is packed on x64 only.</summary>
    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static int EventSize => Packed ? 12 : 16;

    public static (uint Events, ulong Data) Event(byte* events, int index)
    {
        var at = events + (index * EventSize);
        return (*(uint*)at, *(ulong*)(at + (Packed ? 4 : 8)));
    }

    public static int NewEpoll()
    {
        var epoll = epoll_create1(0);
        return epoll >= 0 ? epoll : throw Failed("epoll_create1");
    }

    /// <summary>Waits for events; returns how many.</summary>
    public static int Wait(int epoll, byte* events, int most, int milliseconds) => Math.Max(epoll_wait(epoll, events, most, milliseconds), 0);

    public static void Watch(int epoll, int socket, uint events, ulong data, bool again = false)
    {
        var one = stackalloc byte[16];
        *(uint*)one = events;
        *(ulong*)(one + (Packed ? 4 : 8)) = data;
        if (epoll_ctl(epoll, again ? Modify : Add, socket, one) != 0) throw Failed("epoll_ctl");
    }

    public static void Forget(int epoll, int socket) => _ = epoll_ctl(epoll, Delete, socket, null);

    /// <summary>A connection under way; writable when it stands. -1 when the machine has no socket left, or nobody listens.</summary>
    /// <param name="receiveBuffer">Bytes; null leaves it to the kernel.</param>
    public static int Connect(IPEndPoint to, int? receiveBuffer = null)
    {
        const int internet = 2, stream = 1, nonBlocking = 0x800, inProgress = 115, tcp = 6, noDelay = 1, socketLevel = 1, receive = 8;
        var socket = Sockets.socket(internet, stream | nonBlocking, 0);
        if (socket < 0) return -1;
        var one = 1;
        _ = setsockopt(socket, tcp, noDelay, &one, 4);
        if (receiveBuffer is { } bytes) _ = setsockopt(socket, socketLevel, receive, &bytes, 4);
        var address = stackalloc byte[16];
        new Span<byte>(address, 16).Clear();
        *(ushort*)address = internet;
        address[2] = (byte)(to.Port >> 8);
        address[3] = (byte)to.Port;
        to.Address.TryWriteBytes(new Span<byte>(address + 4, 4), out _);
        if (connect(socket, address, 16) == 0 || Marshal.GetLastSystemError() == inProgress) return socket;
        Close(socket);
        return -1;
    }

    /// <summary>True when the connection under way stands.</summary>
    public static bool Stands(int socket)
    {
        var (error, size) = (0, 4);
        return getsockopt(socket, 1, 4, &error, &size) == 0 && error == 0;
    }

    /// <summary>Bytes received; 0 at the end of the stream, -1 when it broke, -2 when there is nothing now.</summary>
    public static int Receive(int socket, byte* buffer, int size)
    {
        const int dontWait = 0x40, again = 11, interrupted = 4;
        var count = (int)recv(socket, buffer, (nuint)size, dontWait);
        return count >= 0 ? count : Marshal.GetLastSystemError() is again or interrupted ? -2 : -1;
    }

    /// <summary>True when the kernel took all of it. What a simulator sends is small, so a kernel that does not take it has a dead peer.</summary>
    public static bool Send(int socket, ReadOnlySpan<byte> bytes)
    {
        const int dontWaitNoSignal = 0x4040;
        fixed (byte* start = bytes) return send(socket, start, (nuint)bytes.Length, dontWaitNoSignal) == bytes.Length;
    }

    public static void Close(int socket) => _ = close(socket);

    private static IOException Failed(string call) => new($"{call} failed: {Marshal.GetLastSystemError()}");

    [LibraryImport("libc"), SuppressGCTransition]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc"), SuppressGCTransition]
    private static partial int epoll_ctl(int epoll, int operation, int socket, byte* change);

    [LibraryImport("libc")]
    private static partial int epoll_wait(int epoll, byte* events, int most, int milliseconds);

    [LibraryImport("libc"), SuppressGCTransition]
    private static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc"), SuppressGCTransition]
    private static partial int connect(int socket, byte* address, uint size);

    [LibraryImport("libc"), SuppressGCTransition]
    private static partial int setsockopt(int socket, int level, int option, int* value, uint size);

    [LibraryImport("libc"), SuppressGCTransition]
    private static partial int getsockopt(int socket, int level, int option, int* value, int* size);

    [LibraryImport("libc"), SuppressGCTransition]
    private static partial nint recv(int socket, byte* buffer, nuint size, int flags);

    [LibraryImport("libc"), SuppressGCTransition]
    private static partial nint send(int socket, byte* buffer, nuint size, int flags);

    [LibraryImport("libc"), SuppressGCTransition]
    private static partial int close(int socket);
}
