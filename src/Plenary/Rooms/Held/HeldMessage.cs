using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Conduct;

namespace Plenary.Rooms.Held;

/// <summary>Where a held message is on its way.</summary>
public enum HeldState
{
    /// <summary>For its time, or for a moderator.</summary>
    Waiting,

    /// <summary>A moderator let it through; the room has not shown it yet.</summary>
    Approved,

    /// <summary>The room is showing it: too late to decline it.</summary>
    Due,

    /// <summary>It is in the room's log.</summary>
    Released,

    /// <summary>A moderator declined it, or its author was muted or sent away.</summary>
    Dropped,
}

/// <summary>A message that is kept and not shown yet. Its author was told so; beside them only the staff sees it.</summary>
public sealed class HeldMessage
{
    public Guid RoomId { get; init; }

    /// <summary>The id that its author made; the entry has it too.</summary>
    public Guid EntryId { get; init; }

    public Guid EventId { get; init; }

    /// <summary>1, 2, 3 … of the room: the order in which messages are let through.</summary>
    public long Number { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>Of the author, as it was then.</summary>
    public required string Name { get; init; }

    public required string Text { get; init; }

    /// <summary>JSON of the <see cref="NewEntry"/> that it becomes.</summary>
    public required string Entry { get; init; }

    public HoldReason Reason { get; init; }

    public HeldState State { get; set; }

    public DateTimeOffset At { get; init; }

    /// <summary>When it is let through by itself; null when only a moderator can.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    internal NewEntry ToEntry() => JsonSerializer.Deserialize<NewEntry>(Entry, JsonSerializerOptions.Web)!;

    internal sealed class Mapping : IEntityTypeConfiguration<HeldMessage>
    {
        public void Configure(EntityTypeBuilder<HeldMessage> builder)
        {
            builder.ToTable("HeldMessages");
            builder.HasKey(h => new { h.RoomId, h.EntryId });
            builder.HasIndex(h => new { h.EventId, h.State });
            builder.HasIndex(h => new { h.RoomId, h.Number }).IsUnique();
            builder.Property(h => h.Number).ValueGeneratedNever();
            builder.Property(h => h.Name).HasMaxLength(Platform.Access.Person.LongestName);
            builder.Property(h => h.Text).HasMaxLength(ChatText.Longest);
            builder.Property(h => h.Reason).HasConversion<string>().HasMaxLength(16);
            builder.Property(h => h.State).HasConversion<string>().HasMaxLength(16);
            builder.HasOne<Room>().WithMany().HasForeignKey(h => h.RoomId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
