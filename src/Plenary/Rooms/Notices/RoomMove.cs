using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;

namespace Plenary.Rooms.Notices;

/// <summary>Everybody in a room, or in all rooms of an event, is brought to another room at a moment; each may stay.</summary>
public sealed class RoomMove
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    /// <summary>Whose people go; null for all other rooms of the event.</summary>
    public Guid? FromId { get; init; }

    public Guid ToId { get; init; }

    /// <summary>Name of who said it, as it was then.</summary>
    public required string By { get; init; }

    public DateTimeOffset GoesAt { get; init; }

    public DateTimeOffset? CancelledAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RoomMove>
    {
        public void Configure(EntityTypeBuilder<RoomMove> builder)
        {
            builder.ToTable("RoomMoves");
            builder.Property(m => m.By).HasMaxLength(Person.LongestName);
            builder.HasIndex(m => new { m.EventId, m.GoesAt });
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(m => m.EventId);
            builder.HasOne<Room>().WithMany().HasForeignKey(m => m.FromId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Room>().WithMany().HasForeignKey(m => m.ToId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
