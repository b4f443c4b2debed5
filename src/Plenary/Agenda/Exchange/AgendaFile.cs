using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Plenary.Platform;
using Plenary.Platform.Text;

namespace Plenary.Agenda.Exchange;

/// <summary>Something in a file that cannot be taken over, or only in part.</summary>
/// <param name="Line">Counted from 1; 0 when it is about the whole file.</param>
/// <param name="Message">What it is and how to mend it.</param>
internal sealed record FileRemark(int Line, string Message);

/// <summary>Somebody who speaks, as a file names them.</summary>
/// <param name="Key">What the file tells people apart by; null when that is their name.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Bio">May be empty.</param>
internal sealed record FileSpeaker(string? Key, string Name, string Bio = "");

/// <summary>A session, as a file says it, checked like one that is typed.</summary>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Key">What the file tells sessions apart by; null when that is their title.</param>
/// <param name="Title">One line.</param>
/// <param name="Summary">Plain text.</param>
/// <param name="Room">Its room's name; empty when the file does not say.</param>
/// <param name="StartsAt">When it starts.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="Speakers">In the order of the file.</param>
internal sealed record FileSession(int Line, string? Key, string Title, string Summary, string Room, DateTimeOffset StartsAt, DateTimeOffset EndsAt, IReadOnlyList<FileSpeaker> Speakers);

/// <summary>What a file says about an agenda, whatever its format: sessions, and everything that is wrong with it. With a mistake in it nothing of it is taken.</summary>
internal sealed partial class AgendaFile
{
    public const int LongestSummary = 4000;

    public List<FileSession> Sessions { get; } = [];

    public List<FileRemark> Mistakes { get; } = [];

    public List<FileRemark> Notes { get; } = [];

    public void Mistake(int line, string message) => Mistakes.Add(new(line, message));

    /// <summary>Adds a session, or what is wrong with it.</summary>
    public void Add(int line, string? key, string? title, string? summary, string? room, DateTimeOffset startsAt, DateTimeOffset endsAt, IReadOnlyList<FileSpeaker> speakers)
    {
        try
        {
            var checkedTitle = Input.Line(title, "title", 160);
            if (Tag().IsMatch(checkedTitle)) Notes.Add(new(line, $"“{checkedTitle}” looks like HTML. Titles are plain text, so people will read it exactly so."));
            var text = (summary ?? "").Trim();
            if (text.Length > LongestSummary)
            {
                Notes.Add(new(line, $"The text of “{checkedTitle}” is longer than {LongestSummary} characters. Its end is left out."));
                text = Cut(text, LongestSummary);
            }
            var minutes = (endsAt - startsAt).TotalMinutes;
            if (minutes is < 5 or > 720) throw Refusal.Invalid("minutes", $"“{checkedTitle}” lasts {minutes.ToString("0", CultureInfo.InvariantCulture)} minutes. A session lasts from 5 to 720 minutes.").AsException();
            if (startsAt.Year is < 2000 or >= 2200) throw Refusal.Invalid("start", $"“{checkedTitle}” is not between the years 2000 and 2200.").AsException();
            if (speakers.Count > SessionEditing.MostSpeakers) throw Refusal.Invalid("speakers", $"A session may have at most {SessionEditing.MostSpeakers} speakers.").AsException();
            var people = speakers.Select(s => s with { Name = Input.Line(s.Name, "name of a speaker", 80), Bio = Cut(Input.Paragraphs(Cut(s.Bio.Trim(), 4000), "text about a speaker", 4000), 4000) }).ToList();
            Sessions.Add(new(line, key, checkedTitle, Input.Paragraphs(text, "text", LongestSummary), Input.OptionalLine(room, "name of the room", 80), startsAt.ToUniversalTime(), endsAt.ToUniversalTime(), people));
        }
        catch (RefusalException no)
        {
            Mistake(line, no.Refusal.Message);
        }
    }

    /// <summary>The words of a text that may be HTML, as other systems write descriptions; a text without tags stays as it is.</summary>
    public static string Words(string text)
    {
        if (!Tag().IsMatch(text)) return text;
        var lines = LineEnd().Replace(text, "\n");
        return WebUtility.HtmlDecode(Tag().Replace(lines, "")).Trim();
    }

    /// <summary>At most this many characters, never half of one.</summary>
    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    [GeneratedRegex("</?[a-zA-Z][^<>]{0,500}>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"<br\s*/?>\n?|</(p|li|div|h[1-6])>\n?", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex LineEnd();
}
