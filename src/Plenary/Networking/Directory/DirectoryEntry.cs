using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Profiles;

namespace Plenary.Networking.Directory;

/// <summary>
/// What can be found of a person: their own words in one row for all events, and in one more for each event where they say some of it
/// differently, which there stands in place of the first. Triggers of the database write these rows in the transaction that
/// changes the person, the profile or the event's profile (directory.*.sql); the program only reads them.
/// </summary>
public sealed class DirectoryEntry
{
    public long Id { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>The one event that it is for; null for all where there is none of its own.</summary>
    public Guid? EventId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>What lists are ordered by.</summary>
    public string SortName { get; init; } = "";

    /// <summary>Headline and company.</summary>
    public string Headline { get; init; } = "";

    /// <summary>Interests, what they look for and what they offer.</summary>
    public string Tags { get; init; } = "";

    public string About { get; init; } = "";

    public Visibility Visibility { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DirectoryEntry>
    {
        public void Configure(EntityTypeBuilder<DirectoryEntry> builder)
        {
            builder.ToTable("DirectoryEntries");
            builder.HasIndex(e => new { e.PersonId, e.EventId });
            builder.Property(e => e.Visibility).HasConversion<string>().HasMaxLength(16);
            builder.HasOne<Person>().WithMany().HasForeignKey(e => e.PersonId);
            builder.HasOne<Event>().WithMany().HasForeignKey(e => e.EventId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>In which of a person's lists a tag stands.</summary>
public enum TagKind
{
    Interests,
    LooksFor,
    Offers,

    /// <summary>Primary subtags of BCP 47.</summary>
    Languages,
}

/// <summary>A tag of an entry, to filter and to count by; written with the entry.</summary>
public sealed class DirectoryTag
{
    public long EntryId { get; init; }

    public TagKind Kind { get; init; }

    /// <summary>In lower case, as far as the database knows letters; compare with <see cref="TagKeys.Of"/>.</summary>
    public string Key { get; init; } = "";

    /// <summary>As the person wrote it.</summary>
    public string Tag { get; init; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<DirectoryTag>
    {
        public void Configure(EntityTypeBuilder<DirectoryTag> builder)
        {
            builder.ToTable("DirectoryTags");
            builder.HasKey(t => new { t.EntryId, t.Kind, t.Key });
            builder.HasIndex(t => new { t.Kind, t.Key, t.EntryId });
            builder.Property(t => t.Kind).HasConversion<string>().HasMaxLength(16);
            builder.Property(t => t.Key).HasMaxLength(80);
            builder.Property(t => t.Tag).HasMaxLength(80);
            builder.HasOne<DirectoryEntry>().WithMany().HasForeignKey(t => t.EntryId);
        }
    }
}

/// <summary>How a tag is found whatever its case.</summary>
internal static class TagKeys
{
    /// <summary>
    /// The keys under which people may have a tag like this: SQLite, and PostgreSQL in the C locale, know lower case of ASCII letters only, so an Ö
    /// keeps its case there. People write a word small, with a capital, or all in capitals.
    /// </summary>
    public static string[] Of(string tag)
    {
        var small = tag.ToLowerInvariant();
        var capital = small.Length > 0 ? char.ToUpperInvariant(small[0]) + small[1..] : small;
        return [.. new[] { small, tag, capital, tag.ToUpperInvariant() }.Select(AsciiLower).Distinct()];
    }

    private static string AsciiLower(string text) => string.Create(text.Length, text, (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
    });
}
