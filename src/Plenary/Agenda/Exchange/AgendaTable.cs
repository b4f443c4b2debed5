using System.Globalization;
using System.Text;
using Plenary.Platform.Text;
using Plenary.Platform.Time;

namespace Plenary.Agenda.Exchange;

/// <summary>The agenda as a table for spreadsheets: one session a row, times on the wall clock of the event's zone.</summary>
internal static class AgendaTable
{
    private static readonly string[] Columns = ["id", "title", "room", "start", "minutes", "speakers", "summary"];

    public static byte[] Write(WrittenAgenda agenda)
    {
        var text = new StringBuilder("\uFEFF").Append(Csv.Row(Columns));
        foreach (var (session, room, speakers) in agenda.Sessions)
            text.Append(Csv.Row(session.Id.ToString(), session.Title, room.Name, agenda.Zone.ToWallClock(session.StartsAt).ToString(WallClock.Format, CultureInfo.InvariantCulture),
                ((int)(session.EndsAt - session.StartsAt).TotalMinutes).ToString(CultureInfo.InvariantCulture), string.Join("; ", speakers.Select(s => s.Name)), session.Summary));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads a table whose first row names its columns, in any order; <c>id</c>, <c>speakers</c> and <c>summary</c> may be missing.</summary>
    public static AgendaFile Read(string text, TimeZoneInfo zone)
    {
        var file = new AgendaFile();
        var rows = Csv.Read(text, out var unclosed);
        if (unclosed > 0) file.Mistake(unclosed, "A quotation mark opens here and is never closed.");
        if (rows.Count == 0)
        {
            file.Mistake(1, "The file is empty.");
            return file;
        }
        var at = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, name) in rows[0].Fields.Index()) at.TryAdd(name.Trim(), index);
        foreach (var needed in Columns[1..5].Where(c => !at.ContainsKey(c))) file.Mistake(1, $"There is no column “{needed}”. The first row names the columns: {string.Join(", ", Columns)}.");
        if (file.Mistakes.Count > 0) return file;
        foreach (var (line, fields) in rows.Skip(1))
        {
            if (fields.All(string.IsNullOrWhiteSpace)) continue;
            string Of(string column) => at.TryGetValue(column, out var index) && index < fields.Count ? fields[index].Trim() : "";
            if (!DateTime.TryParseExact(Of("start"), ["yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) || start.Year is < 2000 or >= 2200)
                file.Mistake(line, $"“{Short(Of("start"))}” is not a date and time. Write “start” as 2027-03-28T09:30, on the clock of the event.");
            else if (!int.TryParse(Of("minutes"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 5 or > 720)
                file.Mistake(line, $"“{Short(Of("minutes"))}” cannot be its length. A session lasts from 5 to 720 minutes.");
            else
            {
                var speakers = Of("speakers").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => new FileSpeaker(null, name)).ToList();
                var instant = zone.ToInstant(start);
                file.Add(line, Of("id") is { Length: > 0 } id ? id : null, Of("title"), Of("summary"), Of("room"), instant, instant.AddMinutes(minutes), speakers);
            }
        }
        return file;
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
