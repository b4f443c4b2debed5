using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;

namespace Plenary.Profiles;

/// <summary>Who sees a person's profile, of those who are of the same event. Moderators and organizers are people like all others here.</summary>
public enum Visibility
{
    /// <summary>Everybody of the event.</summary>
    Open,

    /// <summary>Only those the person met, was suggested to or is connected with at the event.</summary>
    Matches,

    /// <summary>Nobody: the person is not found, and only the name shows where they speak up by themselves.</summary>
    Hidden,
}

/// <summary>
/// What a person tells of themselves to those they meet, at all events; one row per person, made on first need. Name and headline stay with
/// <see cref="Person"/>. An <see cref="EventProfile"/> may say some of it differently at one event.
/// </summary>
public sealed class Profile
{
    /// <summary>Of <see cref="About"/>.</summary>
    public const int LongestAbout = 600;

    /// <summary>Of <see cref="Company"/>.</summary>
    public const int LongestCompany = 80;

    public Guid PersonId { get; init; }

    /// <summary>A few sentences; may be empty.</summary>
    public string About { get; set; } = "";

    /// <summary>Where the person works, as they write it; may be empty.</summary>
    public string Company { get; set; } = "";

    /// <summary>The uploaded picture, a private file.</summary>
    public Guid? PictureFile { get; set; }

    /// <summary>image/jpeg or image/webp.</summary>
    public string? PictureType { get; set; }

    /// <summary>Key of a drawn portrait, shown while there is no picture.</summary>
    public string? Portrait { get; set; }

    /// <summary>Short tags, each once whatever its case; as <see cref="Tags.Read"/> answered them.</summary>
    public string[] Interests { get; set; } = [];

    public string[] LooksFor { get; set; } = [];

    public string[] Offers { get; set; } = [];

    /// <summary>Primary subtags of BCP 47: <c>en</c>, <c>pt</c>; the one spoken best first.</summary>
    public string[] Languages { get; set; } = [];

    /// <summary>The person saying who they are, at most 30 seconds, a private file.</summary>
    public Guid? IntroFile { get; set; }

    /// <summary>video/webm or video/mp4.</summary>
    public string? IntroType { get; set; }

    public Visibility Visibility { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Profile>
    {
        public void Configure(EntityTypeBuilder<Profile> builder)
        {
            builder.ToTable("Profiles");
            builder.HasKey(p => p.PersonId);
            builder.Property(p => p.About).HasMaxLength(LongestAbout);
            builder.Property(p => p.Company).HasMaxLength(LongestCompany);
            builder.Property(p => p.Portrait).HasMaxLength(40);
            builder.Property(p => p.PictureType).HasMaxLength(40);
            builder.Property(p => p.IntroType).HasMaxLength(40);
            builder.Property(p => p.Visibility).HasConversion<string>().HasMaxLength(16);
            builder.HasOne<Person>().WithOne().HasForeignKey<Profile>(p => p.PersonId);
        }
    }
}

/// <summary>What a person says differently at one event; null: as in their <see cref="Profile"/>.</summary>
public sealed class EventProfile
{
    public Guid EventId { get; init; }

    public Guid PersonId { get; init; }

    public string? Headline { get; set; }

    public string? About { get; set; }

    public string[]? LooksFor { get; set; }

    public string[]? Offers { get; set; }

    public Visibility? Visibility { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<EventProfile>
    {
        public void Configure(EntityTypeBuilder<EventProfile> builder)
        {
            builder.ToTable("EventProfiles");
            builder.HasKey(p => new { p.EventId, p.PersonId });
            builder.HasIndex(p => p.PersonId);
            builder.Property(p => p.Headline).HasMaxLength(Person.LongestHeadline);
            builder.Property(p => p.About).HasMaxLength(Profile.LongestAbout);
            builder.Property(p => p.Visibility).HasConversion<string>().HasMaxLength(16);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(p => p.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId);
        }
    }
}
