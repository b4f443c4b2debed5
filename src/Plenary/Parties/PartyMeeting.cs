using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Matching;

namespace Plenary.Parties;

/// <summary>Why a meeting ended before its time.</summary>
public enum MeetingEnd
{
    /// <summary>It did not; or not yet.</summary>
    None,

    /// <summary>Somebody left, and one person alone is no meeting.</summary>
    Left,

    /// <summary>One of them blocked the other.</summary>
    Blocked,

    /// <summary>The host ended the round.</summary>
    Host,
}

/// <summary>Two or three people who meet in a round. Its id is the id of their call.</summary>
public sealed class PartyMeeting
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid PartyId { get; init; }

    public Guid EventId { get; init; }

    public int Round { get; init; }

    public Guid First { get; init; }

    public Guid Second { get; init; }

    public Guid? Third { get; init; }

    /// <summary>Why the matcher brought them together: a <see cref="MatchReason"/> as JSON.</summary>
    public required string Reason { get; init; }

    public DateTimeOffset From { get; set; }

    public DateTimeOffset Until { get; set; }

    /// <summary>All of them asked for more time, and have half of the round's again.</summary>
    public bool Extended { get; set; }

    /// <summary>Who asked for more time: bits 1, 2 and 4 for the first, second and third.</summary>
    public int Asked { get; set; }

    /// <summary>Who left, in the same bits.</summary>
    public int Gone { get; set; }

    /// <summary>Set when it ended before <see cref="Until"/>.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public MeetingEnd Ended { get; set; }

    /// <summary>All whom the matcher brought together.</summary>
    public IReadOnlyList<Guid> People => Third is { } third ? [First, Second, third] : [First, Second];

    /// <summary>Those who have not left.</summary>
    public IEnumerable<Guid> Present => People.Where(person => (Gone & BitOf(person)) == 0);

    /// <summary>The bit of a person; 0 for anybody else.</summary>
    public int BitOf(Guid person) => person == First ? 1 : person == Second ? 2 : person == Third ? 4 : 0;

    /// <summary>How long they talked, or will have; zero when it ended before it began.</summary>
    public TimeSpan Talked => (EndedAt ?? Until) is var end && end > From ? end - From : TimeSpan.Zero;

    /// <summary>As it is at this moment.</summary>
    internal PartyMeeting Copy() => (PartyMeeting)MemberwiseClone();

    internal sealed class Mapping : IEntityTypeConfiguration<PartyMeeting>
    {
        public void Configure(EntityTypeBuilder<PartyMeeting> builder)
        {
            builder.ToTable("PartyMeetings");
            builder.Property(m => m.Reason).HasMaxLength(1_000);
            builder.Property(m => m.Ended).HasConversion<string>().HasMaxLength(8);
            builder.Ignore(m => m.People);
            builder.Ignore(m => m.Present);
            builder.Ignore(m => m.Talked);
            builder.HasIndex(m => new { m.PartyId, m.Round });
            builder.HasIndex(m => new { m.First, m.EventId });
            builder.HasIndex(m => new { m.Second, m.EventId });
            builder.HasIndex(m => new { m.Third, m.EventId });
            builder.HasOne<Party>().WithMany().HasForeignKey(m => m.PartyId);
        }
    }
}
