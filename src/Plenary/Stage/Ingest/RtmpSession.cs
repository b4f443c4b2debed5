using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Plenary.Platform;

namespace Plenary.Stage.Ingest;

/// <summary>One encoder that sends to a stage by RTMP: from its handshake to its end.</summary>
internal sealed class RtmpSession(Stream stream, EndPoint? from, StreamKeys keys, Broadcasting broadcasting, OnAir onAir, MediaSettings settings, TimeProvider clock, ILogger log)
{
    private const uint OurStream = 1;
    private const int InFlight = 4 << 20;
    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(10), Silence = TimeSpan.FromSeconds(20), Look = TimeSpan.FromMilliseconds(500), WrongKey = TimeSpan.FromSeconds(1);
    private readonly RtmpWire wire = new(stream);

    /// <summary>Returns when the encoder is gone or was sent away. Throws only what a lost or mad connection throws.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        StreamKey? key;
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping))
        {
            limit.CancelAfter(HelloWithin);
            await wire.ShakeAsync(limit.Token);
            await wire.GreetAsync(limit.Token);
            if (await PublishAsync(limit.Token) is not { } secret) return;
            key = await keys.UseAsync(secret, limit.Token);
        }
        if (key is null)
        {
            // Slowly: somebody may be guessing. The key itself is nowhere written down.
            log.LogWarning("An encoder at {From} came with a stream key that is not one", from);
            await Task.Delay(WrongKey, clock, stopping);
            await StatusAsync("error", "NetStream.Publish.BadName", "This stream key is not valid (any more).", stopping);
            return;
        }
        try
        {
            await ReceiveAsync(key, stopping);
        }
        catch (RefusalException refused)
        {
            log.LogInformation("The encoder of stream key {Key} was sent away: {Code}", key.Id, refused.Refusal.Code);
            await StatusAsync("error", "NetStream.Publish.BadName", refused.Refusal.Message, stopping);
        }
    }

    /// <summary>Answers the commands of an encoder until it publishes; the key, or null when it wants something else.</summary>
    private async Task<string?> PublishAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var message = await wire.NextAsync(cancellation);
            if (message.Type is not (RtmpType.Command or RtmpType.Command3)) continue;
            var values = Amf0.Read(message.Body.AsSpan(message.Type == RtmpType.Command3 ? 1 : 0));
            if (values is not [string name, double transaction, ..]) throw new RtmpException("a command has no name");
            switch (name)
            {
                case "connect":
                    await wire.CommandAsync(0, Amf0.Write("_result", transaction, Members(("fmsVer", "FMS/3,0,1,123"), ("capabilities", 31.0)),
                        Members(("level", "status"), ("code", "NetConnection.Connect.Success"), ("description", "Connected."), ("objectEncoding", 0.0))), cancellation);
                    break;
                case "createStream":
                    await wire.CommandAsync(0, Amf0.Write("_result", transaction, null, (double)OurStream), cancellation);
                    break;
                case "publish":
                    // What follows a question mark is for other servers.
                    return values is [_, _, _, string secret, ..] ? secret.Split('?')[0] : "";
                case "play":
                    await StatusAsync("error", "NetStream.Play.StreamNotFound", "Streams are watched by HLS here.", cancellation);
                    return null;
                default: break; // releaseStream, FCPublish and others that need no answer
            }
        }
    }

    private async Task ReceiveAsync(StreamKey key, CancellationToken stopping)
    {
        var broadcast = await broadcasting.GoLiveAsync(key, stopping);
        var take = await onAir.TakeAsync(broadcast.Id, Guid.CreateVersion7(), Flv.Container, 0, stopping);
        using var hold = await take.HoldAsync(stopping);
        await StatusAsync("status", "NetStream.Publish.Start", "The stage is yours.", stopping);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: InFlight, resumeWriterThreshold: InFlight / 2, useSynchronizationContext: false));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var reading = ReadAsync(pipe.Writer, stop.Token);
        var storing = StoreAsync(pipe.Reader, take);
        var looking = LookAsync(key, stop.Token);
        var first = await Task.WhenAny(storing, hold.Dismissed, take.Failed, looking);
        await stop.CancelAsync();
        await reading;
        await storing;
        // What has arrived is kept either way.
        if (first == looking && !stopping.IsCancellationRequested) throw StageRefusals.KeyRevoked.AsException();
        if (first is Task<Refusal> told) throw (await told).AsException();
    }

    /// <summary>Takes messages off the network and makes a file of them, until the encoder ends or is silent for too long.</summary>
    private async Task ReadAsync(PipeWriter writer, CancellationToken cancellation)
    {
        Exception? problem = null;
        var budget = new UploadBudget(settings.BytesPerSecond, clock);
        writer.Write(Flv.Head);
        try
        {
            using var silence = new CancellationTokenSource(Silence, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
            while (true)
            {
                var message = await wire.NextAsync(either.Token);
                silence.CancelAfter(Silence);
                if (message.Type == RtmpType.Command && Amf0.Read(message.Body) is ["FCUnpublish" or "deleteStream" or "closeStream", ..]) break;
                if (message.Type is not (RtmpType.Audio or RtmpType.Video) || message.Body.Length == 0) continue;
                if (!Flv.IsKnown(message)) throw StageRefusals.Encoding.AsException();
                if (!budget.Spend(message.Body.Length)) throw StageRefusals.TooFast.AsException();
                Flv.Write(writer, message);
                await writer.FlushAsync(CancellationToken.None);
            }
        }
        catch (RefusalException refused)
        {
            problem = refused;
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException or RtmpException) { } // What has arrived counts.
        await writer.CompleteAsync(problem);
    }

    private async Task StoreAsync(PipeReader reader, LiveTake take)
    {
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(CancellationToken.None);
                if (!read.Buffer.IsEmpty) await take.AppendAsync(read.Buffer, settings);
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    /// <summary>Returns when the key is not valid any more.</summary>
    private async Task LookAsync(StreamKey key, CancellationToken cancellation)
    {
        try
        {
            do await Task.Delay(Look, clock, cancellation);
            while (await keys.IsValidAsync(key, cancellation));
        }
        catch (OperationCanceledException) { }
    }

    private Task StatusAsync(string level, string code, string description, CancellationToken cancellation) =>
        wire.CommandAsync(OurStream, Amf0.Write("onStatus", 0.0, null, Members(("level", level), ("code", code), ("description", description))), cancellation);

    private static (string Name, object? Value)[] Members(params (string Name, object? Value)[] members) => members;
}
