using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;
using Plenary.Platform.Text;

namespace Plenary.Rooms.Chat;

/// <summary>What was written in a room, for those who may be there: earlier messages, those with certain words, those that are pinned; for the staff also what stood there before.</summary>
public sealed class ChatReading(IDbContextFactory<Db> dbs, DoorCheck door, TimeProvider clock)
{
    /// <summary>Messages that are read at a time.</summary>
    public const int Page = 100;

    private const int MostHits = 50;

    private readonly Gcra<Guid> searches = new(perSecond: 2, burst: 10, clock);

    /// <summary>The messages before a number, oldest first. Refused: sign-in-required, not-found.</summary>
    public async Task<IReadOnlyList<Entry>> Before(Viewer viewer, Guid room, long before, CancellationToken cancellation)
    {
        await PassOf(viewer, room, cancellation);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var rows = await Messages(db, room).Where(e => e.Seq < before).OrderByDescending(e => e.Seq).Take(Page).ToListAsync(cancellation);
        rows.Reverse();
        return await Fresh(db, room, rows, cancellation);
    }

    /// <summary>The pinned messages, in their order. Refused: sign-in-required, not-found.</summary>
    public async Task<IReadOnlyList<Entry>> Pinned(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        await PassOf(viewer, room, cancellation);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await Fresh(db, room, await Messages(db, room).Where(e => e.Pinned).OrderBy(e => e.Seq).ToListAsync(cancellation), cancellation);
    }

    /// <summary>The messages that have all these words, or words that begin so, the newest first. Refused: sign-in-required, not-found, too-many-requests.</summary>
    public async Task<IReadOnlyList<Entry>> Search(Viewer viewer, Guid room, string? text, CancellationToken cancellation)
    {
        var pass = await PassOf(viewer, room, cancellation);
        if (!searches.Take(pass.Person)) Refusal.TooMany.Throw();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        IQueryable<long>? hits = null;
        if (db.Database.IsNpgsql())
        {
            if (SearchWords.ForPostgres(text) is { } query)
                hits = db.Database.SqlQuery<long>($"""
                    SELECT "Seq" AS "Value" FROM "RoomEntries" WHERE "Kind" = 'Chat' AND "RoomId" = {room} AND "Text" IS NOT NULL AND chat_words("Text") @@ to_tsquery('simple', {query})
                    """);
        }
        else if (SearchWords.ForSqlite(text) is { } phrases)
            hits = db.Database.SqlQuery<long>($"""
                SELECT p."Seq" AS "Value" FROM "ChatPlaces" p WHERE p."RoomId" = {room} AND p."Id" IN (SELECT rowid FROM "ChatSearch" WHERE "ChatSearch" MATCH {phrases})
                """);
        if (hits is null) return [];
        var found = await hits.OrderByDescending(seq => seq).Take(MostHits).ToListAsync(cancellation);
        var rows = await Messages(db, room).Where(e => found.Contains(e.Seq)).OrderByDescending(e => e.Seq).ToListAsync(cancellation);
        return await Fresh(db, room, rows, cancellation);
    }

    /// <summary>With what the viewer reacts to which messages, the latest of them. Refused: sign-in-required, not-found.</summary>
    public async Task<IReadOnlyList<MessageReaction>> Reactions(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        var pass = await PassOf(viewer, room, cancellation);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await db.Set<MessageReaction>().AsNoTracking().Where(r => r.RoomId == room && r.PersonId == pass.Person).OrderByDescending(r => r.Message).Take(500).ToListAsync(cancellation);
    }

    /// <summary>What was done about a message and what it said before, in order. Staff only. Refused: sign-in-required, not-found, forbidden.</summary>
    public async Task<IReadOnlyList<RoomEntry>> History(Viewer viewer, Guid room, long message, CancellationToken cancellation)
    {
        var pass = await PassOf(viewer, room, cancellation);
        if (!pass.Roles.Overlaps(EventAccess.Staff)) Refusal.Forbidden.Throw();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await db.Set<RoomEntry>().AsNoTracking().Where(e => e.RoomId == room && e.About == message && e.Deed != Deed.Preview).OrderBy(e => e.Seq).ToListAsync(cancellation);
    }

    private async Task<RoomPass> PassOf(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        return await door.PassOf(viewer, room, cancellation) ?? throw Refusal.NotFound.AsException();
    }

    private static IQueryable<RoomEntry> Messages(Db db, Guid room) => db.Set<RoomEntry>().AsNoTracking().Where(e => e.RoomId == room && e.Kind == EntryKind.Chat);

    /// <summary>What is quoted is as it is now: a row keeps what was answered as it was then.</summary>
    private static async Task<IReadOnlyList<Entry>> Fresh(Db db, Guid room, List<RoomEntry> rows, CancellationToken cancellation)
    {
        var entries = rows.ConvertAll(row => row.ToEntry());
        var quoted = entries.Where(e => e.Quote is not null).Select(e => e.Quote!.Message).Distinct().ToArray();
        if (quoted.Length == 0) return entries;
        var texts = await Messages(db, room).Where(e => quoted.Contains(e.Seq)).Select(e => new { e.Seq, e.Text }).ToDictionaryAsync(e => e.Seq, e => e.Text, cancellation);
        return entries.ConvertAll(e => e.Quote is { } quote ? e with { Quote = quote with { Text = Quote.Begin(texts.GetValueOrDefault(quote.Message)) } } : e);
    }
}
