using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform;

namespace Plenary.Conduct;

/// <summary>What somebody may not do at an event for a while, mildest first.</summary>
public enum RestrictionKind
{
    /// <summary>Reads, watches and votes, and says nothing.</summary>
    Mute,

    /// <summary>Is in no room of the event until it is over, then comes back by themselves.</summary>
    TimeOut,

    /// <summary>Is not in one room of the event; the others are open to them.</summary>
    Removal,

    /// <summary>Is not of the event any more, whatever way they come.</summary>
    Ban,
}

/// <summary>
/// A person of an event may not do something. It is of the person and of the address they came by, not of a connection or a session. There is no key to the person: who deletes
/// their account and registers again is still who they were.
/// </summary>
public sealed class Restriction
{
    public const int LongestReason = 280;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>The address without what makes two of one inbox; see <see cref="Inbox"/>.</summary>
    public required string Inbox { get; init; }

    public RestrictionKind Kind { get; init; }

    /// <summary>Where; null for the whole event.</summary>
    public Guid? RoomId { get; init; }

    /// <summary>As the person is told it.</summary>
    public string Reason { get; init; } = "";

    public DateTimeOffset Since { get; init; }

    /// <summary>When it is over by itself; null when it is not.</summary>
    public DateTimeOffset? Until { get; init; }

    public Guid ById { get; init; }

    /// <summary>What they were then: nobody of lower rank lifts it.</summary>
    public int ByRank { get; init; }

    public DateTimeOffset? LiftedAt { get; set; }

    /// <summary>The person is not let into this room by it.</summary>
    public bool KeepsOutOf(Guid room) => Kind != RestrictionKind.Mute && (RoomId is null || RoomId == room);

    /// <summary>The person says nothing in this room by it.</summary>
    public bool Silences(Guid room) => RoomId is null || RoomId == room;

    public bool IsActive(DateTimeOffset now) => LiftedAt is null && (Until is null || Until > now);

    /// <summary>The "no" that the person is told, with what they need to know about it.</summary>
    public Refusal ToRefusal()
    {
        var until = Until is null ? "" : " until the time that is shown";
        var (code, message) = Kind switch
        {
            RestrictionKind.Mute => ("muted", $"A moderator has muted you{until}. You can read, watch and vote."),
            RestrictionKind.TimeOut => ("timed-out", "A moderator has asked you to take a break. You can come back when it is over."),
            RestrictionKind.Removal => ("removed", $"A moderator has removed you from this room{until}. The other rooms are open to you."),
            _ => ("banned", "You have been banned from this event. If you think that this is a mistake, you can say so to its organizers."),
        };
        var details = new Dictionary<string, object> { ["restriction"] = Id };
        if (Until is { } over) details["until"] = over.ToUnixTimeMilliseconds();
        if (Reason.Length > 0) details["reason"] = Reason;
        return new(code, 403, message, Details: details);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Restriction>
    {
        public void Configure(EntityTypeBuilder<Restriction> builder)
        {
            builder.ToTable("Restrictions");
            builder.Property(r => r.Inbox).HasMaxLength(254);
            builder.Property(r => r.Kind).HasConversion<string>().HasMaxLength(16);
            builder.Property(r => r.Reason).HasMaxLength(LongestReason);
            builder.HasIndex(r => new { r.EventId, r.PersonId });
            builder.HasIndex(r => new { r.EventId, r.Inbox });
            builder.HasIndex(r => r.PersonId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(r => r.EventId);
        }
    }
}
