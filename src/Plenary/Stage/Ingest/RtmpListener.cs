using System.Net;
using System.Net.Sockets;
using Plenary.Platform;

namespace Plenary.Stage.Ingest;

/// <summary>Takes what encoders such as OBS send by RTMP, when <c>Media:Rtmp</c> says where. Needs ffmpeg, which makes the audience's stream of it.</summary>
public sealed class RtmpListener(StreamKeys keys, Broadcasting broadcasting, OnAir onAir, MediaSettings settings, TimeProvider clock, ILogger<RtmpListener> log) : BackgroundService
{
    private const int MostConnections = 200;
    private int connections;

    private TcpListener? listener;

    /// <summary>Listens from here on, so that who is told that the program has started can connect.</summary>
    /// <exception cref="SettingsException">The address cannot be listened on, or ffmpeg is missing.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Rtmp is { } address)
        {
            if (settings.Ffmpeg is null) throw new SettingsException("Media:Rtmp", "needs ffmpeg, which was not found or is turned off by Media:Ffmpeg");
            listener = new TcpListener(address);
            try
            {
                listener.Start();
            }
            catch (SocketException error)
            {
                throw new SettingsException("Media:Rtmp", $"cannot be used, because {address} cannot be listened on ({error.SocketErrorCode})");
            }
            log.LogInformation("Encoders may send by RTMP to {Address}", listener.LocalEndpoint);
        }
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        listener?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (listener is null) return;
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
