using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Polls;

namespace Plenary.Giveaways;

/// <summary>Who takes part in a giveaway. Never the event's staff and speakers.</summary>
public enum Eligible
{
    /// <summary>Registered people who are there when the list is closed, on any page of the event.</summary>
    Here,

    /// <summary>Registered people who have been in a room of the event.</summary>
    Came,

    /// <summary>Registered people who voted in a poll, whatever the vote.</summary>
    Voted,

    /// <summary>Registered people with so many points.</summary>
    Points,
}

/// <summary>How far a giveaway is.</summary>
public enum GiveawayState
{
    /// <summary>The seed is committed to; who takes part is not fixed yet.</summary>
    Open,

    /// <summary>The list is fixed and its hash published; the seed is still secret.</summary>
    Listed,

    /// <summary>The seed is published, and the first is drawn.</summary>
    Drawn,
}

/// <summary>A prize, and how it is drawn so that everybody can verify it.</summary>
public sealed class Giveaway
{
    public const int LongestPrize = 120, MostWinners = 20;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public required string Prize { get; set; }

    /// <summary>So many people get it.</summary>
    public int Winners { get; init; }

    public Eligible Eligible { get; init; }

    /// <summary>Of <see cref="Eligible.Voted"/>, the poll.</summary>
    public Guid? PollId { get; init; }

    /// <summary>Of <see cref="Eligible.Points"/>, how many.</summary>
    public int LeastPoints { get; init; }

    public GiveawayState State { get; set; }

    /// <summary>Secret until it is drawn.</summary>
    public required string Seed { get; init; }

    /// <summary>The seed's SHA-256, published at once.</summary>
    public required string Commitment { get; init; }

    public string? ListHash { get; set; }

    /// <summary>People in the list.</summary>
    public int Entrants { get; set; }

    public Guid MadeById { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset? ListedAt { get; set; }

    public DateTimeOffset? DrawnAt { get; set; }

    public int Version { get; set; } = 1;

    internal sealed class Mapping : IEntityTypeConfiguration<Giveaway>
    {
        public void Configure(EntityTypeBuilder<Giveaway> builder)
        {
            builder.ToTable("Giveaways");
            builder.Property(g => g.Prize).HasMaxLength(LongestPrize);
            builder.Property(g => g.Eligible).HasConversion<string>().HasMaxLength(8);
            builder.Property(g => g.State).HasConversion<string>().HasMaxLength(8);
            builder.Property(g => g.Seed).HasMaxLength(64);
            builder.Property(g => g.Commitment).HasMaxLength(64);
            builder.Property(g => g.ListHash).HasMaxLength(64);
            builder.Property(g => g.Version).IsConcurrencyToken();
            builder.HasIndex(g => new { g.EventId, g.MadeAt });
            builder.HasOne<Event>().WithMany().HasForeignKey(g => g.EventId);
            builder.HasOne<Poll>().WithMany().HasForeignKey(g => g.PollId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}

/// <summary>Somebody in the list of a giveaway. The tags stay when the person goes, so that a draw can be verified for good.</summary>
public sealed class GiveawayEntrant
{
    public Guid GiveawayId { get; init; }

    /// <summary>From 0, in the order of the tags.</summary>
    public int Place { get; init; }

    public Guid? PersonId { get; init; }

    public required string Tag { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<GiveawayEntrant>
    {
        public void Configure(EntityTypeBuilder<GiveawayEntrant> builder)
        {
            builder.ToTable("GiveawayEntrants");
            builder.HasKey(e => new { e.GiveawayId, e.Place });
            builder.Property(e => e.Tag).HasMaxLength(64);
            builder.HasIndex(e => new { e.GiveawayId, e.PersonId }).IsUnique();
            builder.HasOne<Giveaway>().WithMany().HasForeignKey(e => e.GiveawayId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(e => e.PersonId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}

/// <summary>What became of somebody who was drawn.</summary>
public enum WinnerState
{
    /// <summary>They were told.</summary>
    Told,

    Accepted,

    /// <summary>They did not answer, or did not want it: the next is drawn.</summary>
    Absent,
}

/// <summary>A turn of a draw.</summary>
public sealed class GiveawayWinner
{
    public Guid GiveawayId { get; init; }

    /// <summary>1, 2, 3 …</summary>
    public int Turn { get; init; }

    /// <summary>In the list, from 0.</summary>
    public int Place { get; init; }

    public WinnerState State { get; set; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? AnsweredAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<GiveawayWinner>
    {
        public void Configure(EntityTypeBuilder<GiveawayWinner> builder)
        {
            builder.ToTable("GiveawayWinners");
            builder.HasKey(w => new { w.GiveawayId, w.Turn });
            builder.HasIndex(w => new { w.GiveawayId, w.Place }).IsUnique();
            builder.Property(w => w.State).HasConversion<string>().HasMaxLength(8);
            builder.HasOne<Giveaway>().WithMany().HasForeignKey(w => w.GiveawayId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
