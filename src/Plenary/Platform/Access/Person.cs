using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Platform.Access;

/// <summary>
/// A human being, known by an e-mail address. <see cref="IdentityUser{TKey}.EmailConfirmed"/> is true once the person proved the address by
/// a magic link: until then the person is a guest who can only use personal links.
/// </summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>Of <see cref="Name"/>.</summary>
    public const int LongestName = 80;

    /// <summary>Of <see cref="Headline"/>.</summary>
    public const int LongestHeadline = 160;

    public Person()
    {
        Id = Guid.CreateVersion7();
        SecurityStamp = Secret.New(); // a session cannot be made without one
    }

    /// <summary>As other people see it; 1 to 80 characters.</summary>
    public required string Name { get; set; }

    /// <summary>What the person does, in a line; may be empty.</summary>
    public string Headline { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("People");
            builder.Property(p => p.Name).HasMaxLength(LongestName);
            builder.Property(p => p.Headline).HasMaxLength(LongestHeadline);
        }
    }
}
