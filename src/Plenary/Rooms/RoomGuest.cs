using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Rooms;

/// <summary>
/// An attendee who was asked backstage and agreed: as long as the row is there they may be in the room and publish in its call. Whoever
/// writes or removes it says so with <c>AddAccessChanged</c> in the same unit of work.
/// </summary>
public sealed class RoomGuest
{
    /// <summary>A backstage.</summary>
    public Guid RoomId { get; init; }

    public Guid PersonId { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>When a job takes them back to the audience, should nobody have done so before.</summary>
    public DateTimeOffset Until { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<RoomGuest>
    {
        public void Configure(EntityTypeBuilder<RoomGuest> builder)
        {
            builder.ToTable("RoomGuests");
            builder.HasKey(g => new { g.RoomId, g.PersonId });
            builder.HasIndex(g => g.PersonId);
            builder.HasOne<Room>().WithMany().HasForeignKey(g => g.RoomId);
            builder.HasOne<Platform.Access.Person>().WithMany().HasForeignKey(g => g.PersonId);
        }
    }
}
