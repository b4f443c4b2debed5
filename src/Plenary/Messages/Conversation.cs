using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;

namespace Plenary.Messages;

/// <summary>People of an event who write to each other: two, or a small group. Nobody else can read it, whatever their role.</summary>
public sealed class Conversation
{
    /// <summary>Of a group, whoever starts it included.</summary>
    public const int MostPeople = 12;

    public const int LongestTitle = 60;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    /// <summary>Both ids of a pair, the smaller first: there is one conversation for two people at an event. Null for a group.</summary>
    public string? Pair { get; init; }

    /// <summary>What a group calls itself; may be empty.</summary>
    public string Title { get; set; } = "";

    /// <summary>Number of the latest message; 0 without one.</summary>
    public long LastNumber { get; set; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Of a group, who started it.</summary>
    public Guid? StartedById { get; init; }

    public bool IsGroup => Pair is null;

    /// <summary>Who may take people out of the group: whoever started it, and once they have left whoever has been in it longest. Null for two.</summary>
    /// <param name="members">Those who are in it, who came first first.</param>
    public Guid? KeeperAmong(IReadOnlyList<Guid> members) => !IsGroup || members.Count == 0 ? null : StartedById is { } starter && members.Contains(starter) ? starter : members[0];

    public static string PairOf(Guid one, Guid other) => one.CompareTo(other) < 0 ? $"{one:N}{other:N}" : $"{other:N}{one:N}";

    internal sealed class Mapping : IEntityTypeConfiguration<Conversation>
    {
        public void Configure(EntityTypeBuilder<Conversation> builder)
        {
            builder.ToTable("Conversations");
            builder.Ignore(c => c.IsGroup);
            builder.Property(c => c.Pair).HasMaxLength(64);
            builder.Property(c => c.Title).HasMaxLength(LongestTitle);
            builder.HasIndex(c => new { c.EventId, c.Pair }).IsUnique().HasFilter("\"Pair\" IS NOT NULL");
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(c => c.EventId);
        }
    }
}

/// <summary>Somebody's part in a conversation.</summary>
public sealed class ConversationMember
{
    public Guid ConversationId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>What was said up to this number was not said to them: they were brought in later.</summary>
    public long Since { get; init; }

    /// <summary>Number of the latest message they have seen.</summary>
    public long LastRead { get; set; }

    /// <summary>Mails have told them about what came up to this number.</summary>
    public long DigestedTo { get; set; }

    public DateTimeOffset JoinedAt { get; init; }

    /// <summary>When they left the group; from then on they see nothing of it.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>They did not leave by their own doing, and may be brought in again.</summary>
    public bool PutOut { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ConversationMember>
    {
        public void Configure(EntityTypeBuilder<ConversationMember> builder)
        {
            builder.ToTable("ConversationMembers");
            builder.HasKey(m => new { m.ConversationId, m.PersonId });
            builder.HasIndex(m => m.PersonId);
            builder.HasOne<Conversation>().WithMany().HasForeignKey(m => m.ConversationId);
            builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
        }
    }
}
