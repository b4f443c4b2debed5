using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;

namespace Plenary.Shows;

/// <summary>The run of show of an event: who holds its controls, and whether the clock fires cues. Only the grain of the event writes it.</summary>
public sealed class Show
{
    public Guid EventId { get; init; }

    /// <summary>The clock fires what is due; otherwise only the hand does.</summary>
    public bool Autopilot { get; set; }

    /// <summary>Who holds the controls; everybody else watches.</summary>
    public Guid? ControllerId { get; set; }

    public string Controller { get; set; } = "";

    /// <summary>Who asks for them.</summary>
    public Guid? WantedById { get; set; }

    public string WantedBy { get; set; } = "";

    /// <summary>Raised by every change of the show or its cues: whoever saw another number does not know what is true.</summary>
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Show>
    {
        public void Configure(EntityTypeBuilder<Show> builder)
        {
            builder.ToTable("Shows");
            builder.HasKey(s => s.EventId);
            builder.Property(s => s.Controller).HasMaxLength(Person.LongestName);
            builder.Property(s => s.WantedBy).HasMaxLength(Person.LongestName);
            builder.Property(s => s.Version).IsConcurrencyToken();
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(s => s.EventId);
        }
    }
}

/// <summary>That the event ran late, or early again: everything that was to come moved by so much.</summary>
public sealed class ShowShift
{
    public Guid Id { get; init; }

    public Guid EventId { get; init; }

    public int Seconds { get; init; }

    /// <summary>What lay later than this stayed: the next day does not suffer.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>Those that moved, whole or their end.</summary>
    public List<Guid> Sessions { get; init; } = [];

    public DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ShowShift>
    {
        public void Configure(EntityTypeBuilder<ShowShift> builder)
        {
            builder.ToTable("ShowShifts");
            builder.Property(s => s.By).HasMaxLength(Person.LongestName);
            builder.HasIndex(s => new { s.EventId, s.At });
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(s => s.EventId);
        }
    }
}
