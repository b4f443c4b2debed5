using System.Text;
using System.Text.Json;
using Plenary.Platform;
using Plenary.Platform.Text;

namespace Plenary.Polls;

/// <summary>What a voter says, checked against the poll and written in the one way in which it is kept: JSON of option numbers, or of words.</summary>
internal static class PollChoice
{
    private const int LongestWord = 30;

    /// <summary>Refused: invalid-input.</summary>
    public static string Canonical(Poll poll, IReadOnlyList<int>? picks, IReadOnlyList<string>? words)
    {
        if (poll.Kind == PollKind.Words) return Words(poll, words);
        if (picks is not { Count: > 0 } || words is { Count: > 0 }) throw Invalid("Choose something.");
        var options = poll.Options.Count;
        return poll.Kind switch
        {
            PollKind.Rating when picks.Count != 1 || picks[0] < 1 || picks[0] > poll.Most => throw Invalid($"Choose a number from 1 to {poll.Most}."),
            PollKind.Rating => Json(picks),
            _ when picks.Any(pick => pick < 0 || pick >= options) || picks.Distinct().Count() != picks.Count => throw Invalid("Choose from the options of this poll, each once."),
            PollKind.Single or PollKind.Quiz when picks.Count != 1 => throw Invalid("Choose one option."),
            PollKind.Multiple when picks.Count > poll.Most => throw Invalid($"Choose at most {poll.Most} options."),
            PollKind.Ranking when picks.Count != options => throw Invalid("Put all options in an order."),
            // The order in which boxes were ticked says nothing, and is not kept.
            PollKind.Multiple => Json([.. picks.Order()]),
            _ => Json(picks),
        };
    }

    /// <summary>The option numbers of a choice.</summary>
    public static int[] Picks(string choice) => JsonSerializer.Deserialize<int[]>(choice)!;

    /// <summary>The words of a choice.</summary>
    public static string[] Words(string choice) => JsonSerializer.Deserialize<string[]>(choice)!;

    private static string Words(Poll poll, IReadOnlyList<string>? words)
    {
        var clean = (words ?? []).Select(Clean).Where(word => word.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (clean.Length == 0 || clean.Length > poll.Most) throw Invalid(poll.Most == 1 ? "Say one word." : $"Say one to {poll.Most} words.");
        return clean.All(word => word.Length <= LongestWord) ? JsonSerializer.Serialize(clean) : throw Invalid($"A word may have at most {LongestWord} characters.");
    }

    /// <summary>Words that read the same count as the same.</summary>
    private static string Clean(string word) =>
        string.Join(' ', Input.OptionalLine(word, "choice", 200).Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    private static string Json(IReadOnlyList<int> picks) => JsonSerializer.Serialize(picks);

    private static RefusalException Invalid(string message) => Refusal.Invalid("choice", message).AsException();
}
