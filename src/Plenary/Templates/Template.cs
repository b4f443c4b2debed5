using Plenary.Rooms;

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
    public int DayCount => Sessions.Max(s => s.Day) + 1;
}

/// <summary>The words an event's page begins with.</summary>
/// <param name="Tagline">Under the event's name.</param>
/// <param name="Description">Markdown.</param>
public sealed record TemplateWords(string Tagline, string Description);

/// <summary>A room the event gets.</summary>
/// <param name="Key">Sessions name the room by it.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Kind">What it is made for.</param>
/// <param name="Format">How it behaves.</param>
public sealed record TemplateRoom(string Key, string Name, RoomKind Kind, string Format);

/// <summary>An agenda entry the event gets.</summary>
/// <param name="Day">0 is the first day.</param>
/// <param name="Start">Wall clock in the event's zone, HH:mm.</param>
/// <param name="Minutes">How long.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Summary">What happens; may be empty.</param>
/// <param name="Room">Key of the room.</param>
public sealed record TemplateSession(int Day, string Start, int Minutes, string Title, string Summary, string Room)
{
    /// <summary>Minutes from the first day's midnight, on the wall clock.</summary>
    public int From => Day * 24 * 60 + int.Parse(Start.AsSpan(0, 2), System.Globalization.CultureInfo.InvariantCulture) * 60
        + int.Parse(Start.AsSpan(3, 2), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Likewise, when it ends.</summary>
    public int To => From + Minutes;
}

/// <summary>A kind of place the event offers.</summary>
/// <param name="Name">As people read it.</param>
/// <param name="Description">For whom it is.</param>
/// <param name="Capacity">How many there are.</param>
public sealed record TemplateTicket(string Name, string Description, int Capacity);
