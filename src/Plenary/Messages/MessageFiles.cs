using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Files;
using Plenary.Platform.Jobs;
using Plenary.Platform.Text;
using Plenary.Profiles;

namespace Plenary.Messages;

/// <summary>
/// <c>POST /messages/files?event=…&amp;name=…</c> and <c>GET /messages/files/{id}</c>. A file is its owner's until it is sent, and from then on of those who see the message. The address says
/// nothing: whoever asks is asked who they are, each time.
/// </summary>
public sealed class MessageFiles(IConfiguration configuration, IDbContextFactory<Db> dbs, TimeProvider clock)
{
    /// <summary>Bytes of a file.</summary>
    public const int Largest = 10 * 1024 * 1024;

    /// <summary>Bytes that one person may upload within a day.</summary>
    private const long MostPerDay = 200L * 1024 * 1024;

    private static readonly HashSet<string> Documents =
    [
        "application/pdf", "text/plain", "text/csv",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.presentation",
    ];

    private readonly string folder = Path.Combine(DataFolder.Of(configuration), "messages");

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/messages/files", (HttpContext http, Guid @event, string name, MessageFiles files) => files.Upload(http, @event, name)).RequireRateLimiting(RateLimit.Upload.Name);
        app.MapGet("/messages/files/{id:guid}", (HttpContext http, Guid id, MessageFiles files) => files.Download(http, id));
    }

    public static string Address(MessageFile file) => $"/messages/files/{file.Id}";

    private async Task<IResult> Upload(HttpContext http, Guid eventId, string name)
    {
        var (viewer, cancellation) = (Viewer.Of(http.User), http.RequestAborted);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var me = await db.RequireOf(viewer, eventId, cancellation);
        var contentType = http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        if (!Pictures.Accepts(contentType) && !Documents.Contains(contentType)) MessageRefusals.FileType.Throw();
        name = Path.GetFileName(Input.Line(name, "name", 120).Replace('\\', '/'));
        var since = clock.GetUtcNow().AddDays(-1);
        if (await db.Set<MessageFile>().Where(f => f.OwnerId == me && f.UploadedAt > since).SumAsync(f => f.Size, cancellation) > MostPerDay) MessageRefusals.TooManyFiles.Throw();
        var content = await Body(http);
        Picture? picture = Pictures.Accepts(contentType) ? await Pictures.Read(content, contentType, cancellation) : null;
        var file = new MessageFile
        {
            EventId = eventId,
            OwnerId = me,
            Name = name.Length > 0 ? name : "file",
            ContentType = picture?.ContentType ?? contentType,
            Size = picture?.Content.Length ?? content.Length,
            Width = picture?.Width,
            Height = picture?.Height,
            UploadedAt = clock.GetUtcNow(),
        };
        await Write(file.Id, picture?.Content ?? content, cancellation);
        db.Add(file);
        await db.SaveChangesAsync(cancellation);
        return Results.Json(new { id = file.Id, url = Address(file), name = file.Name, contentType = file.ContentType, size = file.Size, width = file.Width, height = file.Height });
    }

    private async Task<IResult> Download(HttpContext http, Guid id)
    {
        var (viewer, cancellation) = (Viewer.Of(http.User), http.RequestAborted);
        if (viewer.PersonId is not { } me) return Results.NotFound();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var file = await db.Set<MessageFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellation);
        if (file is null || viewer.At(file.EventId) != me || !await db.IsOf(file.EventId, me, cancellation)) return Results.NotFound();
        var mine = MessageReading.Mine(db, me).Select(c => c.Id);
        var allowed = file.MessageId is { } message
            ? await MessageReading.Seen(db, me).AnyAsync(s => s.Message.Id == message && mine.Contains(s.Message.ConversationId), cancellation)
            : file.OwnerId == me;
        if (!allowed || !File.Exists(PathOf(id))) return Results.NotFound();
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        var picture = file.Width is not null;
        return Results.File(PathOf(id), picture ? file.ContentType : "application/octet-stream", picture ? null : file.Name, enableRangeProcessing: true);
    }

    private static async Task<byte[]> Body(HttpContext http)
    {
        if (http.Request.ContentLength > Largest) MessageRefusals.FileTooLarge.Throw();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Largest + 1;
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            MessageRefusals.FileTooLarge.Throw();
        }
        if (body.Length == 0) Refusal.Invalid("name", "This file is empty.").Throw();
        return body.Length > Largest ? throw MessageRefusals.FileTooLarge.AsException() : body.ToArray();
    }

    private async Task Write(Guid id, byte[] content, CancellationToken cancellation)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await file.WriteAsync(content, cancellation);
        file.Flush(flushToDisk: true);
    }

    private string PathOf(Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(folder, name[^2..], name);
    }

    /// <summary>Removes what was uploaded and never sent.</summary>
    internal async Task Tidy(CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var before = clock.GetUtcNow().AddDays(-1);
        foreach (var file in await db.Set<MessageFile>().AsNoTracking().Where(f => f.MessageId == null && f.UploadedAt < before).Take(500).ToListAsync(cancellation))
            if (await db.Set<MessageFile>().Where(f => f.Id == file.Id && f.MessageId == null).ExecuteDeleteAsync(cancellation) == 1) File.Delete(PathOf(file.Id));
    }
}

/// <summary>Every day, removes uploads that were never sent.</summary>
internal sealed class TidyMessageFiles(MessageFiles files) : IJobHandler
{
    public const string JobKind = "messages.tidy-files";

    public string Kind => JobKind;

    public Task Handle(string payload, CancellationToken cancellation) => files.Tidy(cancellation);
}
