using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Stage.Captions;

/// <summary>
/// The addresses that captioning services send to. They speak what services speak to every platform: <c>POST {address}?seq=7&amp;lang=en</c> with
/// the line as plain text, and <c>GET {address}/seq</c> for the number they were at (Zoom's closed captioning API).
/// </summary>
public sealed class CaptionFeeds(IDbContextFactory<Db> dbs, Captioning captioning, PublicUrl site, TimeProvider clock)
{
    /// <summary>What a service needs to listen, write and send; its lines say nothing of it.</summary>
    private const int UsualDelayMs = 3_000;

    /// <summary>Longer than any key we make.</summary>
    private const int LongestKey = 64;

    /// <summary>Makes the room's feed, or its address anew; the old address ends. Refused: sign-in-required, not-found for anyone but the crew, not-a-stage, invalid-input.</summary>
    /// <returns>The address; it cannot be shown again.</returns>
    public async Task<string> OpenAsync(Viewer viewer, Guid roomId, string language, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var tag = CaptionLine.Tag(language);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var pass = await RequireCrewAsync(db, viewer, roomId, cancellation);
        if (pass.Room.Kind != RoomKind.Stage) StageRefusals.NotAStage.Throw();
        var key = Secret.New();
        var feed = await db.Set<CaptionFeed>().SingleOrDefaultAsync(f => f.RoomId == roomId, cancellation);
        if (feed is null) db.Add(feed = new CaptionFeed { RoomId = roomId, KeyHash = "", Language = tag });
        (feed.KeyHash, feed.Language, feed.LastSequence, feed.MadeAt) = (Secret.Hash(key), tag, 0, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        return site.Link("/captions/" + key);
    }

    /// <summary>The address stops working.</summary>
    public async Task CloseAsync(Viewer viewer, Guid roomId, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await RequireCrewAsync(db, viewer, roomId, cancellation);
        await db.Set<CaptionFeed>().Where(f => f.RoomId == roomId).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>A line of the service. The same number with the same words is the same line. Refused: not-found, and what <see cref="Captioning"/> refuses.</summary>
    internal async Task SayAsync(string key, string text, string? language, long? sequence, CancellationToken cancellation)
    {
        var feed = await FindAsync(key, cancellation);
        var id = sequence is { } number ? IdOf($"{feed.RoomId}/{feed.MadeAt.UtcTicks}/{language}/{number}/{text}") : Guid.CreateVersion7();
        await captioning.SayAsync(feed.RoomId, new(id, language ?? feed.Language, text, UsualDelayMs, null, Final: true, null), CaptionSource.Feed, null, cancellation);
        if (sequence is not { } at || at <= feed.LastSequence) return;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await db.Set<CaptionFeed>().Where(f => f.RoomId == feed.RoomId && f.LastSequence < at).ExecuteUpdateAsync(set => set.SetProperty(f => f.LastSequence, at), cancellation);
    }

    /// <summary>The number of the service's latest line. Refused: not-found.</summary>
    internal async Task<long> SequenceAsync(string key, CancellationToken cancellation) => (await FindAsync(key, cancellation)).LastSequence;

    private async Task<CaptionFeed> FindAsync(string key, CancellationToken cancellation)
    {
        if (key.Length > LongestKey) throw Refusal.NotFound.AsException();
        var hash = Secret.Hash(key);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await db.Set<CaptionFeed>().AsNoTracking().SingleOrDefaultAsync(f => f.KeyHash == hash, cancellation) ?? throw Refusal.NotFound.AsException();
    }

    private static async Task<RoomPass> RequireCrewAsync(Db db, Viewer viewer, Guid roomId, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        return await db.RoomPassOf(viewer, roomId, cancellation) is { IsCrew: true } pass ? pass : throw Refusal.NotFound.AsException();
    }

    private static Guid IdOf(string what) => new(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 16));
}
