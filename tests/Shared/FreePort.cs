using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Plenary.Shared;

/// <summary>
/// Ports for servers that tests and benchmarks start. They are taken from below those that the system gives to outgoing connections
/// (Linux: 32768 and up): a port found free there may be somebody's by the time the server binds it, or while it is being restarted. The product itself
/// takes its own from above these.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Beyond = 20_000;

    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    /// <summary>A port that nobody listens on and that this process has not been given before.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Beyond);
            if (IsFree(port) && Taken.TryAdd(port, true)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
