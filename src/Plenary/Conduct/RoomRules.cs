using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Conduct;

/// <summary>What becomes of messages with links, or with words of the list.</summary>
public enum RulePolicy
{
    Allow,

    /// <summary>A moderator decides before others see it.</summary>
    Hold,

    Refuse,
}

/// <summary>How people write in a room. The event's staff and speakers are not bound by it.</summary>
public sealed class RoomRules
{
    public const int LongestWords = 4_000;
    public const int LongestSlow = 600;
    public const int ShortestDelay = 3;
    public const int LongestDelay = 15;

    public Guid RoomId { get; init; }

    public Guid EventId { get; init; }

    /// <summary>Seconds from one message of a person to their next; 0 for none.</summary>
    public int SlowSeconds { get; set; }

    /// <summary>Seconds that a message waits before others see it, in which it can be declined; 0 for none.</summary>
    public int DelaySeconds { get; set; }

    /// <summary>Every message waits for a moderator.</summary>
    public bool HoldsAll { get; set; }

    /// <summary>Only staff and speakers write.</summary>
    public bool Locked { get; set; }

    public RulePolicy Links { get; set; } = RulePolicy.Allow;

    /// <summary>What becomes of messages with a word of the list.</summary>
    public RulePolicy WordPolicy { get; set; } = RulePolicy.Hold;

    /// <summary>Words and phrases, one a line; see <see cref="WordList"/>.</summary>
    public string Words { get; set; } = "";

    /// <summary>Of two the higher is true.</summary>
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RoomRules>
    {
        public void Configure(EntityTypeBuilder<RoomRules> builder)
        {
            builder.ToTable("RoomRules");
            builder.HasKey(r => r.RoomId);
            builder.Property(r => r.RoomId).ValueGeneratedNever();
            builder.Property(r => r.Links).HasConversion<string>().HasMaxLength(16);
            builder.Property(r => r.WordPolicy).HasConversion<string>().HasMaxLength(16);
            builder.Property(r => r.Words).HasMaxLength(LongestWords);
            builder.Property(r => r.Version).IsConcurrencyToken();
            builder.HasIndex(r => r.EventId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(r => r.EventId);
        }
    }
}
