using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Parties;

/// <summary>What somebody at a party wants. Whether they meet somebody now follows from the meetings.</summary>
public enum PartyMemberState
{
    /// <summary>Here, and not to be matched.</summary>
    In,

    /// <summary>To be matched in every round from the next one on.</summary>
    Ready,

    Left,
}

/// <summary>Somebody at a party.</summary>
public sealed class PartyMember
{
    public Guid PartyId { get; init; }

    public Guid PersonId { get; init; }

    public PartyMemberState State { get; set; }

    /// <summary>One of the party's groups, when it has some.</summary>
    public string? Group { get; set; }

    public DateTimeOffset JoinedAt { get; init; }

    /// <summary>Rounds without a meeting since the last one, counting one that the other person left: who waited goes first.</summary>
    public int Waited { get; set; }

    /// <summary>As it is at this moment.</summary>
    internal PartyMember Copy() => (PartyMember)MemberwiseClone();

    internal sealed class Mapping : IEntityTypeConfiguration<PartyMember>
    {
        public void Configure(EntityTypeBuilder<PartyMember> builder)
        {
            builder.ToTable("PartyMembers");
            builder.HasKey(m => new { m.PartyId, m.PersonId });
            builder.HasIndex(m => m.PersonId);
            builder.Property(m => m.State).HasConversion<string>().HasMaxLength(8);
            builder.Property(m => m.Group).HasMaxLength(PartySettings.LongestGroup);
            builder.HasOne<Party>().WithMany().HasForeignKey(m => m.PartyId);
            builder.HasOne<Platform.Access.Person>().WithMany().HasForeignKey(m => m.PersonId);
        }
    }
}
