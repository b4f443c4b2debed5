using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;

namespace Plenary.Agenda.Personal;

/// <summary>Somebody wants to be at a session. Seen by nobody else, the crew included.</summary>
public sealed class StarredSession
{
    public Guid PersonId { get; init; }

    public Guid SessionId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<StarredSession>
    {
        public void Configure(EntityTypeBuilder<StarredSession> builder)
        {
            builder.ToTable("StarredSessions");
            builder.HasKey(s => new { s.PersonId, s.SessionId });
            builder.HasIndex(s => s.SessionId);
            builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Session>().WithMany().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>The address at which a calendar program reads somebody's starred sessions of one event: whoever knows it reads them, and nothing else.</summary>
public sealed class AgendaLink
{
    public Guid PersonId { get; init; }

    public Guid EventId { get; init; }

    /// <summary>SHA-256 of the address's secret; the secret itself is kept nowhere.</summary>
    public required string SecretHash { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AgendaLink>
    {
        public void Configure(EntityTypeBuilder<AgendaLink> builder)
        {
            builder.ToTable("AgendaLinks");
            builder.HasKey(l => new { l.PersonId, l.EventId });
            builder.Property(l => l.SecretHash).HasMaxLength(64);
            builder.HasIndex(l => l.SecretHash).IsUnique();
            builder.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(l => l.EventId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
