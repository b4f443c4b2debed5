using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Agenda;

/// <summary>An entry of the agenda: something that happens in a room from a start to an end.</summary>
public sealed class Session
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public Guid RoomId { get; set; }

    public required string Title { get; set; }

    public string Summary { get; set; } = "";

    public DateTimeOffset StartsAt { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder)
        {
            builder.ToTable("Sessions");
            builder.Property(s => s.Title).HasMaxLength(160);
            builder.Property(s => s.Summary).HasMaxLength(4000);
            builder.HasIndex(s => new { s.EventId, s.StartsAt });
            builder.HasIndex(s => s.RoomId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(s => s.EventId);
            builder.HasOne<Rooms.Room>().WithMany().HasForeignKey(s => s.RoomId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>Somebody who speaks in a session, in the order shown.</summary>
public sealed class SessionSpeaker
{
    public Guid SessionId { get; init; }

    public Guid SpeakerId { get; init; }

    public int Position { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SessionSpeaker>
    {
        public void Configure(EntityTypeBuilder<SessionSpeaker> builder)
        {
            builder.ToTable("SessionSpeakers");
            builder.HasKey(s => new { s.SessionId, s.SpeakerId });
            builder.HasIndex(s => s.SpeakerId);
            builder.HasOne<Session>().WithMany().HasForeignKey(s => s.SessionId);
            builder.HasOne<Speaker>().WithMany().HasForeignKey(s => s.SpeakerId);
        }
    }
}
