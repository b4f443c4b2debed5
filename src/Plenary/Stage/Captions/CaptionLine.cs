using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform;
using Plenary.Platform.Text;

namespace Plenary.Stage.Captions;

/// <summary>Where a caption comes from.</summary>
public enum CaptionSource
{
    /// <summary>A person typed it while it was said.</summary>
    Typed,

    /// <summary>The speaker's browser recognised it.</summary>
    Speech,

    /// <summary>A captioning service sent it by the room's feed.</summary>
    Feed,

    /// <summary>It came with a WebVTT file, after the fact.</summary>
    File,
}

/// <summary>Something that was said in a broadcast, in one language: a cue of its WebVTT. Ordered by the moment it was said.</summary>
public sealed partial class CaptionLine
{
    public const int LongestText = 500;
    public const int LongestLanguage = 35;

    /// <summary>A cue is on screen at least this long, and at most; between them by its length.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1.5), Longest = TimeSpan.FromSeconds(12);

    /// <summary>How fast people read captions, in characters a second (Netflix and BBC style guides: 17 to 20).</summary>
    private const double ReadPerSecond = 17;

    /// <summary>Made by whoever sends it; the same again is the same line.</summary>
    public Guid Id { get; init; }

    public Guid BroadcastId { get; init; }

    /// <summary>BCP 47, in its usual capitals.</summary>
    public required string Language { get; init; }

    /// <summary>When its first word was said, by the server's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When the next line may take its place.</summary>
    public DateTimeOffset Until { get; set; }

    public required string Text { get; set; }

    /// <summary>Who says it, when it is known.</summary>
    public string? Speaker { get; set; }

    public CaptionSource Source { get; init; }

    /// <summary>Who wrote or corrected it last; null for a feed.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>One line of text. Refused: invalid-input.</summary>
    public static string Words(string? text)
    {
        // People and services break lines where their screens end; ours end elsewhere.
        var words = Spaces().Replace(text ?? "", " ");
        return Input.Line(words, "text", LongestText);
    }

    /// <summary>The tag in its usual capitals: en, pt-BR, zh-Hant-TW. Refused: invalid-input.</summary>
    public static string Tag(string? language)
    {
        var tag = (language ?? "").Trim().Replace('_', '-');
        if (tag.Length > LongestLanguage || !LanguageTag().IsMatch(tag))
            throw Refusal.Invalid("language", "“language” is a language tag, such as en, de or pt-BR.").AsException();
        var parts = tag.Split('-');
        for (var i = 0; i < parts.Length; i++)
            parts[i] = (i, parts[i].Length) switch
            {
                (0, _) => parts[i].ToLowerInvariant(),
                (_, 2) => parts[i].ToUpperInvariant(),
                (_, 4) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(parts[i].ToLowerInvariant()),
                _ => parts[i].ToLowerInvariant(),
            };
        return string.Join('-', parts);
    }

    /// <summary>What a language calls itself; its tag where nobody here knows it.</summary>
    public static string NameOf(string language)
    {
        try { return CultureInfo.GetCultureInfo(language).NativeName; }
        catch (CultureNotFoundException) { return language; }
    }

    /// <summary>How long a text should be there to be read.</summary>
    public static TimeSpan TimeToRead(string text)
    {
        var seconds = TimeSpan.FromSeconds(text.Length / ReadPerSecond);
        return seconds < Shortest ? Shortest : seconds > Longest ? Longest : seconds;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
    private static partial Regex LanguageTag();

    internal sealed class Mapping : IEntityTypeConfiguration<CaptionLine>
    {
        public void Configure(EntityTypeBuilder<CaptionLine> builder)
        {
            builder.ToTable("CaptionLines");
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.Language).HasMaxLength(LongestLanguage);
            builder.Property(c => c.Text).HasMaxLength(LongestText);
            builder.Property(c => c.Speaker).HasMaxLength(80);
            builder.Property(c => c.Source).HasConversion<string>().HasMaxLength(16);
            builder.HasIndex(c => new { c.BroadcastId, c.Language, c.At });
            builder.HasOne<Broadcast>().WithMany().HasForeignKey(c => c.BroadcastId);
        }
    }
}
