using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Plenary.Platform.Time;

namespace Plenary.Agenda.Exchange;

/// <summary>
/// Reads a schedule.json of any conference tool: strict about what an agenda is made of (who, what, where, when, and the types of the schema),
/// indifferent to everything else that is in such files.
/// </summary>
internal sealed partial class ScheduleReader
{
    private readonly AgendaFile file = new();
    private TimeZoneInfo zone;
    private bool ours;

    private ScheduleReader(TimeZoneInfo zone) => this.zone = zone;

    /// <summary>Everything the text says; times without an offset are of <paramref name="zone"/>, unless the file names its own.</summary>
    public static AgendaFile Read(string text, TimeZoneInfo zone)
    {
        var reader = new ScheduleReader(zone);
        try
        {
            reader.Whole(Parse(text));
        }
        catch (JsonReaderException e)
        {
            reader.file.Mistake(Math.Max(1, e.LineNumber), "This is not JSON from here on. Export the file again, or look for a missing comma or quotation mark.");
        }
        return reader.file;
    }

    private static JToken Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 24 };
        var root = JToken.ReadFrom(reader, new JsonLoadSettings { LineInfoHandling = LineInfoHandling.Load, CommentHandling = CommentHandling.Ignore });
        while (reader.Read())
            if (reader.TokenType != JsonToken.Comment) throw new JsonReaderException("There is more after the end.", "", reader.LineNumber, reader.LinePosition, null);
        return root;
    }

    private void Whole(JToken root)
    {
        if (root.AsObject()?["schedule"]?.AsObject()?["conference"]?.AsObject() is not { } conference)
        {
            file.Mistake(1, "This is no schedule: it has no “schedule” with a “conference” in it. Export it as schedule.json (c3voc).");
            return;
        }
        ours = root.AsObject()!["generator"]?.AsObject()?["name"]?.ToString() == ScheduleJson.Generator;
        if (conference["time_zone_name"] is JValue { Type: JTokenType.String } named)
        {
            if (WallClock.Find((string)named!) is { } known) zone = known;
            else file.Mistake(Line(named), $"“{named}” is not a time zone we know. Use an IANA name such as Europe/Berlin.");
        }
        if (conference["days"] is not JArray days)
        {
            file.Mistake(Line(conference), "The conference has no list of “days”.");
            return;
        }
        foreach (var day in days)
            if (day.AsObject()?["rooms"]?.AsObject() is not { } rooms) file.Mistake(Line(day), "This day has no “rooms”.");
            else
                foreach (var room in rooms.Properties())
                    if (room.Value is not JArray entries) file.Mistake(Line(room), $"“{room.Name}” is not a list of sessions.");
                    else
                        foreach (var entry in entries) Entry(entry, room.Name);
    }

    private void Entry(JToken token, string room)
    {
        if (token is not JObject entry)
        {
            file.Mistake(Line(token), "A session must be an object with title, date and duration.");
            return;
        }
        var before = file.Mistakes.Count;
        if (entry["id"] is { Type: not JTokenType.Integer } id) file.Mistake(Line(id), $"“id” must be a whole number, and {Shown(id)} is none.");
        if (entry["room"] is { Type: not (JTokenType.String or JTokenType.Null) } where) file.Mistake(Line(where), $"“room” must be a name, and {Shown(where)} is none.");
        var guid = Guid.TryParse(Text(entry, "guid", required: true), out var parsed) ? parsed.ToString() : null;
        if (guid is null && file.Mistakes.Count == before) file.Mistake(Line(entry["guid"] ?? entry), "“guid” must be a UUID, such as 8079583e-8321-506c-95af-fd2903a5f075.");
        var title = Text(entry, "title", required: true);
        var start = Time(entry, "date");
        var end = entry["end"] is { Type: JTokenType.String } ? Time(entry, "end") : start + Duration(entry);
        var people = Persons(entry);
        if (file.Mistakes.Count > before) return;
        var words = new[] { Text(entry, "subtitle"), Text(entry, "abstract"), Text(entry, "description") }.Select(Plain).Where(part => part.Length > 0).Distinct();
        file.Add(Line(entry), guid, title, string.Join("\n\n", words), Text(entry, "room") is { Length: > 0 } named ? named : room, start!.Value, end!.Value, people);
    }

    private List<FileSpeaker> Persons(JObject entry)
    {
        var people = new List<FileSpeaker>();
        if (entry["persons"] is not JArray persons)
        {
            file.Mistake(Line(entry["persons"] ?? entry), "“persons” must be a list; an empty one when nobody speaks.");
            return people;
        }
        foreach (var token in persons)
        {
            if (token is not JObject person || (Text(person, "name") is { Length: > 0 } own ? own : Text(person, "public_name")) is not { Length: > 0 } name)
                file.Mistake(Line(token), "A person has no name. Add “name” or “public_name”.");
            else if (person["id"] is { Type: not (JTokenType.Integer or JTokenType.Null) } id)
                file.Mistake(Line(id), $"“id” must be a whole number, and {Shown(id)} is none.");
            else
                people.Add(new(Text(person, "guid") ?? Text(person, "code") ?? person["id"]?.ToString(), name, Plain(Text(person, "biography"))));
        }
        return people;
    }

    private string Plain(string? text) => ours ? text ?? "" : AgendaFile.Words(text ?? "");

    private string? Text(JObject of, string field, bool required = false)
    {
        if (of[field] is JValue { Type: JTokenType.String } value) return (string)value!;
        if (of[field] is { Type: not JTokenType.Null } other) file.Mistake(Line(other), $"“{field}” must be text.");
        else if (required) file.Mistake(Line(of), $"This session has no “{field}”.");
        return null;
    }

    private DateTimeOffset? Time(JObject entry, string field)
    {
        if (Text(entry, field, required: true) is not { } text) return null;
        if (HasOffset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)) return instant;
        if (!HasOffset().IsMatch(text) && DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return zone.ToInstant(local);
        file.Mistake(Line(entry[field]!), $"{Shown(entry[field]!)} is not a date and time. Write “{field}” as 2027-03-28T09:30:00+02:00.");
        return null;
    }

    /// <summary>Hours and minutes; some systems put days before them.</summary>
    private TimeSpan? Duration(JObject entry)
    {
        if (Text(entry, "duration", required: true) is not { } text) return null;
        if (DaysHoursMinutes().Match(text) is { Success: true } found)
            return new TimeSpan(found.Groups[1].Success ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0, int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(found.Groups[3].Value, CultureInfo.InvariantCulture), 0);
        file.Mistake(Line(entry["duration"]!), $"{Shown(entry["duration"]!)} is not a duration. Write it as hours and minutes, such as 00:45.");
        return null;
    }

    private static string Shown(JToken token)
    {
        var text = token.ToString(Formatting.None);
        return text.Length > 60 ? text[..60] + "…" : text;
    }

    private static int Line(IJsonLineInfo place) => Math.Max(1, place.LineNumber);

    [GeneratedRegex(@"(Z|[+-]\d{2}:?\d{2})$")]
    private static partial Regex HasOffset();

    [GeneratedRegex(@"^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$")]
    private static partial Regex DaysHoursMinutes();
}

/// <summary>Reading JSON that may be anything.</summary>
internal static class LooseJson
{
    /// <summary>The token when it is an object, so that asking a number for a field does not throw.</summary>
    public static JObject? AsObject(this JToken token) => token as JObject;
}
