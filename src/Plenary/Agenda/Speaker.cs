using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Agenda;

/// <summary>A speaker as the event's page shows them; becomes a person with the role Speaker when invited.</summary>
public sealed class Speaker
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public required string Name { get; set; }

    public string Headline { get; set; } = "";

    public string Bio { get; set; } = "";

    /// <summary>Where the invitation goes; seen by the crew only.</summary>
    public string? Email { get; set; }

    /// <summary>Who it is, once invited.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>When the invitation was last sent on its way.</summary>
    public DateTimeOffset? InvitedAt { get; set; }

    /// <summary>Part of the personal link; raising it makes older links void.</summary>
    public int LinkVersion { get; set; } = 1;

    /// <summary>Key of a drawn portrait.</summary>
    public string? Portrait { get; set; }

    public Guid? PhotoFileId { get; set; }

    public int Position { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Speaker>
    {
        public void Configure(EntityTypeBuilder<Speaker> builder)
        {
            builder.ToTable("Speakers");
            builder.Property(s => s.Name).HasMaxLength(80);
            builder.Property(s => s.Headline).HasMaxLength(160);
            builder.Property(s => s.Bio).HasMaxLength(4000);
            builder.Property(s => s.Email).HasMaxLength(254);
            builder.Property(s => s.Portrait).HasMaxLength(40);
            builder.HasIndex(s => s.EventId);
            builder.HasIndex(s => s.PersonId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(s => s.EventId);
            builder.HasOne<Platform.Access.Person>().WithMany().HasForeignKey(s => s.PersonId);
        }
    }
}
