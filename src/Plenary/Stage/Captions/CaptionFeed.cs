using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Stage.Captions;

/// <summary>
/// The door of a captioning service to one stage: an address whose end is a key. Only the key's hash is kept, so the address is shown once;
/// a new one makes the old one void.
/// </summary>
public sealed class CaptionFeed
{
    public Guid RoomId { get; init; }

    /// <summary>SHA-256 of the key.</summary>
    public required string KeyHash { get; set; }

    /// <summary>Of lines that do not say theirs.</summary>
    public required string Language { get; set; }

    /// <summary>Number of the latest line, as the service counts them; it asks for it when it begins again.</summary>
    public long LastSequence { get; set; }

    public DateTimeOffset MadeAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CaptionFeed>
    {
        public void Configure(EntityTypeBuilder<CaptionFeed> builder)
        {
            builder.ToTable("CaptionFeeds");
            builder.HasKey(f => f.RoomId);
            builder.Property(f => f.KeyHash).HasMaxLength(64);
            builder.Property(f => f.Language).HasMaxLength(CaptionLine.LongestLanguage);
            builder.HasIndex(f => f.KeyHash).IsUnique();
            builder.HasOne<Rooms.Room>().WithOne().HasForeignKey<CaptionFeed>(f => f.RoomId);
        }
    }
}
