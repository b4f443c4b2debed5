using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Organizations;

/// <summary>Owns events and has members.</summary>
public sealed class Organization
{
    /// <summary>Of <see cref="Name"/>.</summary>
    public const int LongestName = 120;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Its part of an address: lower-case letters, digits and hyphens; unique.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Organization>
    {
        public void Configure(EntityTypeBuilder<Organization> builder)
        {
            builder.ToTable("Organizations");
            builder.Property(o => o.Slug).HasMaxLength(60);
            builder.Property(o => o.Name).HasMaxLength(LongestName);
            builder.HasIndex(o => o.Slug).IsUnique();
        }
    }
}

/// <summary>What a member may do at every event of the organization, most first.</summary>
public enum OrganizationRole
{
    /// <summary>Everything, and decides who else is an owner.</summary>
    Owner,

    /// <summary>Everything but owners.</summary>
    Admin,

    /// <summary>Makes and runs events.</summary>
    Producer,

    /// <summary>Keeps rooms civil.</summary>
    Moderator,
}

/// <summary>A person's role in an organization; one each.</summary>
public sealed class Membership
{
    public Guid OrganizationId { get; init; }

    public Guid PersonId { get; init; }

    public OrganizationRole Role { get; set; }

    public DateTimeOffset Since { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Membership>
    {
        public void Configure(EntityTypeBuilder<Membership> builder)
        {
            builder.ToTable("Memberships");
            builder.HasKey(m => new { m.OrganizationId, m.PersonId });
            builder.HasIndex(m => m.PersonId);
            builder.Property(m => m.Role).HasConversion<string>().HasMaxLength(16);
            builder.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId);
            builder.HasOne<Platform.Access.Person>().WithMany().HasForeignKey(m => m.PersonId);
        }
    }
}
