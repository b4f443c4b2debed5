using System.Text.Json;
using Plenary.Agenda;
using Plenary.Platform;
using Plenary.Platform.Text;

namespace Plenary.Stage.Recordings;

/// <summary>Where something begins in a recording.</summary>
/// <param name="AtSeconds">Second of the recording, so that trimming moves nothing.</param>
/// <param name="Title">What begins.</param>
public sealed record Chapter(double AtSeconds, string Title)
{
    public const int Most = 100;
    public const int LongestTitle = 160;

    /// <summary>Characters of their JSON.</summary>
    public const int LongestList = 40_000;

    /// <summary>Those made by hand, or else the sessions of the agenda that began while it was recorded.</summary>
    /// <param name="broadcast">The replay.</param>
    /// <param name="sessions">Of its room.</param>
    /// <param name="timeline">Of the replay.</param>
    /// <returns>On the replay's clock, in order, without what was trimmed away.</returns>
    public static IReadOnlyList<Chapter> Of(Broadcast broadcast, IEnumerable<Session> sessions, ReplayTimeline timeline)
    {
        var all = broadcast.Chapters is { } made
            ? JsonSerializer.Deserialize<List<Chapter>>(made, JsonSerializerOptions.Web)!.ConvertAll(c => c with { AtSeconds = c.AtSeconds - timeline.Start })
            : OfAgenda(broadcast, sessions, timeline);
        var chapters = all.Where(c => c.AtSeconds < timeline.Duration).OrderBy(c => c.AtSeconds).ToList();
        // What began before the cut goes on after it: the latest of those stands at the beginning.
        var begun = chapters.FindLastIndex(c => c.AtSeconds <= 0);
        if (begun >= 0)
        {
            chapters[begun] = chapters[begun] with { AtSeconds = 0 };
            chapters.RemoveRange(0, begun);
        }
        return chapters;
    }

    /// <summary>Their JSON. Refused: invalid-input.</summary>
    /// <param name="chapters">On the replay's clock.</param>
    /// <param name="timeline">Of the replay.</param>
    public static string Write(IReadOnlyList<Chapter> chapters, ReplayTimeline timeline)
    {
        if (chapters.Count > Most) throw Refusal.Invalid("chapters", $"A replay may have at most {Most} chapters.").AsException();
        foreach (var chapter in chapters)
            if (!double.IsFinite(chapter.AtSeconds) || !timeline.Has(chapter.AtSeconds))
                throw Refusal.Invalid("chapters", "Every chapter begins within the replay.").AsException();
        return JsonSerializer.Serialize(chapters.OrderBy(c => c.AtSeconds)
            .Select(c => new Chapter(Math.Round(c.AtSeconds + timeline.Start, 3), Input.Line(c.Title, "chapters", LongestTitle))), JsonSerializerOptions.Web);
    }

    private static List<Chapter> OfAgenda(Broadcast broadcast, IEnumerable<Session> sessions, ReplayTimeline timeline)
    {
        // A recording that is played as if live is one talk, whatever the agenda says of that hour.
        if (broadcast.IsSimulive || broadcast.LiveAt is not { } from || broadcast.EndedAt is not { } to) return [];
        var found = sessions.Where(s => s.EndsAt > from && s.StartsAt < to).OrderBy(s => s.StartsAt).Select(s => new Chapter(timeline.At(s.StartsAt), s.Title)).ToList();
        return found.Count > 1 ? found : []; // one talk needs no chapters
    }
}
