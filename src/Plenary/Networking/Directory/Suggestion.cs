using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Platform.Access;

namespace Plenary.Networking.Directory;

/// <summary>
/// Somebody whom a person might want to meet, and why. Kept, so that it stays the same for a while, and because those who show themselves to matches
/// only are seen by whom they were suggested to, and the other way round.
/// </summary>
public sealed class Suggestion
{
    public Guid EventId { get; init; }

    /// <summary>Whom it is for.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Who is suggested.</summary>
    public Guid OtherId { get; init; }

    /// <summary>0 is the best.</summary>
    public int Position { get; init; }

    /// <summary>As <see cref="Matching.MatchReasons"/> has them.</summary>
    public required string ReasonKind { get; init; }

    public string[] ReasonTerms { get; init; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<Suggestion>
    {
        public void Configure(EntityTypeBuilder<Suggestion> builder)
        {
            builder.ToTable("Suggestions");
            builder.HasKey(s => new { s.EventId, s.PersonId, s.OtherId });
            builder.HasIndex(s => new { s.OtherId, s.EventId });
            builder.HasIndex(s => s.PersonId);
            builder.Property(s => s.ReasonKind).HasMaxLength(16);
            builder.HasOne<Event>().WithMany().HasForeignKey(s => s.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
            builder.HasOne<Person>().WithMany().HasForeignKey(s => s.OtherId);
        }
    }
}

/// <summary>When a person's suggestions at an event were looked for the last time, found or not.</summary>
public sealed class SuggestionRun
{
    public Guid EventId { get; init; }

    public Guid PersonId { get; init; }

    public DateTimeOffset At { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SuggestionRun>
    {
        public void Configure(EntityTypeBuilder<SuggestionRun> builder)
        {
            builder.ToTable("SuggestionRuns");
            builder.HasKey(r => new { r.EventId, r.PersonId });
            builder.HasIndex(r => r.PersonId);
            builder.HasOne<Event>().WithMany().HasForeignKey(r => r.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId);
        }
    }
}
