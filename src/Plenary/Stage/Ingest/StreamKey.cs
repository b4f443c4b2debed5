using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Stage.Ingest;

/// <summary>With it an encoder such as OBS may send to one stage. Only its hash is kept; it is shown once, when it is made or made anew.</summary>
public sealed class StreamKey
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid RoomId { get; init; }

    /// <summary>What the crew calls it; the audience sees it as who is on stage.</summary>
    public required string Name { get; init; }

    /// <summary>Who made it: broadcasts begun with it are theirs.</summary>
    public Guid PersonId { get; init; }

    public required string Hash { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the present secret was made.</summary>
    public DateTimeOffset RotatedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<StreamKey>
    {
        public void Configure(EntityTypeBuilder<StreamKey> builder)
        {
            builder.ToTable("StreamKeys");
            builder.Property(k => k.Name).HasMaxLength(80);
            builder.Property(k => k.Hash).HasMaxLength(64);
            builder.HasIndex(k => k.Hash).IsUnique();
            builder.HasIndex(k => k.RoomId);
            builder.HasOne<Rooms.Room>().WithMany().HasForeignKey(k => k.RoomId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
