using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Plenary.Calls.Janus;
using Plenary.Platform;
using Plenary.Platform.Access;

namespace Plenary.Stage.Ingest;

/// <summary>
/// Takes what encoders send by WHIP (RFC 9725), through Janus: <c>POST /whip</c> with a stream key as bearer token and an offer, answered with all candidates; <c>DELETE</c> of the
/// answer's Location ends it. From Janus it goes as RTP to an ffmpeg, and from there the way of every upload.
/// </summary>
public sealed partial class Whip(StreamKeys keys, Broadcasting broadcasting, OnAir onAir, MediaSettings settings, IServiceProvider services, IHostApplicationLifetime life, TimeProvider clock, ILogger<Whip> log)
{
    private const int LargestOffer = 64 * 1024, VideoType = 96, AudioType = 111;
    private const string Container = "video/x-matroska;codecs=avc1,opus";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500), Warmup = TimeSpan.FromMilliseconds(400), FirstPicture = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> running = [];

    /// <summary>Answers an encoder's offer. Refused: sign-in-required, whip-unavailable, invalid-media, unavailable, and as <see cref="Broadcasting"/> says.</summary>
    public async Task<(string Id, string Answer)> BeginAsync(string secret, string offer, CancellationToken cancellation)
    {
        if (await keys.UseAsync(secret, cancellation) is not { } key) throw StageRefusals.WrongKey.AsException();
        if (settings.Ffmpeg is not { } ffmpeg || services.GetService<JanusEngine>() is not { } janus) throw StageRefusals.NoWhip.AsException();
        JanusInlet inlet;
        try { inlet = await janus.OpenInlet(offer); }
        catch (JanusException refused)
        {
            log.LogInformation("An encoder's offer was not taken: {Reason}", refused.Message);
            throw StageRefusals.Offer.AsException();
        }
        catch (JanusLostException) { throw StageRefusals.MediaAway.AsException(); }
        try
        {
            var broadcast = await broadcasting.GoLiveAsync(key, cancellation);
            var take = await onAir.TakeAsync(broadcast.Id, Guid.CreateVersion7(), Container, 0, cancellation);
            var (id, stop) = (MediaKey.New(), CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping));
            running[id] = stop;
            _ = RunAsync(id, key, ffmpeg, inlet, take, stop);
            return (id, inlet.Answer);
        }
        catch
        {
            await inlet.DisposeAsync();
            throw;
        }
    }

    /// <summary>The encoder has ended. False when it is not here.</summary>
    public bool End(string id)
    {
        if (!running.TryRemove(id, out var stop)) return false;
        stop.Cancel();
        return true;
    }

    private async Task RunAsync(string id, StreamKey key, string ffmpeg, JanusInlet inlet, LiveTake take, CancellationTokenSource stop)
    {
        var sdp = Path.Combine(Path.GetTempPath(), $"plenary-{id}.sdp");
        try
        {
            using var hold = await take.HoldAsync(stop.Token);
            var streams = Streams(inlet.Answer);
            await File.WriteAllTextAsync(sdp, Describe(streams), stop.Token);
            using var remuxer = Remuxer.FromRtp(ffmpeg, sdp, Path.ChangeExtension(take.Files.Log, ".whip.log"));
            var storing = StoreAsync(remuxer, take);
            var feeding = FeedAsync(inlet, streams, take, stop.Token);
            var looking = LookAsync(key, stop.Token);
            await Task.WhenAny(storing, inlet.Gone, hold.Dismissed, take.Failed, looking);
            await stop.CancelAsync();
            remuxer.Kill();
            await storing;
            await feeding;
            await remuxer.EndAsync(FirstPicture, clock);
        }
        catch (OperationCanceledException) { }
        catch (Exception error)
        {
            log.LogWarning(error, "What an encoder with stream key {Key} sends cannot be received", key.Id);
        }
        finally
        {
            running.TryRemove(id, out _);
            await inlet.DisposeAsync();
            File.Delete(sdp);
            stop.Dispose();
        }
    }

    private async Task StoreAsync(Remuxer from, LiveTake take)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = await from.Output.ReadAsync(buffer)) > 0;) await take.AppendAsync(new(buffer.AsMemory(0, read)), settings);
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or RefusalException) { } // The take says why, if anybody has to know.
    }

    /// <summary>ffmpeg must listen before the first picture that needs no other is asked for, and may need it again.</summary>
    private async Task FeedAsync(JanusInlet inlet, IReadOnlyList<Media> streams, LiveTake take, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Warmup, clock, cancellation);
            await inlet.Forward(settings.RtpAddress, streams.Select(s => (s.Mid, s.Port, s.PayloadType)));
            for (var began = clock.GetTimestamp(); take.OnDisk == 0 && clock.GetElapsedTime(began) < FirstPicture;)
            {
                await inlet.KeyFrame();
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellation);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or JanusException or JanusLostException)
        {
            if (ended is not OperationCanceledException) log.LogWarning(ended, "Janus does not pass on what an encoder sends");
        }
    }

    private async Task LookAsync(StreamKey key, CancellationToken cancellation)
    {
        try
        {
            do await Task.Delay(Look, clock, cancellation);
            while (await keys.IsValidAsync(key, cancellation));
        }
        catch (OperationCanceledException) { }
    }

    private sealed record Media(string Mid, bool IsVideo, string Codec, string? Format, int Port, int PayloadType);

    /// <summary>The sections of an answer that are sent, with ports of ours.</summary>
    private static List<Media> Streams(string answer)
    {
        var streams = new List<Media>();
        foreach (var section in answer.Split("\nm=").Skip(1))
        {
            var isVideo = section.StartsWith("video ", StringComparison.Ordinal);
            if (!isVideo && !section.StartsWith("audio ", StringComparison.Ordinal)) continue;
            if (Mid().Match(section) is not { Success: true } mid || Codec().Match(section) is not { Success: true } codec || section.Split(' ') is [_, "0", ..] || streams.Exists(s => s.IsVideo == isVideo)) continue;
            var format = Format().Matches(section).FirstOrDefault(f => f.Groups[1].Value == codec.Groups[1].Value)?.Groups[2].Value.Trim();
            streams.Add(new(mid.Groups[1].Value, isVideo, codec.Groups[2].Value.Trim(), isVideo ? format : null, FreePorts(), isVideo ? VideoType : AudioType));
        }
        return streams;
    }

    private static string Describe(IEnumerable<Media> streams)
    {
        var text = new StringBuilder("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\n");
        foreach (var s in streams)
        {
            text.Append(CultureInfo.InvariantCulture, $"m={(s.IsVideo ? "video" : "audio")} {s.Port} RTP/AVP {s.PayloadType}\na=rtpmap:{s.PayloadType} {s.Codec}\n");
            if (s.Format is { } format && s.Codec.StartsWith("H264", StringComparison.OrdinalIgnoreCase)) text.Append(CultureInfo.InvariantCulture, $"a=fmtp:{s.PayloadType} {format}\n");
        }
        return text.ToString();
    }

    /// <summary>An even port with a free one behind it, as RTP and RTCP want it.</summary>
    private static int FreePorts()
    {
        while (true)
        {
            using var first = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            first.Bind(new IPEndPoint(IPAddress.Any, 0));
            var port = ((IPEndPoint)first.LocalEndPoint!).Port;
            if (port % 2 != 0) continue;
            using var second = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                second.Bind(new IPEndPoint(IPAddress.Any, port + 1));
                return port;
            }
            catch (SocketException) { } // Somebody has it; another pair.
        }
    }

    /// <summary>The body of a POST.</summary>
    internal static async Task<string?> OfferAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentType?.StartsWith("application/sdp", StringComparison.OrdinalIgnoreCase) != true || request.ContentLength > LargestOffer) return null;
        var bytes = new byte[LargestOffer + 1];
        var read = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return read is > 0 and <= LargestOffer ? Encoding.UTF8.GetString(bytes, 0, read) : null;
    }

    [GeneratedRegex("a=mid:(\\S+)")]
    private static partial Regex Mid();

    [GeneratedRegex("a=rtpmap:([0-9]+) ((?:opus|H264|VP8|VP9)/[0-9/]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Codec();

    [GeneratedRegex("a=fmtp:([0-9]+) ([^\r\n]+)")]
    private static partial Regex Format();
}

/// <summary>Where encoders that speak WHIP come.</summary>
internal static class WhipEndpoints
{
    public static void MapWhip(this IEndpointRouteBuilder app)
    {
        app.MapPost("/whip", async (HttpContext http, Whip whip) =>
        {
            try
            {
                var authorization = http.Request.Headers.Authorization.ToString();
                if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) throw StageRefusals.WrongKey.AsException();
                if (await Whip.OfferAsync(http.Request, http.RequestAborted) is not { } offer) throw StageRefusals.Offer.AsException();
                var (id, answer) = await whip.BeginAsync(authorization[7..].Trim(), offer, http.RequestAborted);
                http.Response.Headers.Location = $"/whip/{id}";
                return Results.Text(answer, "application/sdp", Encoding.UTF8, StatusCodes.Status201Created);
            }
            catch (RefusalException refused)
            {
                return Results.Problem(refused.Refusal.Message, statusCode: refused.Refusal.Status, extensions: new Dictionary<string, object?> { ["code"] = refused.Refusal.Code });
            }
        }).RequireRateLimiting(RateLimit.Upload.Name);
        // Candidates are all in the offer and the answer; who wants to send more has nothing to send them to.
        app.MapMethods("/whip/{id}", [HttpMethods.Patch], () => Results.StatusCode(StatusCodes.Status405MethodNotAllowed));
        app.MapDelete("/whip/{id}", (string id, Whip whip) => whip.End(id) ? Results.Ok() : Results.NotFound());
    }
}
