using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Plenary.Platform.Live.Transport;

/// <summary>
/// WebSockets for a hub on the socket itself, where that can be: HTTP/1.1 without TLS in this process, on Linux. Everything else is left to the
/// framework. See docs/decisions/0010-own-transport.md.
/// </summary>
internal sealed class SocketTransport<THub>(
    HubConnectionHandler<THub> hub, IOptions<HubOptions<THub>> options, IOptions<HubOptions> common, IHostApplicationLifetime lifetime, TimeProvider clock,
    ILogger<SocketTransport<THub>> logger) : IDisposable
    where THub : Hub
{
    private const string Version = "13";

    private readonly ConnectionWatch watch = new(options.Value.KeepAliveInterval ?? common.Value.KeepAliveInterval, options.Value.ClientTimeoutInterval ?? common.Value.ClientTimeoutInterval, lifetime, clock);

    /// <summary>Whether the request asks for a WebSocket that this can serve.</summary>
    public static bool Serves(HttpContext http) =>
        OperatingSystem.IsLinux()
        && HttpMethods.IsGet(http.Request.Method)
        && HttpProtocol.IsHttp11(http.Request.Protocol)
        && http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && http.Features.Get<ITlsHandshakeFeature>() is null
        && http.Features.Get<IConnectionSocketFeature>() is not null
        && http.Features.Get<IConnectionTransportFeature>() is not null
        && http.Request.Headers.Upgrade.Any(value => string.Equals(value, "websocket", StringComparison.OrdinalIgnoreCase));

    /// <summary>Shakes hands (RFC 6455, section 4.2) and serves the connection until it ends. Answers 426 for another version, 400 for what is no handshake.</summary>
    public async Task Serve(HttpContext http)
    {
        var headers = http.Response.Headers;
        if (http.Request.Headers.SecWebSocketVersion != Version)
        {
            headers.SecWebSocketVersion = Version;
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }
        var handover = http.Features.Get<Handover>();
        var wire = handover?.Wire.Input ?? http.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Input;
        if (http.Request.Headers.SecWebSocketKey is not [{ } key] || !IsKey(key) || SpeaksTooEarly(wire))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        headers.SecWebSocketAccept = AnswerTo(key);
        headers.Upgrade = "websocket";
        headers.Connection = "Upgrade";
        await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var connection = new SocketConnection(http, wire, watch, handover);
        if (handover is null) await connection.Run(hub, logger);
        else handover.Take(() => connection.Run(hub, logger));
    }

    public void Dispose() => watch.Dispose();

    private static bool IsKey(string key)
    {
        Span<byte> nonce = stackalloc byte[16];
        return key.Length == 24 && Convert.TryFromBase64String(key, nonce, out var length) && length == 16;
    }

    /// <summary>
    /// A client waits for the answer (section 4.1). The answer leaves by the server's own way and frames by the socket, so one that does not wait could get
    /// them in the wrong order.
    /// </summary>
    private static bool SpeaksTooEarly(PipeReader wire)
    {
        if (!wire.TryRead(out var early)) return false;
        wire.AdvanceTo(early.Buffer.Start);
        return !early.Buffer.IsEmpty;
    }

    private static string AnswerTo(string key)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard says so; it protects nothing.
        SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"), hash);
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }
}
