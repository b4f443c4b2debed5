using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Rooms.Chat;

/// <summary>What was written in a room, for its organizers to keep: as a table for spreadsheets (RFC 4180) and as JSON. Sent as it is read, however long it is.</summary>
internal static class ChatFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void MapChatFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/rooms/{id:guid}/chat.csv", (Guid id, HttpContext http, DoorCheck door, IDbContextFactory<Db> dbs) => Send(id, http, door, dbs, "text/csv; charset=utf-8", "csv", WriteCsv));
        app.MapGet("/rooms/{id:guid}/chat.json", (Guid id, HttpContext http, DoorCheck door, IDbContextFactory<Db> dbs) => Send(id, http, door, dbs, "application/json", "json", WriteJson));
    }

    private static async Task Send(Guid id, HttpContext http, DoorCheck door, IDbContextFactory<Db> dbs, string type, string ending, Func<IAsyncEnumerable<Line>, Stream, CancellationToken, Task> write)
    {
        var cancellation = http.RequestAborted;
        var viewer = Viewer.Of(http.User);
        viewer.RequirePerson();
        var pass = await door.PassOf(viewer, id, cancellation);
        if (pass is not { IsCrew: true }) throw Refusal.NotFound.AsException();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        http.Response.ContentType = type;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"chat-{pass.Room.Slug}.{ending}\"";
        var rows = db.Set<RoomEntry>().AsNoTracking().Where(e => e.RoomId == id && e.Kind == EntryKind.Chat).OrderBy(e => e.Seq).AsAsyncEnumerable();
        await write(Lines(rows), http.Response.Body, cancellation);
    }

    private static async IAsyncEnumerable<Line> Lines(IAsyncEnumerable<RoomEntry> rows)
    {
        await foreach (var row in rows)
        {
            var entry = row.ToEntry();
            yield return new(entry.Seq, row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), entry.Name, entry.Role, entry.Text, entry.Quote?.Message,
                entry.Now?.EditedAt is not null, entry.Now?.Removed, entry.Now?.Pinned ?? false, entry.Now?.Reactions);
        }
    }

    private static async Task WriteCsv(IAsyncEnumerable<Line> lines, Stream to, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(Csv.Row("number", "at", "name", "role", "text", "answers", "edited", "removed", "pinned", "reactions"));
        await foreach (var line in lines.WithCancellation(cancellation))
            await writer.WriteAsync(Csv.Row(Number(line.Number), line.At, line.Name, line.Role, line.Text ?? "", Number(line.Answers), line.Edited ? "yes" : "", line.Removed ?? "", line.Pinned ? "yes" : "",
                string.Join(' ', (line.Reactions ?? []).Select(count => $"{count.Key} {Number(count.Value)}"))));
    }

    private static async Task WriteJson(IAsyncEnumerable<Line> lines, Stream to, CancellationToken cancellation) =>
        await JsonSerializer.SerializeAsync(to, lines, Json, cancellation);

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private sealed record Line(long Number, string At, string Name, string Role, string? Text, long? Answers, bool Edited, string? Removed, bool Pinned, Dictionary<string, int>? Reactions);
}
