using Plenary.Platform;
using Plenary.Platform.Text;

namespace Plenary.Polls;

/// <summary>What the staff says about a draft.</summary>
public sealed record PollWish(
    string Question, PollKind Kind, IReadOnlyList<string>? Options = null, bool Anonymous = false, bool Live = false, int? Most = null, int? Right = null, int? BonusSeconds = null,
    int? ClosesAfter = null, string? Series = null)
{
    private const int LongestSeries = 80;
    private const int LongestBonus = 300;
    private const int LatestClose = 24 * 60 * 60;
    private const int MostWords = 5;
    private const int HighestRating = 10;
    private const int UsualRating = 5;

    /// <summary>The same with everything said. Refused: invalid-input.</summary>
    internal PollWish Checked()
    {
        var options = Kind is PollKind.Rating or PollKind.Words ? [] : (Options ?? []).Select(o => Input.OptionalLine(o, "options", Poll.LongestOption)).Where(o => o.Length > 0).ToList();
        if (Kind is not (PollKind.Rating or PollKind.Words))
        {
            if (options.Count is < 2 or > Poll.MostOptions) throw Refusal.Invalid("options", $"Give people 2 to {Poll.MostOptions} options.").AsException();
            if (options.Distinct(StringComparer.Ordinal).Count() != options.Count) throw Refusal.Invalid("options", "Two options read the same. Change one.").AsException();
        }
        if (Kind == PollKind.Quiz && Anonymous) throw Refusal.Invalid("anonymous", "A quiz has a leaderboard, so it cannot be anonymous.").AsException();
        if (Kind == PollKind.Quiz && (Right is not { } right || right < 0 || right >= options.Count)) throw Refusal.Invalid("right", "Say which answer is right.").AsException();
        var most = Kind switch
        {
            PollKind.Multiple => Between(Most ?? options.Count, 1, options.Count, "most"),
            PollKind.Rating => Between(Most ?? UsualRating, 2, HighestRating, "most"),
            PollKind.Words => Between(Most ?? 1, 1, MostWords, "most"),
            _ => 1,
        };
        return new(Input.Line(Question, "question", Poll.LongestQuestion), Kind, options, Anonymous, Live && Kind != PollKind.Quiz, most, Kind == PollKind.Quiz ? Right : null,
            Kind == PollKind.Quiz ? Between(BonusSeconds ?? 20, 0, LongestBonus, "bonusSeconds") : 0, ClosesAfter is { } seconds ? Between(seconds, 5, LatestClose, "closesAfter") : null,
            Kind == PollKind.Quiz ? Input.OptionalLine(Series, "series", LongestSeries) : "");
    }

    /// <summary>What was checked becomes the draft.</summary>
    internal void Write(Poll poll)
    {
        (poll.Question, poll.Kind, poll.Options, poll.Anonymous, poll.Live) = (Question, Kind, [.. Options!], Anonymous, Live);
        (poll.Most, poll.Right, poll.BonusSeconds, poll.ClosesAfter, poll.Series) = (Most!.Value, Right, BonusSeconds!.Value, ClosesAfter, Series!);
    }

    private static int Between(int number, int least, int most, string field) =>
        number >= least && number <= most ? number : throw Refusal.Invalid(field, $"“{field}” is a number from {least} to {most}.").AsException();
}
