using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Rooms;

/// <summary>What a room is made for.</summary>
public enum RoomKind
{
    /// <summary>Where people wait and find their way.</summary>
    Lobby,

    /// <summary>Somebody speaks, everybody watches.</summary>
    Stage,

    /// <summary>People meet each other.</summary>
    Networking,

    /// <summary>Behind a stage: its speakers and crew among themselves. Made with its stage, shown in no list, entered by nobody else.</summary>
    Backstage,
}

/// <summary>A place people are in at an event; has chat and presence.</summary>
public sealed class Room
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    /// <summary>Its part of an address, unique at the event.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    public RoomKind Kind { get; set; }

    /// <summary>How the room behaves, as templates name it: keynote, ama, workshop …</summary>
    public string Format { get; set; } = "";

    public int Position { get; set; }

    /// <summary>Of a backstage, the stage it is behind; null for every other room.</summary>
    public Guid? StageId { get; init; }

    /// <summary>The room behind a stage. Save it together with the stage.</summary>
    public static Room Behind(Room stage) => new()
    {
        EventId = stage.EventId,
        StageId = stage.Id,
        Slug = $"backstage-{stage.Id:N}",
        Name = "Backstage",
        Kind = RoomKind.Backstage,
        Format = "backstage",
    };

    internal sealed class Mapping : IEntityTypeConfiguration<Room>
    {
        public void Configure(EntityTypeBuilder<Room> builder)
        {
            builder.ToTable("Rooms");
            builder.Property(r => r.Slug).HasMaxLength(60);
            builder.Property(r => r.Name).HasMaxLength(80);
            builder.Property(r => r.Kind).HasConversion<string>().HasMaxLength(16);
            builder.Property(r => r.Format).HasMaxLength(40);
            builder.HasIndex(r => new { r.EventId, r.Slug }).IsUnique();
            // One backstage for each stage, whoever makes it.
            builder.HasIndex(r => r.StageId).IsUnique();
            builder.HasOne<Room>().WithMany().HasForeignKey(r => r.StageId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(r => r.EventId);
        }
    }
}

/// <summary>Adds rooms to the unit of work at hand.</summary>
public static class RoomWriting
{
    /// <summary>Adds the room, and the backstage of a stage with it: both are there or neither.</summary>
    public static void AddRoom(this DbContext db, Room room)
    {
        db.Add(room);
        if (room.Kind == RoomKind.Stage) db.Add(Room.Behind(room));
    }
}
