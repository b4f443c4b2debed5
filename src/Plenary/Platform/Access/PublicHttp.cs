using System.Net;
using System.Net.Sockets;

namespace Plenary.Platform.Access;

/// <summary>
/// Asks addresses that somebody typed in. It reaches the internet and nothing else: names are resolved here, and every connection goes to the
/// address that was looked at, so that no name can point to this machine or its network after the check.
/// </summary>
public sealed class PublicHttp : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private readonly HttpClient http;

    /// <param name="trusted">Hosts that may be reached wherever they are: the operator's own.</param>
    public PublicHttp(IReadOnlySet<string> trusted)
    {
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = Patience,
            MaxResponseHeadersLength = 32,
            ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, trusted, cancellation),
        })
        { Timeout = Patience };
    }

    /// <summary>The first bytes of what is there.</summary>
    /// <param name="address">Without user name or password.</param>
    /// <param name="most">How many bytes are read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="HttpRequestException">Nothing answers, it is not in the internet, or the answer is anything but 200.</exception>
    public async Task<byte[]> BeginningAsync(Uri address, int most, CancellationToken cancellation) => (await PageAsync(address, most, cancellation)).Beginning;

    /// <summary>The same, with the type that the answer says it has, in small letters and without parameters.</summary>
    /// <param name="address">Without user name or password.</param>
    /// <param name="most">How many bytes are read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="HttpRequestException">Nothing answers, it is not in the internet, or the answer is anything but 200.</exception>
    public async Task<(string? Type, byte[] Beginning)> PageAsync(Uri address, int most, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.StatusCode != HttpStatusCode.OK) throw new HttpRequestException($"the answer was {(int)answer.StatusCode}", null, answer.StatusCode);
            await using var content = await answer.Content.ReadAsStreamAsync(limit.Token);
            var bytes = new byte[most];
            return (answer.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(), bytes[..await content.ReadAtLeastAsync(bytes, most, throwOnEndOfStream: false, limit.Token)]);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException("it did not answer", error);
        }
    }

    public void Dispose() => http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, IReadOnlySet<string> trusted, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(to.Host, cancellation);
        // One that is not public among them is reason enough: such names are made to change.
        if (addresses.Length == 0 || (!trusted.Contains(to.Host) && !addresses.All(IsPublic))) throw new HttpRequestException($"“{to.Host}” is not in the internet");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception error)
        {
            socket.Dispose();
            if (error is SocketException) throw new HttpRequestException($"“{to.Host}” does not answer", error);
            throw;
        }
    }

    /// <summary>Whether an address is one of the internet's: not of this machine, a private network, a group, or reserved (IANA's special-purpose registries).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork) return IsPublic4(b);
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any) || address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6Multicast || address.IsIPv6UniqueLocal) return false;
        return b switch
        {
            [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..] => IsPublic4(b.AsSpan(12)), // NAT64 leads on to an IPv4 address
            [0x20, 0x02, ..] => IsPublic4(b.AsSpan(2, 4)), // so does 6to4
            [0x20, 0x01, 0x0d, 0xb8, ..] or [0x20, 0x01, 0x00, 0x00, ..] => false, // documentation, Teredo
            _ => (b[0] & 0xe0) == 0x20, // what is given out at all
        };
    }

    private static bool IsPublic4(ReadOnlySpan<byte> b) => b switch
    {
        [0 or 10 or 127, ..] or [>= 224, ..] => false,
        [100, >= 64 and <= 127, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [198, 18 or 19, ..] => false,
        [192, 0, 0 or 2, _] or [198, 51, 100, _] or [203, 0, 113, _] or [192, 88, 99, _] => false,
        _ => true,
    };
}
