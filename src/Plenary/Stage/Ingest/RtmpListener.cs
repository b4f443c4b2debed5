using System.Net;
using System.Net.Sockets;

namespace Plenary.Stage.Ingest;

/// <summary>Takes what encoders such as OBS send by RTMP, when <c>Media:Rtmp</c> says where. Needs ffmpeg, which makes the audience's stream of it.</summary>
public sealed class RtmpListener(StreamKeys keys, Broadcasting broadcasting, OnAir onAir, MediaSettings settings, TimeProvider clock, ILogger<RtmpListener> log) : BackgroundService
{
    private const int MostConnections = 200;
    private int connections;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Rtmp is not { } address) return;
        if (settings.Ffmpeg is null)
        {
            log.LogError("Media:Rtmp needs ffmpeg, which was not found: encoders cannot send to stages");
            return;
        }
        using var listener = new TcpListener(address);
        try
        {
            listener.Start();
        }
        catch (SocketException error)
        {
            log.LogError(error, "Encoders cannot send to stages: {Address} cannot be listened on", address);
            return;
        }
        log.LogInformation("Encoders may send by RTMP to {Address}", listener.LocalEndpoint);
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stoppingToken);
                if (Volatile.Read(ref connections) >= MostConnections) client.Dispose();
                else _ = ServeAsync(client, stoppingToken);
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stopping)
    {
        Interlocked.Increment(ref connections);
        EndPoint? from = null;
        try
        {
            client.NoDelay = true;
            from = client.Client.RemoteEndPoint;
            await using var stream = client.GetStream();
            await new RtmpSession(stream, from, keys, broadcasting, onAir, settings, clock, log).RunAsync(stopping);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException) { }
        catch (RtmpException strange)
        {
            log.LogInformation("A connection of {From} was ended: {Why}", from, strange.Message);
        }
        catch (Exception error)
        {
            log.LogError(error, "An encoder's connection failed");
        }
        finally
        {
            client.Dispose();
            Interlocked.Decrement(ref connections);
        }
    }
}
