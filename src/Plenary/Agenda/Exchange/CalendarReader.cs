using System.Globalization;
using System.Text;
using System.Xml;
using Plenary.Platform.Time;

namespace Plenary.Agenda.Exchange;

/// <summary>
/// Reads the entries of a calendar file (RFC 5545, section 3.1: folded lines of name, parameters and value) line by line, because whoever has
/// to mend a file wants to know where.
/// </summary>
internal sealed class CalendarReader
{
    private readonly AgendaFile file = new();
    private readonly TimeZoneInfo zone;

    private CalendarReader(TimeZoneInfo zone) => this.zone = zone;

    /// <summary>Everything the text says; times that name no zone are of <paramref name="zone"/>.</summary>
    public static AgendaFile Read(string text, TimeZoneInfo zone)
    {
        var reader = new CalendarReader(zone);
        reader.Whole(Unfold(text).ToList());
        return reader.file;
    }

    private void Whole(List<(int Line, string Text)> lines)
    {
        if (lines.Count == 0 || !lines[0].Text.Equals("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
        {
            file.Mistake(1, "This is no calendar file: it does not begin with BEGIN:VCALENDAR.");
            return;
        }
        Entry? entry = null;
        var inside = 0; // an alarm within an entry has properties of the same names
        foreach (var (line, text) in lines)
        {
            var property = Property.Parse(line, text);
            if (property is null)
            {
                file.Mistake(line, "This line is no property: it has no colon. Export the file again.");
                return;
            }
            var (name, value) = (property.Name, property.Value.Trim().ToUpperInvariant());
            if (name == "BEGIN" && value == "VEVENT") entry = new Entry(line);
            else if (name == "BEGIN") inside++;
            else if (name == "END" && value == "VEVENT" && entry is not null)
            {
                Finish(entry);
                entry = null;
            }
            else if (name == "END") inside = Math.Max(0, inside - 1);
            else if (entry is not null && inside <= 1) entry.Properties.Add(property);
        }
        if (entry is not null || inside != 0) file.Mistake(lines[^1].Line, "The file ends in the middle of the calendar. Download or export it again.");
    }

    private void Finish(Entry entry)
    {
        var before = file.Mistakes.Count;
        if (entry.Of("STATUS")?.Value.Trim().Equals("CANCELLED", StringComparison.OrdinalIgnoreCase) == true)
        {
            file.Notes.Add(new(entry.Line, "This entry is cancelled and left out."));
            return;
        }
        if (entry.Of("RRULE") is { } rule) file.Mistake(rule.Line, "This entry repeats. Write each session as an entry of its own.");
        var start = Time(entry, "DTSTART");
        var end = entry.Of("DTEND") is not null ? Time(entry, "DTEND") : start + Duration(entry);
        if (file.Mistakes.Count > before) return;
        var speakers = entry.Properties.Where(p => p.Name == "ATTENDEE").Select(p => p.Parameters.GetValueOrDefault("CN", "").Trim()).Where(n => n.Length > 0).Select(n => new FileSpeaker(null, n)).ToList();
        var uid = entry.Of("UID")?.Value.Trim();
        if (uid?.EndsWith(CalendarText.UidEnd, StringComparison.Ordinal) == true) uid = uid[..^CalendarText.UidEnd.Length];
        file.Add(entry.Line, string.IsNullOrEmpty(uid) ? null : uid, entry.Words("SUMMARY"), entry.Words("DESCRIPTION"), entry.Words("LOCATION"), start!.Value, end!.Value, speakers);
    }

    private DateTimeOffset? Time(Entry entry, string name)
    {
        if (entry.Of(name) is not { } property)
        {
            file.Mistake(entry.Line, $"This entry has no {name}, so nobody knows when it is.");
            return null;
        }
        var value = property.Value.Trim();
        if (value.Length == 8 && value.All(char.IsAsciiDigit))
        {
            file.Mistake(property.Line, "This entry is for whole days. A session starts and ends at a time of day.");
            return null;
        }
        var utc = value.EndsWith('Z');
        if (!DateTime.TryParseExact(utc ? value[..^1] : value, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            file.Mistake(property.Line, $"“{(value.Length > 40 ? value[..40] + "…" : value)}” is not a date and time of a calendar, such as 20270328T093000Z.");
            return null;
        }
        if (utc) return new DateTimeOffset(local, TimeSpan.Zero);
        if (property.Parameters.GetValueOrDefault("TZID") is not { } named) return zone.ToInstant(local);
        // Outlook writes the names of Windows.
        if ((WallClock.Find(named) ?? (TimeZoneInfo.TryConvertWindowsIdToIanaId(named, out var iana) ? WallClock.Find(iana) : null)) is { } known) return known.ToInstant(local);
        file.Mistake(property.Line, $"“{(named.Length > 40 ? named[..40] + "…" : named)}” is not a time zone we know. Use an IANA name such as Europe/Berlin.");
        return null;
    }

    private TimeSpan? Duration(Entry entry)
    {
        if (entry.Of("DURATION") is { } property)
            try
            {
                return XmlConvert.ToTimeSpan(property.Value.Trim());
            }
            catch (Exception e) when (e is FormatException or OverflowException)
            {
                file.Mistake(property.Line, "This is not a duration, such as PT45M.");
                return null;
            }
        file.Mistake(entry.Line, "This entry says neither when it ends nor how long it lasts.");
        return null;
    }

    private static IEnumerable<(int Line, string Text)> Unfold(string text)
    {
        StringBuilder? current = null;
        var began = 0;
        foreach (var (index, raw) in text.Split('\n').Index())
        {
            var line = raw.TrimEnd('\r');
            if (line.Length > 0 && line[0] is ' ' or '\t' && current is not null)
            {
                current.Append(line, 1, line.Length - 1);
                continue;
            }
            if (current is { Length: > 0 }) yield return (began, current.ToString());
            (current, began) = (new StringBuilder(line), index + 1);
        }
        if (current is { Length: > 0 }) yield return (began, current.ToString());
    }

    private sealed record Entry(int Line)
    {
        public List<Property> Properties { get; } = [];

        public Property? Of(string name) => Properties.Find(p => p.Name == name);

        /// <summary>The text of a property, its escapes undone (section 3.3.11).</summary>
        public string Words(string name)
        {
            var text = Of(name)?.Value ?? "";
            var words = new StringBuilder();
            for (var i = 0; i < text.Length; i++)
                if (text[i] != '\\' || i + 1 == text.Length) words.Append(text[i]);
                else words.Append(text[++i] is 'n' or 'N' ? '\n' : text[i]);
            return words.ToString();
        }
    }

    private sealed record Property(int Line, string Name, Dictionary<string, string> Parameters, string Value)
    {
        /// <summary>Null when the line has no value. Parameters may be quoted, with colons and semicolons within.</summary>
        public static Property? Parse(int line, string text)
        {
            var parts = new List<string>();
            var (from, quoted) = (0, false);
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '"') quoted = !quoted;
                if (quoted || text[i] is not (';' or ':')) continue;
                parts.Add(text[from..i]);
                from = i + 1;
                if (text[i] == ';') continue;
                var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                foreach (var pair in parts.Skip(1).Select(p => p.Split('=', 2)).Where(p => p.Length == 2)) parameters[pair[0]] = pair[1].Trim('"');
                return new(line, parts[0].ToUpperInvariant(), parameters, text[from..]);
            }
            return null;
        }
    }
}
