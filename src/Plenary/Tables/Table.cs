using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;
using Plenary.Rooms;

namespace Plenary.Tables;

/// <summary>A table on a floor: a small circle of people who see and hear each other. Its id is the id of its call.</summary>
public sealed class Table
{
    public const int FewestSeats = 2;
    public const int MostSeats = 8;

    /// <summary>Of <see cref="Topic"/>.</summary>
    public const int LongestTopic = 100;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The floor: a room of kind <see cref="RoomKind.Networking"/>.</summary>
    public Guid RoomId { get; init; }

    /// <summary>1, 2, 3 …, unique on the floor.</summary>
    public int Number { get; set; }

    /// <summary>What it is about; may be empty.</summary>
    public string Topic { get; set; } = "";

    /// <summary>How many may sit here, 2 to 8.</summary>
    public int Seats { get; set; } = 6;

    /// <summary>For whom seat 1 is kept, who may lock the table and lets people in.</summary>
    public Guid? HostId { get; set; }

    /// <summary>Whoever wants to sit down knocks.</summary>
    public bool Locked { get; set; }

    /// <summary>Started by an attendee: it is gone when nobody sits there any more.</summary>
    public bool Passing { get; init; }

    /// <summary>Of a roundtable: seats are kept for those on its list around this time.</summary>
    public DateTimeOffset? StartsAt { get; set; }

    public DateTimeOffset? EndsAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Table>
    {
        public void Configure(EntityTypeBuilder<Table> builder)
        {
            builder.ToTable("Tables");
            builder.Property(t => t.Topic).HasMaxLength(LongestTopic);
            builder.HasIndex(t => new { t.RoomId, t.Number }).IsUnique();
            builder.HasOne<Room>().WithMany().HasForeignKey(t => t.RoomId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(t => t.HostId);
        }
    }
}

/// <summary>Somebody sits at a table. One per person and floor: its key; one person per chair: an index.</summary>
public sealed class Seat
{
    public Guid RoomId { get; init; }

    public Guid PersonId { get; init; }

    public Guid TableId { get; set; }

    /// <summary>1 to the table's number of seats.</summary>
    public int Number { get; set; }

    public DateTimeOffset Since { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Seat>
    {
        public void Configure(EntityTypeBuilder<Seat> builder)
        {
            builder.ToTable("Seats");
            builder.HasKey(s => new { s.RoomId, s.PersonId });
            builder.HasIndex(s => new { s.TableId, s.Number }).IsUnique();
            builder.HasIndex(s => s.PersonId);
            builder.HasOne<Table>().WithMany().HasForeignKey(s => s.TableId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
        }
    }
}

/// <summary>Somebody is on the list of a roundtable.</summary>
public sealed class TablePlace
{
    public Guid TableId { get; init; }

    public Guid PersonId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<TablePlace>
    {
        public void Configure(EntityTypeBuilder<TablePlace> builder)
        {
            builder.ToTable("TablePlaces");
            builder.HasKey(p => new { p.TableId, p.PersonId });
            builder.HasIndex(p => p.PersonId);
            builder.HasOne<Table>().WithMany().HasForeignKey(p => p.TableId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId);
        }
    }
}

/// <summary>The tables of a room as a whole: the fence of its single writer. Of two who believe to be that, the second to write fails.</summary>
public sealed class Floor
{
    public Guid RoomId { get; init; }

    /// <summary>Raised by every change; of two documents of a floor the one with the higher version is true.</summary>
    public int Version { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Floor>
    {
        public void Configure(EntityTypeBuilder<Floor> builder)
        {
            builder.ToTable("Floors");
            builder.HasKey(f => f.RoomId);
            builder.Property(f => f.Version).IsConcurrencyToken();
            builder.HasOne<Room>().WithMany().HasForeignKey(f => f.RoomId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
