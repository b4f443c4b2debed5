using System.Globalization;
using System.Text.Json.Serialization;
using Plenary.Conduct;
using Plenary.Polls;
using Plenary.Rooms;
using Plenary.Shows;

namespace Plenary.Templates;

/// <summary>Where the gallery shows a template.</summary>
public enum TemplateCategory
{
    Talks,
    Meeting,
    Learning,
    Company,
}

/// <summary>A complete event as data. Its file and what each field means: <c>docs/organize/templates.md</c>.</summary>
/// <param name="Key">Its name for programs; unique over the installation.</param>
/// <param name="Name">Its name in the gallery.</param>
/// <param name="Tagline">One line under the name.</param>
/// <param name="Category">Where the gallery shows it.</param>
/// <param name="Description">What it is good for, for the organizer who chooses.</param>
/// <param name="Audience">How many people it suits.</param>
/// <param name="Art">Key of the thumbnail drawing.</param>
/// <param name="Accent">The event's colour, #rrggbb.</param>
/// <param name="Cover">Key of the event's cover drawing.</param>
/// <param name="Event">The words the event's page begins with.</param>
/// <param name="Rooms">At least a lobby; in the order shown.</param>
/// <param name="Sessions">The agenda.</param>
/// <param name="Tickets">Kinds of places.</param>
/// <param name="Emails">The mails the event sends.</param>
public sealed record Template(
    string Key, string Name, string Tagline, TemplateCategory Category, string Description, string Audience, string Art, string Accent, string Cover,
    TemplateWords Event, IReadOnlyList<TemplateRoom> Rooms, IReadOnlyList<TemplateSession> Sessions, IReadOnlyList<TemplateTicket> Tickets, IReadOnlyList<string> Emails)
{
    /// <summary>How many people it suits, as numbers; null when only the words say it.</summary>
    public TemplatePeople? People { get; init; }

    /// <summary>What the gallery says in other languages, by their two letters. The event's own words are the organizer's.</summary>
    public IReadOnlyDictionary<string, TemplateTranslation>? Translations { get; init; }

    /// <summary>Polls that lie ready in rooms.</summary>
    public IReadOnlyList<TemplatePoll> Polls { get; init; } = [];

    /// <summary>The run of show.</summary>
    public IReadOnlyList<TemplateCue> Cues { get; init; } = [];

    /// <summary>Of a saved template, whose it is; null for one of the installation.</summary>
    [JsonIgnore]
    public Guid? OrganizationId { get; init; }

    /// <summary>Of a saved template, its key as a file; <see cref="Key"/> is its id.</summary>
    [JsonIgnore]
    public string? FileKey { get; init; }

    /// <summary>Of a saved template, since when it is there.</summary>
    [JsonIgnore]
    public DateTimeOffset? SavedAt { get; init; }

    [JsonIgnore]
    public int DayCount => Sessions.Max(s => s.Day) + 1;

    /// <summary>When a cue is planned, in minutes from the first day's midnight on the wall clock; null when it waits for a hand.</summary>
    public double? PlannedAt(TemplateCue cue) => PlannedAt(cue, Cues.Count);

    private double? PlannedAt(TemplateCue cue, int deep)
    {
        var later = cue.OffsetSeconds / 60.0;
        return cue.Anchor switch
        {
            CueAnchor.Time => WallTime.MinutesOf(cue.Day ?? 0, cue.Start!),
            CueAnchor.SessionStart => Session(cue)?.From + later,
            CueAnchor.SessionEnd => Session(cue)?.To + later,
            CueAnchor.Cue when deep > 0 && Cues.FirstOrDefault(c => c.Key is not null && c.Key == cue.After) is { } before => PlannedAt(before, deep - 1) + later,
            _ => null,
        };
    }

    private TemplateSession? Session(TemplateCue cue) => Sessions.FirstOrDefault(s => s.Key is not null && s.Key == cue.Session);
}

/// <summary>What the gallery says of a template in another language.</summary>
/// <param name="Name">As <see cref="Template.Name"/>.</param>
/// <param name="Tagline">As <see cref="Template.Tagline"/>.</param>
/// <param name="Description">As <see cref="Template.Description"/>.</param>
public sealed record TemplateTranslation(string Name, string Tagline, string Description);

/// <summary>How many people a template suits.</summary>
/// <param name="From">At least.</param>
/// <param name="To">At most.</param>
public sealed record TemplatePeople(int From, int To);

/// <summary>The words an event's page begins with.</summary>
/// <param name="Tagline">Under the event's name.</param>
/// <param name="Description">Markdown.</param>
public sealed record TemplateWords(string Tagline, string Description);

/// <summary>A room the event gets.</summary>
/// <param name="Key">Sessions name the room by it.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Kind">What it is made for.</param>
/// <param name="Format">How it behaves.</param>
public sealed record TemplateRoom(string Key, string Name, RoomKind Kind, string Format)
{
    /// <summary>Seconds from one message of a person to their next; 0 for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int SlowSeconds { get; init; }

    /// <summary>What becomes of messages with links.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RulePolicy Links { get; init; }

    /// <summary>Moderators let questions in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ModeratedQuestions { get; init; }

    /// <summary>Tables that stand there; of networking rooms.</summary>
    public IReadOnlyList<TemplateTable> Tables { get; init; } = [];
}

/// <summary>A table that stands ready.</summary>
/// <param name="Topic">What it is about; may be empty.</param>
/// <param name="Seats">2 to 8.</param>
public sealed record TemplateTable(string Topic, int Seats);

/// <summary>An agenda entry the event gets.</summary>
/// <param name="Day">0 is the first day.</param>
/// <param name="Start">Wall clock in the event's zone, HH:mm.</param>
/// <param name="Minutes">How long.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Summary">What happens; may be empty.</param>
/// <param name="Room">Key of the room.</param>
public sealed record TemplateSession(int Day, string Start, int Minutes, string Title, string Summary, string Room)
{
    /// <summary>Cues name the session by it; null when none does.</summary>
    public string? Key { get; init; }

    /// <summary>Minutes from the first day's midnight, on the wall clock.</summary>
    [JsonIgnore]
    public int From => WallTime.MinutesOf(Day, Start);

    /// <summary>Likewise, when it ends.</summary>
    [JsonIgnore]
    public int To => From + Minutes;
}

/// <summary>A poll that lies ready as a draft. What each kind needs is said in <see cref="Plenary.Polls.PollWish"/>.</summary>
/// <param name="Room">Key of the room.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Kind">What it asks for.</param>
public sealed record TemplatePoll(string Room, string Question, PollKind Kind)
{
    /// <summary>Cues name the poll by it; null when none does.</summary>
    public string? Key { get; init; }

    public IReadOnlyList<string> Options { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Anonymous { get; init; }

    /// <summary>Everybody sees results while it is open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Live { get; init; }

    public int? Most { get; init; }

    /// <summary>Of a quiz, the number of the right option, from 0.</summary>
    public int? Right { get; init; }

    public int? BonusSeconds { get; init; }

    /// <summary>Seconds after which it closes by itself.</summary>
    public int? ClosesAfter { get; init; }

    /// <summary>What questions of one quiz have in common.</summary>
    public string? Series { get; init; }

    internal PollWish Wish() => new(Question, Kind, Options, Anonymous, Live, Most, Right, BonusSeconds, ClosesAfter, Series);
}

/// <summary>A cue of the run of show. Its fields are those of <see cref="Cue"/>, with keys where that has ids.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Anchor">What it waits for.</param>
public sealed record TemplateCue(CueKind Kind, CueAnchor Anchor)
{
    /// <summary>Other cues name it by it; null when none does.</summary>
    public string? Key { get; init; }

    /// <summary>The crew's own name for it.</summary>
    public string? Title { get; init; }

    /// <summary>With <see cref="Start"/>, when it waits for a time.</summary>
    public int? Day { get; init; }

    /// <summary>Wall clock in the event's zone, HH:mm.</summary>
    public string? Start { get; init; }

    /// <summary>Key of the session that it concerns or waits for.</summary>
    public string? Session { get; init; }

    /// <summary>Key of the cue that it waits for.</summary>
    public string? After { get; init; }

    /// <summary>Seconds after what it waits for; before it when negative.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int OffsetSeconds { get; init; }

    public string? Room { get; init; }

    public string? From { get; init; }

    public string? Poll { get; init; }

    public string? Text { get; init; }

    public int? Minutes { get; init; }

    public int? Seconds { get; init; }

    public int? Rounds { get; init; }

    /// <summary>Of a party, the two tickets whose people meet each other.</summary>
    public IReadOnlyList<string>? Groups { get; init; }
}

/// <summary>A kind of place the event offers.</summary>
/// <param name="Name">As people read it.</param>
/// <param name="Description">For whom it is.</param>
/// <param name="Capacity">How many there are.</param>
/// <param name="Price">What one costs; null when it is free.</param>
public sealed record TemplateTicket(string Name, string Description, int Capacity, TemplatePrice? Price = null);

/// <summary>What a place costs.</summary>
/// <param name="Amount">Tax included, in the smallest unit of the currency.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TaxRate">Within the price, in hundredths of a percent.</param>
public sealed record TemplatePrice(int Amount, string Currency, int TaxRate);

/// <summary>Times of day as templates write them.</summary>
internal static class WallTime
{
    /// <summary>Minutes from the first day's midnight.</summary>
    /// <param name="day">0 is the first day.</param>
    /// <param name="time">HH:mm.</param>
    public static int MinutesOf(int day, string time) =>
        (((day * 24) + int.Parse(time.AsSpan(0, 2), CultureInfo.InvariantCulture)) * 60) + int.Parse(time.AsSpan(3, 2), CultureInfo.InvariantCulture);
}
