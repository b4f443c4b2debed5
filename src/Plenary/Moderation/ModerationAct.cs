using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Conduct;
using Plenary.Platform.Access;

namespace Plenary.Moderation;

/// <summary>What was done.</summary>
public enum ModerationActKind
{
    Mute,
    TimeOut,
    Removal,
    Ban,

    /// <summary>A restriction was taken back.</summary>
    Lift,

    /// <summary>The rules of a room were changed.</summary>
    Rules,

    /// <summary>A held message was let through.</summary>
    LetThrough,

    /// <summary>A held message was declined.</summary>
    Decline,

    /// <summary>A report was dealt with.</summary>
    CloseReport,

    /// <summary>Somebody asked to look at their restriction again.</summary>
    Appeal,

    /// <summary>They were answered.</summary>
    AnswerAppeal,
}

/// <summary>One line of the audit log: who did what about whom, when and why. Lines are added, never changed or removed.</summary>
public sealed class ModerationAct
{
    public const int LongestDetail = 4_000;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public ModerationActKind Kind { get; init; }

    public DateTimeOffset At { get; init; }

    public Guid ById { get; init; }

    /// <summary>As they were called then.</summary>
    public required string ByName { get; init; }

    public Guid? AboutId { get; init; }

    public string AboutName { get; init; } = "";

    public Guid? RoomId { get; init; }

    /// <summary>The restriction, message or report.</summary>
    public Guid? SubjectId { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>What is worth knowing besides: the words of a message, the rules as they were set, until when.</summary>
    public string Detail { get; init; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<ModerationAct>
    {
        public void Configure(EntityTypeBuilder<ModerationAct> builder)
        {
            builder.ToTable("ModerationActs");
            builder.Property(a => a.Kind).HasConversion<string>().HasMaxLength(16);
            builder.Property(a => a.ByName).HasMaxLength(Person.LongestName);
            builder.Property(a => a.AboutName).HasMaxLength(Person.LongestName);
            builder.Property(a => a.Reason).HasMaxLength(Restriction.LongestReason);
            builder.Property(a => a.Detail).HasMaxLength(LongestDetail);
            builder.HasIndex(a => new { a.EventId, a.Id });
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(a => a.EventId);
        }
    }
}
