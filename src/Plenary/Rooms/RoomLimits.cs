using System.Threading.RateLimiting;
using Plenary.Platform;

namespace Plenary.Rooms;

/// <summary>How fast one person may do things in rooms, over all of the person's connections to this process.</summary>
public sealed class RoomLimits : IDisposable
{
    private static readonly Refusal PostsTooFast = new("too-many-requests", 429, "You are writing a little fast for everyone to read. Wait a moment; nothing is lost.");

    private readonly PartitionedRateLimiter<Guid> joins = PerPerson(perSecond: 5, burst: 40);
    private readonly PartitionedRateLimiter<Guid> posts = PerPerson(perSecond: 5, burst: 10);
    private readonly PartitionedRateLimiter<Guid> reactions = PerPerson(perSecond: 10, burst: 10);
    private readonly PartitionedRateLimiter<Guid> reports = PerPerson(perSecond: 2, burst: 10);

    /// <summary>Refused: too-many-requests.</summary>
    public void Join(Guid person) => Take(joins, person, Refusal.TooMany);

    /// <summary>Refused: too-many-requests.</summary>
    public void Post(Guid person) => Take(posts, person, PostsTooFast);

    /// <summary>False: it is dropped, which hurts nobody.</summary>
    public bool React(Guid person) => Takes(reactions, person);

    /// <summary>False: it is dropped; the next report says the same.</summary>
    public bool Report(Guid person) => Takes(reports, person);

    public void Dispose()
    {
        joins.Dispose();
        posts.Dispose();
        reactions.Dispose();
        reports.Dispose();
    }

    private static bool Takes(PartitionedRateLimiter<Guid> limiter, Guid person)
    {
        using var lease = limiter.AttemptAcquire(person);
        return lease.IsAcquired;
    }

    private static void Take(PartitionedRateLimiter<Guid> limiter, Guid person, Refusal otherwise)
    {
        if (!Takes(limiter, person)) otherwise.Throw();
    }

    private static PartitionedRateLimiter<Guid> PerPerson(int perSecond, int burst) => PartitionedRateLimiter.Create<Guid, Guid>(person =>
        RateLimitPartition.GetTokenBucketLimiter(person, _ => new()
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) / perSecond,
            QueueLimit = 0,
        }));
}
