using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Conduct;

namespace Plenary.Moderation;

/// <summary>What the person concerned says about their restriction, once, and what they are answered.</summary>
public sealed class Appeal
{
    public const int LongestNote = 1_000;

    public Guid RestrictionId { get; init; }

    public Guid EventId { get; init; }

    public required string Note { get; init; }

    public DateTimeOffset At { get; init; }

    public string? Answer { get; set; }

    /// <summary>Set once: of two who answer at the same time one is refused.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Appeal>
    {
        public void Configure(EntityTypeBuilder<Appeal> builder)
        {
            builder.ToTable("Appeals");
            builder.HasKey(a => a.RestrictionId);
            builder.Property(a => a.RestrictionId).ValueGeneratedNever();
            builder.Property(a => a.Note).HasMaxLength(LongestNote);
            builder.Property(a => a.AnsweredAt).IsConcurrencyToken();
            builder.Property(a => a.Answer).HasMaxLength(LongestNote);
            builder.HasIndex(a => new { a.EventId, a.AnsweredAt });
            builder.HasOne<Restriction>().WithMany().HasForeignKey(a => a.RestrictionId);
        }
    }
}
