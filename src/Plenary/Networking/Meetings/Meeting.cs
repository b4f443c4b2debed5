using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;

namespace Plenary.Networking.Meetings;

/// <summary>How far two people are with a meeting.</summary>
public enum MeetingState
{
    /// <summary>One asked; the other has not answered.</summary>
    Proposed,

    /// <summary>It will be: the time is kept for both.</summary>
    Accepted,

    Declined,

    /// <summary>One of them took it back.</summary>
    Cancelled,
}

/// <summary>Two people of an event who meet at a time. Its call has its id.</summary>
public sealed class Meeting
{
    /// <summary>Everything begins and lasts by the quarter of an hour.</summary>
    public const int Quarter = 15;

    public const int LongestNote = 300;

    /// <summary>The call is open so long before the meeting begins, and after it ended: who talks on is not cut off.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(5), Late = TimeSpan.FromMinutes(15);

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    /// <summary>Who asked.</summary>
    public Guid ById { get; init; }

    /// <summary>Who was asked.</summary>
    public Guid WithId { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset EndsAt { get; init; }

    /// <summary>What it is to be about; may be empty.</summary>
    public string Note { get; init; } = "";

    public MeetingState State { get; set; }

    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Raised by every change: an answer is given once.</summary>
    public int Version { get; set; } = 1;

    public DateTimeOffset OpensAt => StartsAt - Early;

    public DateTimeOffset ClosesAt => EndsAt + Late;

    /// <summary>The quarters of an hour that it takes.</summary>
    public IEnumerable<DateTimeOffset> Quarters => FreeTimes.QuartersOf(StartsAt, EndsAt);

    public bool IsFor(Guid person) => person == ById || person == WithId;

    public Guid Other(Guid person) => person == ById ? WithId : ById;

    internal sealed class Mapping : IEntityTypeConfiguration<Meeting>
    {
        public void Configure(EntityTypeBuilder<Meeting> builder)
        {
            builder.ToTable("Meetings");
            builder.Property(m => m.Note).HasMaxLength(LongestNote);
            builder.Property(m => m.State).HasConversion<string>().HasMaxLength(16);
            builder.Property(m => m.Version).IsConcurrencyToken();
            builder.Ignore(m => m.Quarters);
            builder.HasIndex(m => new { m.EventId, m.ById, m.State });
            builder.HasIndex(m => new { m.EventId, m.WithId, m.State });
            builder.HasOne<Event>().WithMany().HasForeignKey(m => m.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(m => m.ById);
            builder.HasOne<Person>().WithMany().HasForeignKey(m => m.WithId);
        }
    }
}

/// <summary>
/// A quarter of an hour that somebody has promised to a meeting. Its key is the person and the time, at whatever event: nobody can be promised twice, whoever
/// accepts what at the same moment.
/// </summary>
public sealed class PromisedTime
{
    public Guid PersonId { get; init; }

    public DateTimeOffset At { get; init; }

    public Guid MeetingId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PromisedTime>
    {
        public void Configure(EntityTypeBuilder<PromisedTime> builder)
        {
            builder.ToTable("PromisedTimes");
            builder.HasKey(t => new { t.PersonId, t.At });
            builder.HasOne<Meeting>().WithMany().HasForeignKey(t => t.MeetingId);
            builder.HasOne<Person>().WithMany().HasForeignKey(t => t.PersonId);
        }
    }
}

/// <summary>A stretch of time in which somebody can be asked for a meeting at an event. Who offers none can be asked for any time of the day.</summary>
public sealed class OfferedTime
{
    public Guid EventId { get; init; }

    public Guid PersonId { get; init; }

    public DateTimeOffset From { get; init; }

    public DateTimeOffset Until { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<OfferedTime>
    {
        public void Configure(EntityTypeBuilder<OfferedTime> builder)
        {
            builder.ToTable("OfferedTimes");
            builder.HasKey(t => new { t.EventId, t.PersonId, t.From });
            builder.HasOne<Event>().WithMany().HasForeignKey(t => t.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(t => t.PersonId);
        }
    }
}

/// <summary>What meetings say no to.</summary>
public static class MeetingRefusals
{
    public static readonly Refusal TimeTaken = new("time-taken", 409, "One of you has something else at this time. Choose another one.", "at");
    public static readonly Refusal NotOffered = new("time-not-offered", 409, "This time is not open for meetings. Choose another one.", "at");
    public static readonly Refusal TooMany = new("too-many-meetings", 409, "You have asked for very many meetings. Wait for some answers first.");
    public static readonly Refusal Decided = new("meeting-decided", 409, "This meeting was answered or taken back already.");
    public static readonly Refusal Over = new("meeting-over", 409, "The time of this meeting is over.");
    public static readonly Refusal Cancelled = new("meeting-cancelled", 409, "The meeting was called off.");
}
