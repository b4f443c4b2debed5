using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plenary.Platform;
using Plenary.Platform.Text;
using Plenary.Platform.Time;

namespace Plenary.Agenda.Exchange;

/// <summary>
/// Writes the schedule that conference tools exchange, by the schema at https://c3voc.de/schedule/schema.json. Times carry the offset of the event's zone.
/// </summary>
internal static partial class ScheduleJson
{
    /// <summary>The name of the program in files of our own: their texts are taken as they are.</summary>
    public const string Generator = "Plenary";

    // For files: letters of every language as they are, as people read them in an editor.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(WrittenAgenda agenda, PublicUrl site)
    {
        var (@event, zone) = (agenda.Event, agenda.Zone);
        var days = agenda.Sessions.GroupBy(s => Local(zone, s.Session.StartsAt).Date).OrderBy(day => day.Key).ToList();
        var page = site.Link("/e/" + @event.Slug);
        var conference = new JsonObject
        {
            ["acronym"] = Acronym(@event.Slug),
            ["title"] = @event.Name,
            ["description"] = @event.Tagline,
            ["start"] = Local(zone, @event.StartsAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["end"] = Local(zone, @event.EndsAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["daysCount"] = days.Count,
            ["timeslot_duration"] = "00:05",
            ["url"] = page,
            ["rooms"] = new JsonArray([.. agenda.Rooms.Select(room => new JsonObject { ["name"] = room.Name, ["slug"] = SlugOf(room.Slug), ["type"] = "online", ["guid"] = room.Id.ToString() })]),
            ["days"] = new JsonArray([.. days.Select((day, index) => Day(agenda, index, day.Key, [.. day], page))]),
        };
        if (ZoneOfSchema().IsMatch(@event.TimeZone)) conference["time_zone_name"] = @event.TimeZone;
        var root = new JsonObject
        {
            ["$schema"] = "https://c3voc.de/schedule/schema.json",
            ["generator"] = new JsonObject { ["name"] = Generator, ["url"] = site.Link("/") },
            ["schedule"] = new JsonObject { ["version"] = @event.Version.ToString(CultureInfo.InvariantCulture), ["base_url"] = site.Link("/"), ["conference"] = conference },
        };
        return Encoding.UTF8.GetBytes(root.ToJsonString(Readable));
    }

    private static JsonObject Day(WrittenAgenda agenda, int index, DateTime date, List<WrittenSession> sessions, string page)
    {
        var rooms = new JsonObject();
        // Two rooms never have one name at an event.
        foreach (var room in agenda.Rooms.Where(room => sessions.Exists(s => s.Room.Id == room.Id)))
            rooms[room.Name] = new JsonArray([.. sessions.Where(s => s.Room.Id == room.Id).Select(s => Entry(agenda, s, page))]);
        return new JsonObject
        {
            ["index"] = index + 1,
            ["date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["day_start"] = Text(agenda.Zone, sessions.Min(s => s.Session.StartsAt)),
            ["day_end"] = Text(agenda.Zone, sessions.Max(s => s.Session.EndsAt)),
            ["rooms"] = rooms,
        };
    }

    private static JsonObject Entry(WrittenAgenda agenda, WrittenSession written, string page)
    {
        var session = written.Session;
        var length = session.EndsAt - session.StartsAt;
        return new JsonObject
        {
            ["guid"] = session.Id.ToString(),
            ["id"] = Number(session.Id),
            ["date"] = Text(agenda.Zone, session.StartsAt),
            ["start"] = Local(agenda.Zone, session.StartsAt).ToString("HH:mm", CultureInfo.InvariantCulture),
            ["end"] = Text(agenda.Zone, session.EndsAt),
            ["duration"] = string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours:00}:{length.Minutes:00}"),
            ["room"] = written.Room.Name,
            ["slug"] = $"{Slugs.Of(session.Title, 40, "session")}-{Number(session.Id).ToString(CultureInfo.InvariantCulture)}",
            ["url"] = page,
            ["title"] = session.Title,
            ["subtitle"] = null,
            ["track"] = null,
            ["type"] = written.Room.Format.Length > 0 ? written.Room.Format : "other",
            ["language"] = null,
            ["abstract"] = session.Summary,
            ["description"] = null,
            ["persons"] = new JsonArray([.. written.Speakers.Select(speaker => new JsonObject { ["guid"] = speaker.Id.ToString(), ["name"] = speaker.Name, ["biography"] = speaker.Bio })]),
            ["links"] = new JsonArray(),
        };
    }

    private static DateTimeOffset Local(TimeZoneInfo zone, DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    private static string Text(TimeZoneInfo zone, DateTimeOffset instant) => Local(zone, instant).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The number that older readers want besides the guid: the same for the same session, whatever else is on the agenda.</summary>
    private static int Number(Guid id) => Math.Max(1, BitConverter.ToInt32(id.ToByteArray(), 12) & int.MaxValue);

    /// <summary>At least four letters, digits or underscores: what the schema allows.</summary>
    private static string Acronym(string slug)
    {
        var text = slug.Replace('-', '_');
        return text.Length >= 4 ? text : "event_" + text;
    }

    private static string SlugOf(string slug) => slug.Length >= 2 ? slug : "room-" + slug;

    [GeneratedRegex("^[A-Z][a-z]+/[A-Z][a-z]+|^UTC$")]
    private static partial Regex ZoneOfSchema();
}
