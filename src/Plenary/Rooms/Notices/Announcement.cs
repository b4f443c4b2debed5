using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;

namespace Plenary.Rooms.Notices;

/// <summary>A line that the staff says to everybody in a room, or in all rooms of an event, for a while.</summary>
public sealed class Announcement
{
    /// <summary>Of <see cref="Text"/>.</summary>
    public const int Longest = 280;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    /// <summary>The one room it is for; null for all rooms of the event.</summary>
    public Guid? RoomId { get; init; }

    public required string Text { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>Name of who announced it, as it was then.</summary>
    public required string By { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>From then on nobody is shown it any more.</summary>
    public DateTimeOffset Until { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Announcement>
    {
        public void Configure(EntityTypeBuilder<Announcement> builder)
        {
            builder.ToTable("Announcements");
            builder.Property(a => a.Text).HasMaxLength(Longest);
            builder.Property(a => a.By).HasMaxLength(Person.LongestName);
            builder.HasIndex(a => new { a.EventId, a.Until });
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(a => a.EventId);
            builder.HasOne<Room>().WithMany().HasForeignKey(a => a.RoomId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId);
        }
    }
}
