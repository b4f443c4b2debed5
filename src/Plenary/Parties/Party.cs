using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Parties;

/// <summary>Where a party is. Each phase but the last ends at the party's <see cref="Party.Until"/>.</summary>
public enum PartyPhase
{
    /// <summary>People test their devices and say that they are ready.</summary>
    CheckIn,

    /// <summary>The first round is about to begin.</summary>
    Countdown,

    /// <summary>Everybody sees whom they are about to meet, and why.</summary>
    Card,

    /// <summary>They meet.</summary>
    Talk,

    /// <summary>A breath before the next round.</summary>
    Between,

    Over,
}

/// <summary>
/// A Cocktail Party: timed rounds in which people meet in pairs. Only its <see cref="PartyGrain"/> writes it, guarded by <see cref="Version"/>. All times are
/// absolute, so that a party goes on where it was whatever becomes of the process that led it.
/// </summary>
public sealed class Party
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    /// <summary>Where it was started, and where everybody goes back to.</summary>
    public Guid RoomId { get; init; }

    /// <summary>The same while it is not over, then null: one party at a time in a room.</summary>
    public Guid? OpenIn { get; set; }

    public Guid StartedBy { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public required PartySettings Settings { get; set; }

    public PartyPhase Phase { get; set; }

    /// <summary>When the host stopped the clocks; <see cref="Until"/> stays as it was and is moved when they go on.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>From 1; 0 before the first.</summary>
    public int Round { get; set; }

    /// <summary>When the phase ends; null when it is over.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>What the host told everybody last.</summary>
    public string? Message { get; set; }

    public string? MessageBy { get; set; }

    public DateTimeOffset? MessageAt { get; set; }

    /// <summary>Raised by every transaction. Whoever saw another number no longer leads the party.</summary>
    public int Version { get; set; } = 1;

    internal sealed class Mapping : IEntityTypeConfiguration<Party>
    {
        public void Configure(EntityTypeBuilder<Party> builder)
        {
            builder.ToTable("Parties");
            builder.Property(p => p.Settings).HasConversion(settings => settings.ToJson(), json => PartySettings.Read(json)).HasMaxLength(2_000);
            builder.Property(p => p.Phase).HasConversion<string>().HasMaxLength(16);
            builder.Property(p => p.Message).HasMaxLength(PartyCommand.LongestMessage);
            builder.Property(p => p.MessageBy).HasMaxLength(Platform.Access.Person.LongestName);
            builder.Property(p => p.Version).IsConcurrencyToken();
            builder.HasIndex(p => p.OpenIn).IsUnique();
            builder.HasIndex(p => new { p.RoomId, p.StartedAt });
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(p => p.EventId);
            builder.HasOne<Rooms.Room>().WithMany().HasForeignKey(p => p.RoomId);
        }
    }
}
