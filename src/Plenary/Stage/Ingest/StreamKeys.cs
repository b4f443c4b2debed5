using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;
using Plenary.Rooms;

namespace Plenary.Stage.Ingest;

/// <summary>Stream keys of stages: made, made anew and revoked by the event's crew. What is sent with a key that is not there any more is cut off within a second.</summary>
public sealed class StreamKeys(IDbContextFactory<Db> dbs, TimeProvider clock)
{
    private const int MostOfAStage = 20;

    /// <summary>A key and, this once, its secret.</summary>
    public sealed record Made(StreamKey Key, string Secret);

    /// <summary>Those of a stage, for its crew. Refused: not-found.</summary>
    public async Task<List<StreamKey>> OfAsync(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await RequireCrewAsync(db, viewer, room, cancellation);
        return await db.Set<StreamKey>().AsNoTracking().Where(k => k.RoomId == room).OrderBy(k => k.CreatedAt).ToListAsync(cancellation);
    }

    /// <summary>Refused: not-found for whoever is not of the crew, not-a-stage, invalid-input, too-many-keys.</summary>
    public async Task<Made> CreateAsync(Viewer viewer, Guid room, string name, CancellationToken cancellation)
    {
        var label = name.Trim();
        if (label.Length is 0 or > 80) throw Refusal.Invalid("name", "Give the key a name of at most 80 characters: the audience sees it as who is on stage.").AsException();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var pass = await RequireCrewAsync(db, viewer, room, cancellation);
        if (pass.Room.Kind != RoomKind.Stage) StageRefusals.NotAStage.Throw();
        if (await db.Set<StreamKey>().CountAsync(k => k.RoomId == room, cancellation) >= MostOfAStage) StageRefusals.TooManyKeys.Throw();
        var (secret, now) = (Secret.New(), clock.GetUtcNow());
        var key = new StreamKey { RoomId = room, Name = label, PersonId = pass.Person, Hash = Secret.Hash(secret), CreatedAt = now, RotatedAt = now };
        db.Add(key);
        await db.SaveChangesAsync(cancellation);
        return new(key, secret);
    }

    /// <summary>Gives a key a new secret; the old one is worth nothing from now on. Refused: not-found.</summary>
    public async Task<Made> RotateAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var key = await RequireAsync(db, viewer, id, cancellation);
        var secret = Secret.New();
        (key.Hash, key.RotatedAt, key.LastUsedAt) = (Secret.Hash(secret), clock.GetUtcNow(), null);
        await db.SaveChangesAsync(cancellation);
        return new(key, secret);
    }

    /// <summary>Refused: not-found.</summary>
    public async Task RevokeAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        db.Remove(await RequireAsync(db, viewer, id, cancellation));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The key with this secret, or null; notes that it is used.</summary>
    internal async Task<StreamKey?> UseAsync(string secret, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var hash = Secret.Hash(secret);
        var key = await db.Set<StreamKey>().SingleOrDefaultAsync(k => k.Hash == hash, cancellation);
        if (key is null) return null;
        key.LastUsedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
        return key;
    }

    /// <summary>Whether it is still what it was when it was used.</summary>
    internal async Task<bool> IsValidAsync(StreamKey key, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await db.Set<StreamKey>().AnyAsync(k => k.Id == key.Id && k.Hash == key.Hash, cancellation);
    }

    private static async Task<StreamKey> RequireAsync(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        if (await db.Set<StreamKey>().SingleOrDefaultAsync(k => k.Id == id, cancellation) is not { } key) throw Refusal.NotFound.AsException();
        await RequireCrewAsync(db, viewer, key.RoomId, cancellation);
        return key;
    }

    private static async Task<RoomPass> RequireCrewAsync(Db db, Viewer viewer, Guid room, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        return await db.RoomPassOf(viewer, room, cancellation) is { IsCrew: true } pass ? pass : throw Refusal.NotFound.AsException();
    }
}
