using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Stage.Recordings;

namespace Plenary.Stage.Captions;

/// <summary>Captions as plain HTTP: the door of captioning services, and whole languages of a replay as files.</summary>
internal static class CaptionEndpoints
{
    private const int LargestLine = 8 * 1024, LargestFile = 4 << 20;

    public static void MapCaptions(this IEndpointRouteBuilder app)
    {
        app.MapPost("/captions/{key}", Feed);
        app.MapGet("/captions/{key}/seq", Sequence);
        app.MapPut("/recordings/{id:guid}/captions/{language}", Import);
    }

    private static async Task<IResult> Feed(HttpContext http, string key, CaptionFeeds feeds, string? lang, long? seq)
    {
        var line = await BodyAsync(http, LargestLine);
        await feeds.SayAsync(key, line, lang, seq, http.RequestAborted);
        return Results.Text(seq?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
    }

    private static async Task<IResult> Sequence(HttpContext http, string key, CaptionFeeds feeds)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Text((await feeds.SequenceAsync(key, http.RequestAborted)).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static async Task<IResult> Import(HttpContext http, Guid id, string language, IDbContextFactory<Db> dbs)
    {
        var viewer = Viewer.Of(http.User);
        viewer.RequirePerson();
        var file = await BodyAsync(http, LargestFile);
        await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
        return Results.Json(new { cues = await CaptionEditing.ImportAsync(db, viewer, id, language, file, http.RequestAborted) });
    }

    /// <summary>Text of at most so many bytes. Refused: too-large, invalid-input.</summary>
    private static async Task<string> BodyAsync(HttpContext http, int largest)
    {
        if (http.Request.ContentLength > largest) StageRefusals.TextTooLarge.Throw();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = largest + 1;
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            StageRefusals.TextTooLarge.Throw();
        }
        if (body.Length > largest) StageRefusals.TextTooLarge.Throw();
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (DecoderFallbackException)
        {
            throw Refusal.Invalid("text", "Send text in UTF-8.").AsException();
        }
    }

    /// <summary>The cues of a replay in one language, on its own clock.</summary>
    internal static async Task<IReadOnlyList<(CaptionLine Line, Cue Cue)>> CuesAsync(Db db, Broadcast replay, string language, CancellationToken cancellation)
    {
        var (ids, owner) = (CaptionEditing.SourcesOf(replay), replay.RecordingId ?? replay.Id);
        var lines = await db.Set<CaptionLine>().AsNoTracking().Where(c => ids.Contains(c.BroadcastId) && c.Language == language).OrderBy(c => c.At).Take(2 * CaptionEditing.MostCues).ToListAsync(cancellation);
        var takes = await db.Set<BroadcastTake>().AsNoTracking().Where(t => t.BroadcastId == owner && t.Seconds > 0).OrderBy(t => t.Number).ToListAsync(cancellation);
        return Cues(replay, takes, lines);
    }

    private static IReadOnlyList<(CaptionLine Line, Cue Cue)> Cues(Broadcast replay, IReadOnlyList<BroadcastTake> takes, IReadOnlyList<CaptionLine> lines)
    {
        var timeline = new ReplayTimeline(replay, takes);
        var cues = new List<(CaptionLine, Cue)>();
        foreach (var line in lines)
        {
            var kept = replay.RecordingId is { } recording && line.BroadcastId == recording;
            var start = kept ? timeline.AtRecorded(line.At) : timeline.At(line.At);
            var end = start + (line.Until - line.At).TotalSeconds;
            if (end <= 0 || start >= timeline.Duration) continue;
            cues.Add((line, new(Math.Max(0, start), Math.Min(end, timeline.Duration), line.Text, line.Speaker)));
        }
        return [.. cues.OrderBy(c => c.Item2.Start)];
    }
}
