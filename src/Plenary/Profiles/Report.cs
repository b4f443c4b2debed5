using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;

namespace Plenary.Profiles;

public enum ReportState
{
    /// <summary>Nobody has dealt with it yet.</summary>
    Open,

    Closed,
}

/// <summary>Where it happened and what the reporter chose to show of it.</summary>
/// <param name="Kind">What the id names: profile, chat, message, party, table, meeting, call.</param>
/// <param name="Id">Of the message, meeting, table …; null when it is about the person as such.</param>
/// <param name="Excerpt">JSON as the reporter's browser sent it, such as the messages they ticked; moderators see this and nothing else of a conversation.</param>
public sealed record ReportContext(string Kind, Guid? Id, string? Excerpt);

/// <summary>Somebody tells the moderators of an event about somebody else.</summary>
public sealed class Report
{
    public const int LongestNote = 1000;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public Guid ReporterId { get; init; }

    public Guid AboutId { get; init; }

    /// <summary>The reporter's words; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Of <see cref="ReportContext"/>.</summary>
    public required string ContextKind { get; init; }

    public Guid? ContextId { get; init; }

    public string? Excerpt { get; init; }

    public ReportState State { get; set; }

    public DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Report>
    {
        public void Configure(EntityTypeBuilder<Report> builder)
        {
            builder.ToTable("Reports");
            builder.Property(r => r.Note).HasMaxLength(LongestNote);
            builder.Property(r => r.ContextKind).HasMaxLength(16);
            builder.Property(r => r.Excerpt).HasMaxLength(Reports.LongestExcerpt);
            builder.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
            builder.HasIndex(r => new { r.EventId, r.State, r.Id });
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(r => r.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(r => r.ReporterId);
            builder.HasOne<Person>().WithMany().HasForeignKey(r => r.AboutId);
        }
    }
}
