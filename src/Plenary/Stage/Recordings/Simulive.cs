using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Agenda;

namespace Plenary.Stage.Recordings;

/// <summary>A recording that will be played on a stage as if it were live. When its time comes it becomes a <see cref="Broadcast"/> of the same id.</summary>
public sealed class Simulive
{
    /// <summary>Of all events' stages together, one room may plan so many.</summary>
    public const int MostOfRoom = 100;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public Guid RoomId { get; init; }

    /// <summary>The replay that is played, as it is trimmed when it begins.</summary>
    public Guid RecordingId { get; init; }

    /// <summary>The session it belongs to: when that is moved, it moves along.</summary>
    public Guid? SessionId { get; init; }

    public DateTimeOffset StartsAt { get; set; }

    /// <summary>Who planned it.</summary>
    public Guid PersonId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Simulive>
    {
        public void Configure(EntityTypeBuilder<Simulive> builder)
        {
            builder.ToTable("Simulives");
            builder.HasIndex(s => new { s.EventId, s.StartsAt });
            builder.HasIndex(s => s.SessionId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(s => s.EventId);
            builder.HasOne<Rooms.Room>().WithMany().HasForeignKey(s => s.RoomId);
            builder.HasOne<Broadcast>().WithMany().HasForeignKey(s => s.RecordingId);
            builder.HasOne<Session>().WithMany().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}
