using Newtonsoft.Json.Linq;
using Plenary.Platform;
using Plenary.Shows;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Plenary.Templates;

/// <summary>What can be wrong with tables, polls and cues: what they name, and what the rules of polls and of the run of show say.</summary>
internal static class ShowMistakes
{
    private static readonly HashSet<string> OnStages = ["doors-open", "doors-close", "open-stage", "intermission"];

    public static IEnumerable<TemplateError> Of(string file, JToken root)
    {
        var rooms = root["rooms"]!.ToLookup(r => (string)r["key"]!, r => (string)r["kind"]!);
        foreach (var room in root["rooms"]!.Where(r => r["tables"]?.Any() == true && (string)r["kind"]! != "networking"))
            yield return TemplateMistakes.At(file, room["tables"]!, "Only networking rooms have tables. Make this room \"networking\", or remove the tables.");
        var (sessions, polls, cues) = (Keys(root["sessions"]), Keys(root["polls"]), Keys(root["cues"]));
        foreach (var (what, keys) in new[] { ("session", sessions), ("poll", polls), ("cue", cues) })
            foreach (var key in TemplateMistakes.Repeated(keys)) yield return TemplateMistakes.At(file, key, $"Another {what} already has the key “{key}”. Give each {what} a key of its own.");

        foreach (var poll in Items(root["polls"]))
        {
            if (Unknown(file, poll, "room", "room", rooms.Select(r => r.Key)) is { } error) yield return error;
            var said = JsonSerializer.Deserialize<TemplatePoll>(poll.ToString(), TemplateFile.Options)!;
            if (Refused(() => said.Wish().Checked()) is { } refusal) yield return TemplateMistakes.At(file, Place(poll, refusal), refusal.Message);
        }
        foreach (var cue in Items(root["cues"]))
            foreach (var error in OfCue(file, cue, rooms, sessions, polls, cues)) yield return error;
        var tickets = root["tickets"]!.Select(t => (string)t["name"]!).ToList();
        foreach (var group in Items(root["cues"]).SelectMany(c => Items(c["groups"])).Where(g => !tickets.Contains((string)g!)))
            yield return TemplateMistakes.At(file, group, $"There is no ticket called “{group}”. The two groups of a party are tickets: {string.Join(", ", tickets)}.");
        foreach (var error in Circles(file, Items(root["cues"]))) yield return error;
    }

    private static IEnumerable<TemplateError> OfCue(string file, JToken cue, ILookup<string, string> rooms, List<JToken> sessions, List<JToken> polls, List<JToken> cues)
    {
        var stages = OnStages.Contains((string)cue["kind"]!);
        TemplateError?[] unknown =
        [
            Unknown(file, cue, "room", stages ? "stage" : "room", stages ? rooms.Where(r => r.Contains("stage")).Select(r => r.Key) : rooms.Select(r => r.Key)),
            Unknown(file, cue, "from", "room", rooms.Select(r => r.Key)),
            Unknown(file, cue, "session", "session", Names(sessions)),
            Unknown(file, cue, "poll", "poll", Names(polls)),
            Unknown(file, cue, "after", "cue", Names(cues)),
        ];
        foreach (var error in unknown.OfType<TemplateError>()) yield return error;
        var said = JsonSerializer.Deserialize<TemplateCue>(cue.ToString(), TemplateFile.Options)!;
        if (said.Anchor == CueAnchor.Time && (said.Start is null || said.Day is null)) yield return TemplateMistakes.At(file, cue["anchor"]!, "A cue that waits for a time says which: add \"day\" and \"start\".");
        // Only whether something is named matters to the rules; whether it exists was asked above.
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var wish = new CueWish(one, said.Kind, said.Anchor, said.Title, DateTimeOffset.UnixEpoch, Id(said.Session), Id(said.After), said.OffsetSeconds,
            new(Id(said.Room), said.From is null ? null : said.From == said.Room ? one : other, Id(said.Poll), null, said.Text, said.Minutes, said.Seconds, said.Rounds, said.Groups));
        if (Refused(() => wish.Checked()) is { } refusal) yield return TemplateMistakes.At(file, Place(cue, refusal), refusal.Message);

        Guid? Id(string? key) => key is null ? null : one;
    }

    /// <summary>Cues that wait for each other would wait for ever.</summary>
    private static IEnumerable<TemplateError> Circles(string file, IReadOnlyList<JToken> cues)
    {
        var waits = new Dictionary<string, string>();
        foreach (var cue in cues)
            if ((string?)cue["key"] is { } key && (string?)cue["after"] is { } after) waits.TryAdd(key, after);
        foreach (var cue in cues)
        {
            if ((string?)cue["key"] is not { } key) continue;
            var at = (string?)cue["after"];
            for (var steps = 0; at is not null && at != key && steps <= waits.Count; steps++) at = waits.GetValueOrDefault(at);
            if (at == key) yield return TemplateMistakes.At(file, cue["after"]!, $"The cue “{key}” waits for itself, directly or round a corner. Let one of them wait for a session, a time or a hand.");
        }
    }

    private static TemplateError? Unknown(string file, JToken item, string field, string what, IEnumerable<string> known)
    {
        if (item[field] is not { } named) return null;
        var names = known.ToList();
        if (names.Contains((string)named!)) return null;
        var choice = names.Count == 0 ? $"No {what} has a key; give it one." : $"Use one of {string.Join(", ", names.Take(20))}.";
        return TemplateMistakes.At(file, named, $"There is no {what} with the key “{named}”. {choice}");
    }

    private static Refusal? Refused(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (RefusalException no)
        {
            return no.Refusal;
        }
    }

    private static JToken Place(JToken item, Refusal refusal) => (refusal.Field is { } field ? item[field] : null) ?? item;

    private static List<JToken> Items(JToken? list) => list?.ToList() ?? [];

    private static List<JToken> Keys(JToken? list) => [.. Items(list).Select(item => item["key"]).OfType<JToken>()];

    private static IEnumerable<string> Names(List<JToken> keys) => keys.Select(k => (string)k!);
}
