using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Events;

/// <summary>What a person is at an event; one person may be several. Members of the organization hold the matching roles without a row.</summary>
public enum EventRole
{
    /// <summary>Everything.</summary>
    Organizer,

    /// <summary>Runs the event: stages, agenda, people.</summary>
    Producer,

    Moderator,

    /// <summary>May open a stage of the event.</summary>
    Speaker,

    /// <summary>Holds a registration; never stored here.</summary>
    Attendee,
}

/// <summary>A role given to a person at one event.</summary>
public sealed class EventRoleGrant
{
    public Guid EventId { get; init; }

    public Guid PersonId { get; init; }

    public EventRole Role { get; init; }

    public DateTimeOffset Since { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<EventRoleGrant>
    {
        public void Configure(EntityTypeBuilder<EventRoleGrant> builder)
        {
            builder.ToTable("EventRoles");
            builder.HasKey(g => new { g.EventId, g.PersonId, g.Role });
            builder.HasIndex(g => g.PersonId);
            builder.Property(g => g.Role).HasConversion<string>().HasMaxLength(16);
            builder.HasOne<Event>().WithMany().HasForeignKey(g => g.EventId);
            builder.HasOne<Platform.Access.Person>().WithMany().HasForeignKey(g => g.PersonId);
        }
    }
}
