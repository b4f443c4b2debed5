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
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(r => r.EventId);
        }
    }
}
