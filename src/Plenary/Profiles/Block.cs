using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Profiles;

/// <summary>
/// Somebody wants nothing to do with somebody else, at every event, until they say otherwise. Both stop seeing each other; the other is never told.
/// </summary>
public sealed class Block
{
    public Guid ById { get; init; }

    public Guid WhomId { get; init; }

    /// <summary>Where it was made; a session of a personal link sees and takes back those of its own event only.</summary>
    public Guid EventId { get; init; }

    public DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Block>
    {
        public void Configure(EntityTypeBuilder<Block> builder)
        {
            builder.ToTable("Blocks");
            builder.HasKey(b => new { b.ById, b.WhomId });
            builder.HasIndex(b => b.WhomId);
            builder.HasOne<Person>().WithMany().HasForeignKey(b => b.ById);
            builder.HasOne<Person>().WithMany().HasForeignKey(b => b.WhomId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(b => b.EventId);
        }
    }
}

/// <summary>Asks for blocks; a block counts in both directions.</summary>
public static class Blocks
{
    /// <summary>Everybody this person blocks or is blocked by.</summary>
    public static async Task<HashSet<Guid>> Around(Db db, Guid person, CancellationToken cancellation) =>
        [.. await db.Set<Block>().Where(b => b.ById == person).Select(b => b.WhomId)
            .Concat(db.Set<Block>().Where(b => b.WhomId == person).Select(b => b.ById)).ToListAsync(cancellation)];

    /// <summary>True when either of the two blocks the other.</summary>
    public static Task<bool> Between(Db db, Guid one, Guid other, CancellationToken cancellation) =>
        db.Set<Block>().AnyAsync(b => (b.ById == one && b.WhomId == other) || (b.ById == other && b.WhomId == one), cancellation);

    /// <summary>All pairs among these people that must not be put together; each pair once, the smaller id first.</summary>
    public static async Task<HashSet<(Guid One, Guid Other)>> Pairs(Db db, IReadOnlyCollection<Guid> people, CancellationToken cancellation)
    {
        var among = people as IReadOnlySet<Guid> ?? people.ToHashSet();
        var pairs = new HashSet<(Guid, Guid)>();
        foreach (var some in people.Chunk(10_000))
            foreach (var block in await db.Set<Block>().Where(b => some.Contains(b.ById)).Select(b => new { b.ById, b.WhomId }).ToListAsync(cancellation))
                if (among.Contains(block.WhomId)) pairs.Add(block.ById.CompareTo(block.WhomId) < 0 ? (block.ById, block.WhomId) : (block.WhomId, block.ById));
        return pairs;
    }
}
