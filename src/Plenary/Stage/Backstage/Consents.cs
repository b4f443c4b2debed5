using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Stage.Backstage;

/// <summary>Keeps who agreed to be recorded.</summary>
public sealed class Consents(IDbContextFactory<Db> dbs, TimeProvider clock)
{
    /// <summary>The viewer agrees; again it changes nothing. Refused like everything backstage.</summary>
    public async Task Give(Viewer viewer, Guid stage, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var who = await db.RequireBackstage(viewer, stage, cancellation);
        if (await Has(db, stage, who.Pass.Person, cancellation)) return;
        db.Add(new RecordingConsent { RoomId = stage, PersonId = who.Pass.Person, At = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (!await Has(db, stage, who.Pass.Person, cancellation)) throw; // else another window of theirs was faster
        }
    }

    internal static Task<bool> Has(Db db, Guid stage, Guid person, CancellationToken cancellation) =>
        db.Set<RecordingConsent>().AnyAsync(c => c.RoomId == stage && c.PersonId == person, cancellation);
}
