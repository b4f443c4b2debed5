using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;
using Plenary.Rooms;

namespace Plenary.Polls;

/// <summary>What a poll asks for.</summary>
public enum PollKind
{
    /// <summary>One of its options.</summary>
#pragma warning disable CA1720 // A choice of one, beside Multiple; no number is meant.
    Single,
#pragma warning restore CA1720

    /// <summary>One or several.</summary>
    Multiple,

    /// <summary>A number from 1 to <see cref="Poll.Most"/>.</summary>
    Rating,

    /// <summary>Up to <see cref="Poll.Most"/> words of one's own, which make a cloud.</summary>
    Words,

    /// <summary>All its options in an order.</summary>
    Ranking,

    /// <summary>One of its options, of which one is right; quick answers earn more.</summary>
    Quiz,
}

/// <summary>Where a poll is.</summary>
public enum PollState
{
    /// <summary>Only the staff knows of it.</summary>
    Draft,
    Open,
    Closed,
}

/// <summary>
/// A question to everybody in a room, with the tally of its answers. The tally is written in the same transaction as the votes it counts, so it is never behind them. Only the
/// grain of its room writes it; <see cref="Version"/> keeps an activation that was believed dead from counting on.
/// </summary>
public sealed class Poll
{
    public const int LongestQuestion = 200;
    public const int LongestOption = 100;
    public const int MostOptions = 10;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid RoomId { get; init; }

    public required string Question { get; set; }

    public PollKind Kind { get; set; }

    public List<string> Options { get; set; } = [];

    /// <summary>No row says who chose what (docs/decisions/0034): only that somebody voted, and how many chose each.</summary>
    public bool Anonymous { get; set; }

    /// <summary>Everybody sees the results while it is open; otherwise when it is closed.</summary>
    public bool Live { get; set; }

    /// <summary>Options that may be chosen, words that may be said, or the highest rating.</summary>
    public int Most { get; set; }

    /// <summary>Of a quiz, which option is right.</summary>
    public int? Right { get; set; }

    /// <summary>Of a quiz, so many seconds an answer earns more the earlier it comes. It is a bonus and no limit.</summary>
    public int BonusSeconds { get; set; }

    /// <summary>It closes by itself so many seconds after it was opened.</summary>
    public int? ClosesAfter { get; set; }

    /// <summary>Of a quiz, what its questions have in common: those of one name have one leaderboard.</summary>
    public string Series { get; set; } = "";

    public int Position { get; set; }

    public PollState State { get; set; }

    public DateTimeOffset? OpenedAt { get; set; }

    /// <summary>When it closes by itself; when it was closed, once it is.</summary>
    public DateTimeOffset? ClosesAt { get; set; }

    /// <summary>People whose vote counts.</summary>
    public int Voters { get; set; }

    /// <summary>JSON of <see cref="PollTally"/>.</summary>
    public string Counts { get; set; } = "{}";

    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Poll>
    {
        public void Configure(EntityTypeBuilder<Poll> builder)
        {
            builder.ToTable("Polls");
            builder.Property(p => p.Question).HasMaxLength(LongestQuestion);
            builder.Property(p => p.Kind).HasConversion<string>().HasMaxLength(16);
            builder.Property(p => p.State).HasConversion<string>().HasMaxLength(16);
            builder.Property(p => p.Series).HasMaxLength(80);
            builder.Property(p => p.Version).IsConcurrencyToken();
            builder.HasIndex(p => new { p.RoomId, p.Position });
            builder.HasOne<Room>().WithMany().HasForeignKey(p => p.RoomId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>What somebody chose in a poll that is not anonymous; the latest, when they changed it.</summary>
public sealed class PollVote
{
    /// <summary>UTF-16 units of <see cref="Choice"/>.</summary>
    public const int Longest = 400;

    public Guid PollId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>JSON: numbers of options in their order, or words.</summary>
    public required string Choice { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>What it earns in a quiz.</summary>
    public int Points { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PollVote>
    {
        public void Configure(EntityTypeBuilder<PollVote> builder)
        {
            builder.ToTable("PollVotes");
            builder.HasKey(v => new { v.PollId, v.PersonId });
            builder.Property(v => v.Choice).HasMaxLength(Longest);
            builder.HasOne<Poll>().WithMany().HasForeignKey(v => v.PollId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(v => v.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// Somebody has voted in an anonymous poll. There is nothing to join it with: what they chose is only in the poll's tally, one row that is written whole with every group of votes, and
/// neither has a time.
/// </summary>
public sealed class PollVoter
{
    public Guid PollId { get; init; }

    public Guid PersonId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PollVoter>
    {
        public void Configure(EntityTypeBuilder<PollVoter> builder)
        {
            builder.ToTable("PollVoters");
            builder.HasKey(v => new { v.PollId, v.PersonId });
            builder.HasOne<Poll>().WithMany().HasForeignKey(v => v.PollId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(v => v.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
