using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Platform.Access;

namespace Plenary.Points;

/// <summary>A line of an event's ledger. Its key is the deed, so a deed earns once. It has no time: when somebody voted in an anonymous poll is not to be read from it.</summary>
public sealed class PointEntry
{
    public Guid EventId { get; init; }

    public Guid PersonId { get; init; }

    public Deed Deed { get; init; }

    public Guid Subject { get; init; }

    /// <summary>As the rule was when it was earned.</summary>
    public int Points { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PointEntry>
    {
        public void Configure(EntityTypeBuilder<PointEntry> builder)
        {
            builder.ToTable("PointEntries");
            builder.HasKey(p => new { p.EventId, p.PersonId, p.Deed, p.Subject });
            builder.Property(p => p.Deed).HasConversion<string>().HasMaxLength(8);
            builder.HasIndex(p => p.PersonId);
            builder.HasOne<Event>().WithMany().HasForeignKey(p => p.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>Points are kept at an event: there is a row, or there are none.</summary>
public sealed class PointsKept
{
    public Guid EventId { get; init; }

    public DateTimeOffset Since { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PointsKept>
    {
        public void Configure(EntityTypeBuilder<PointsKept> builder)
        {
            builder.ToTable("PointsKept");
            builder.HasKey(p => p.EventId);
            builder.HasOne<Event>().WithMany().HasForeignKey(p => p.EventId);
        }
    }
}

/// <summary>Somebody does not want to be on the leaderboard of an event. Their points count for them all the same.</summary>
public sealed class PointsHidden
{
    public Guid EventId { get; init; }

    public Guid PersonId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PointsHidden>
    {
        public void Configure(EntityTypeBuilder<PointsHidden> builder)
        {
            builder.ToTable("PointsHidden");
            builder.HasKey(p => new { p.EventId, p.PersonId });
            builder.HasOne<Event>().WithMany().HasForeignKey(p => p.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
