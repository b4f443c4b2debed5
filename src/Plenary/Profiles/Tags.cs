using System.Text;
using System.Text.RegularExpressions;
using Plenary.Platform;
using Plenary.Platform.Text;

namespace Plenary.Profiles;

/// <summary>The short lists of a profile, checked and tidied: trimmed, empty ones left out, each once whatever its case.</summary>
public static partial class Tags
{
    /// <summary>In one list.</summary>
    public const int Most = 12;

    /// <summary>Characters of one.</summary>
    public const int Longest = 40;

    /// <summary>Whether two tags are the same to people.</summary>
    public static readonly StringComparer Same = StringComparer.OrdinalIgnoreCase;

    /// <summary>At most <see cref="Most"/> tags of at most <see cref="Longest"/> characters, in their order. Refused: invalid-input, naming the field.</summary>
    public static string[] Read(IEnumerable<string> wished, string field)
    {
        string[] tags = [.. wished.Select(tag => Spaces().Replace(Input.OptionalLine(tag, field, Longest).Normalize(NormalizationForm.FormC), " ")).Where(tag => tag.Length > 0).Distinct(Same)];
        return tags.Length <= Most ? tags : throw Refusal.Invalid(field, $"Choose at most {Most}; these are {tags.Length}.").AsException();
    }

    /// <summary>Primary language subtags, as <c>en</c> of <c>en-GB</c>. Refused: invalid-input, naming the field.</summary>
    public static string[] ReadLanguages(IEnumerable<string> wished, string field)
    {
        string[] languages = [.. wished.Select(language => language.Trim().Split('-')[0].ToLowerInvariant()).Where(language => language.Length > 0).Distinct()];
        if (languages.FirstOrDefault(language => !Primary().IsMatch(language)) is not null) Refusal.Invalid(field, "Name languages by their code, like en or pt.").Throw();
        return languages.Length <= Most ? languages : throw Refusal.Invalid(field, $"Choose at most {Most}; these are {languages.Length}.").AsException();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>RFC 5646, section 2.2.1: the shortest ISO 639 code, two or three letters.</summary>
    [GeneratedRegex("^[a-z]{2,3}$")]
    private static partial Regex Primary();
}
