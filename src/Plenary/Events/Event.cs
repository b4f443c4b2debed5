using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Events;

/// <summary>Where an event is in its life.</summary>
public enum EventStatus
{
    /// <summary>Seen by its crew only.</summary>
    Draft,

    /// <summary>Seen by anyone; registration is open until it ends.</summary>
    Published,

    /// <summary>Over: replays only.</summary>
    Ended,

    Cancelled,
}

/// <summary>Dates, branding and words of an event; its rooms, agenda and registrations belong to their own slices.</summary>
public sealed class Event
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid OrganizationId { get; init; }

    /// <summary>Its part of an address: lower-case letters, digits and hyphens; unique over the installation.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    /// <summary>A sentence or two under the name; may be empty.</summary>
    public string Tagline { get; set; } = "";

    /// <summary>Markdown.</summary>
    public string Description { get; set; } = "";

    public EventStatus Status { get; set; }

    public DateTimeOffset StartsAt { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    /// <summary>IANA name of the zone whose wall clock the agenda follows.</summary>
    public required string TimeZone { get; set; }

    /// <summary>The one colour an organizer sets, as #rrggbb.</summary>
    public string Accent { get; set; } = "#0e6b54";

    /// <summary>Key of the drawn cover that is shown while nothing was uploaded.</summary>
    public string CoverArt { get; set; } = "cover";

    /// <summary>An uploaded cover.</summary>
    public Guid? CoverFileId { get; set; }

    /// <summary>The template it was made from.</summary>
    public string TemplateKey { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>The event that this one is a sandbox copy of. Such a copy has simulated people only, and no query finds it that does not ask for it (<see cref="EventQueries.WithRehearsals"/>).</summary>
    public Guid? RehearsalOf { get; init; }

    /// <summary>Raised by every save; an update names the one it saw.</summary>
    public int Version { get; set; } = 1;

    internal sealed class Mapping : IEntityTypeConfiguration<Event>
    {
        public void Configure(EntityTypeBuilder<Event> builder)
        {
            builder.ToTable("Events");
            builder.Property(e => e.Slug).HasMaxLength(80);
            builder.Property(e => e.Name).HasMaxLength(120);
            builder.Property(e => e.Tagline).HasMaxLength(280);
            builder.Property(e => e.Description).HasMaxLength(20_000);
            builder.Property(e => e.Status).HasConversion<string>().HasMaxLength(16);
            builder.Property(e => e.TimeZone).HasMaxLength(64);
            builder.Property(e => e.Accent).HasMaxLength(7);
            builder.Property(e => e.CoverArt).HasMaxLength(40);
            builder.Property(e => e.TemplateKey).HasMaxLength(60);
            builder.Property(e => e.Version).IsConcurrencyToken();
            builder.HasIndex(e => e.Slug).IsUnique();
            builder.HasIndex(e => new { e.OrganizationId, e.StartsAt });
            builder.HasIndex(e => new { e.Status, e.StartsAt });
            // Lists, pages, mails, forecasts, numbers: whatever anybody ever asks about events does not know of rehearsals.
            builder.HasQueryFilter(e => e.RehearsalOf == null);
            builder.HasOne<Organizations.Organization>().WithMany().HasForeignKey(e => e.OrganizationId);
        }
    }
}

/// <summary>Where events are read.</summary>
public static class EventQueries
{
    /// <summary>Events and the sandbox copies of rehearsals: only for what the live path needs to let simulated people in.</summary>
    public static IQueryable<Event> WithRehearsals(this DbSet<Event> events) => events.IgnoreQueryFilters();
}
