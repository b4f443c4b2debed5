using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Platform.Access;

namespace Plenary.Rehearsals;

/// <summary>Where a rehearsal is.</summary>
public enum RehearsalState
{
    /// <summary>Simulated people come, are there, or leave.</summary>
    Running,

    /// <summary>It went to its end.</summary>
    Done,

    /// <summary>An organizer stopped it, or it stopped itself for the sake of real people.</summary>
    Stopped,

    /// <summary>The process it ran in ended, or something it needs was missing.</summary>
    Failed,
}

/// <summary>
/// One run of simulated people through a copy of an event. The copy is removed afterwards with everything in it; this row and its report stay. Only one runs
/// at a time over the whole installation: <see cref="Slot"/> is unique.
/// </summary>
public sealed class Rehearsal
{
    /// <summary>The one value of <see cref="Slot"/>.</summary>
    internal const int OnlySlot = 1;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    /// <summary>Who started it.</summary>
    public Guid StartedById { get; init; }

    /// <summary>Who stopped it; null when nobody did.</summary>
    public Guid? StoppedById { get; set; }

    /// <summary>People that are simulated.</summary>
    public int Attendees { get; init; }

    /// <summary>From the first who comes until all leave.</summary>
    public int Seconds { get; init; }

    public RehearsalState State { get; set; }

    /// <summary>A word for a program, why it did not go to its end: organizer, busy, delivery, ended.</summary>
    public string StoppedBecause { get; set; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When its process last said that it goes on.</summary>
    public DateTimeOffset BeatAt { get; set; }

    /// <summary>An organizer wants it to end.</summary>
    public bool StopAsked { get; set; }

    /// <summary>The copy of the event, until it is removed.</summary>
    public Guid? SandboxId { get; set; }

    /// <summary>Taken while it runs.</summary>
    public int? Slot { get; set; }

    /// <summary>JSON: an array of <see cref="RehearsalSample"/>.</summary>
    public string Samples { get; set; } = "[]";

    /// <summary>JSON of <see cref="RehearsalReport"/>, once it ended.</summary>
    public string? Report { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Rehearsal>
    {
        public void Configure(EntityTypeBuilder<Rehearsal> builder)
        {
            builder.ToTable("Rehearsals");
            builder.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
            builder.Property(r => r.StoppedBecause).HasMaxLength(16);
            builder.HasIndex(r => r.Slot).IsUnique();
            builder.HasIndex(r => new { r.EventId, r.StartedAt });
            builder.HasOne<Event>().WithMany().HasForeignKey(r => r.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(r => r.StartedById);
        }
    }
}
