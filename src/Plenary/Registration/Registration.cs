using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Registration;

/// <summary>A person's place at an event, with a ticket and a personal join link; one each while it is not cancelled.</summary>
public sealed class Registration
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public Guid TicketTypeId { get; set; }

    public Guid PersonId { get; init; }

    /// <summary>As the person wrote it when registering.</summary>
    public required string Name { get; set; }

    /// <summary>IANA zone of the browser that registered, for the times in mails.</summary>
    public string TimeZone { get; set; } = "";

    public DateTimeOffset RegisteredAt { get; init; }

    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>When the person was first in a room of the event, to some seconds; null for who did not come.</summary>
    public DateTimeOffset? CameAt { get; set; }

    /// <summary>Part of the join link; raising it makes older links void.</summary>
    public int LinkVersion { get; set; } = 1;

    /// <summary>When the join link was last sent on its way: asking again and again must not fill somebody's inbox.</summary>
    public DateTimeOffset LinkSentAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Registration>
    {
        public void Configure(EntityTypeBuilder<Registration> builder)
        {
            builder.ToTable("Registrations");
            builder.Property(r => r.Name).HasMaxLength(80);
            builder.Property(r => r.TimeZone).HasMaxLength(64);
            builder.HasIndex(r => new { r.EventId, r.PersonId }).IsUnique().HasFilter("\"CancelledAt\" IS NULL");
            builder.HasIndex(r => new { r.EventId, r.RegisteredAt });
            builder.HasIndex(r => r.PersonId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(r => r.EventId);
            builder.HasOne<TicketType>().WithMany().HasForeignKey(r => r.TicketTypeId);
            builder.HasOne<Platform.Access.Person>().WithMany().HasForeignKey(r => r.PersonId);
        }
    }
}
