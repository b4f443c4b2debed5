using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;

namespace Plenary.Profiles;

/// <summary>
/// What a slice above does when two people are to be kept apart: end their calls, take their seats apart. Called when the block is saved and,
/// in case that process died, once more by a job; so doing it twice must be harmless. Registered as singletons.
/// </summary>
public delegate Task WhenBlocked(Guid by, Guid whom, CancellationToken cancellation);

/// <summary>Makes and takes back blocks.</summary>
public sealed class Blocking(IEnumerable<WhenBlocked> reactions, TimeProvider clock, ILogger<Blocking> logger)
{
    /// <summary>Of one person.</summary>
    public const int Most = 1000;

    public static readonly Refusal TooMany = new("too-many-blocks", 409, $"You block {Most} people already. Take one back first.");

    /// <summary>The job comes a little later: usually everything is done by then.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>
    /// From now on the two are kept apart everywhere. Doing it again changes nothing. Refused: sign-in-required; not-found when the viewer
    /// is not of the event or the other never was; invalid-input for oneself; too-many-blocks.
    /// </summary>
    public async Task Block(Db db, Viewer viewer, Guid eventId, Guid whom, CancellationToken cancellation)
    {
        var by = await db.RequireOf(viewer, eventId, cancellation);
        if (by == whom) Refusal.Invalid("person", "You cannot block yourself.").Throw();
        if (!await db.WasOf(eventId, whom, cancellation)) Refusal.NotFound.Throw();
        if (await db.Set<Block>().AnyAsync(b => b.ById == by && b.WhomId == whom, cancellation)) return;
        if (await db.Set<Block>().CountAsync(b => b.ById == by, cancellation) >= Most) TooMany.Throw();
        var now = clock.GetUtcNow();
        db.Add(new Block { ById = by, WhomId = whom, EventId = eventId, At = now });
        db.AddJob(KeepApart.JobKind, new Blocked(by, whom), now + Grace);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            return; // a second click of the same person was faster
        }
        try
        {
            await React(by, whom, CancellationToken.None);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            ProfileLog.NotYetApart(logger, error); // the block stands; the job tries again
        }
    }

    /// <summary>Takes it back; nothing happens when there is none. In a session of one event: only what was blocked there. Refused: sign-in-required.</summary>
    public static async Task Unblock(Db db, Viewer viewer, Guid whom, CancellationToken cancellation)
    {
        var by = viewer.RequirePerson();
        await db.Set<Block>().Where(b => b.ById == by && b.WhomId == whom && (viewer.EventId == null || b.EventId == viewer.EventId)).ExecuteDeleteAsync(cancellation);
    }

    internal async Task React(Guid by, Guid whom, CancellationToken cancellation)
    {
        // One that fails must not keep the others from doing their part.
        List<Exception>? errors = null;
        foreach (var reaction in reactions)
        {
            try { await reaction(by, whom, cancellation); }
            catch (Exception error) when (error is not OutOfMemoryException) { (errors ??= []).Add(error); }
        }
        if (errors is not null) throw new AggregateException(errors);
    }
}

/// <summary>Two people are to be kept apart.</summary>
internal sealed record Blocked(Guid By, Guid Whom);

/// <summary>The safety net of a block: everything that has to happen, again.</summary>
internal sealed class KeepApart(Blocking blocking, IDbContextFactory<Db> dbs) : IJobHandler
{
    public const string JobKind = "profiles.keep-apart";

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var (by, whom) = JsonSerializer.Deserialize<Blocked>(payload, JsonSerializerOptions.Web)!;
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
            if (!await Blocks.Between(db, by, whom, cancellation)) return; // taken back meanwhile
        await blocking.React(by, whom, cancellation);
    }
}

internal static partial class ProfileLog
{
    [LoggerMessage(LogLevel.Warning, "A block is kept, but not everything was taken apart yet")]
    public static partial void NotYetApart(ILogger logger, Exception error);
}
