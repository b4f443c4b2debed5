using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Text;
using Plenary.Platform.Time;
using Plenary.Rooms;

namespace Plenary.Pages;

/// <summary>What an event's page says before any script ran: to previews and search engines in the head, to people in the body.</summary>
public sealed class EventPage
{
    private const int LongestSummary = 200;

    private readonly Event @event;
    private readonly string organization;
    private readonly IReadOnlyList<(Session Session, string Room, string[] Speakers)> agenda;
    private readonly PublicUrl site;
    private readonly TimeZoneInfo zone;

    private EventPage(Event @event, string organization, IReadOnlyList<(Session, string, string[])> agenda, PublicUrl site)
    {
        (this.@event, this.organization, this.agenda, this.site) = (@event, organization, agenda, site);
        zone = WallClock.Find(@event.TimeZone) ?? TimeZoneInfo.Utc;
    }

    public static async Task<EventPage> Read(Db db, Event @event, PublicUrl site, CancellationToken cancellation)
    {
        var organization = await db.Set<Organization>().Where(o => o.Id == @event.OrganizationId).Select(o => o.Name).SingleAsync(cancellation);
        var rows = await (from s in db.Set<Session>().AsNoTracking()
                          where s.EventId == @event.Id
                          join r in db.Set<Room>() on s.RoomId equals r.Id
                          orderby s.StartsAt, r.Position
                          select new { Session = s, Room = r.Name }).ToListAsync(cancellation);
        var speakers = (await (from s in db.Set<Session>()
                               where s.EventId == @event.Id
                               join at in db.Set<SessionSpeaker>() on s.Id equals at.SessionId
                               join speaker in db.Set<Speaker>() on at.SpeakerId equals speaker.Id
                               orderby at.Position
                               select new { at.SessionId, speaker.Name }).ToListAsync(cancellation)).ToLookup(a => a.SessionId, a => a.Name);
        return new(@event, organization, [.. rows.Select(r => (r.Session, r.Room, speakers[r.Session.Id].ToArray()))], site);
    }

    public string Title => $"{@event.Name} · {organization}";

    private string Address => site.Link("/e/" + @event.Slug);

    private string? Picture => @event.CoverFileId is { } file ? site.Link($"/files/{file}") : null;

    private string Summary => @event.Tagline is { Length: > 0 } tagline ? tagline : Markdown.ToText(@event.Description, LongestSummary).ReplaceLineEndings(" ");

    public string Head()
    {
        var head = new StringBuilder();
        void Meta(string kind, string name, string content) => head.Append(CultureInfo.InvariantCulture, $"<meta {kind}=\"{name}\" content=\"{Shell.Text(content)}\" />\n");
        Meta("name", "description", Summary);
        if (@event.Status is EventStatus.Draft) Meta("name", "robots", "noindex");
        head.Append(CultureInfo.InvariantCulture, $"<link rel=\"canonical\" href=\"{Shell.Text(Address)}\" />\n");
        Meta("property", "og:type", "website");
        Meta("property", "og:site_name", organization);
        Meta("property", "og:title", @event.Name);
        Meta("property", "og:description", $"{When()}. {Summary}");
        Meta("property", "og:url", Address);
        if (Picture is { } picture) Meta("property", "og:image", picture);
        Meta("name", "twitter:card", Picture is null ? "summary" : "summary_large_image");
        Meta("name", "theme-color", @event.Accent);
        // The default encoder writes < as \u003C, so that no text can end the element.
        head.Append(CultureInfo.InvariantCulture, $"<script type=\"application/ld+json\">{JsonSerializer.Serialize(LinkedData())}</script>\n");
        return head.ToString();
    }

    public string Body()
    {
        var body = new StringBuilder("<main id=\"main\">\n");
        body.Append(CultureInfo.InvariantCulture, $"<h1>{Shell.Text(@event.Name)}</h1>\n");
        if (@event.Tagline.Length > 0) body.Append(CultureInfo.InvariantCulture, $"<p>{Shell.Text(@event.Tagline)}</p>\n");
        body.Append(CultureInfo.InvariantCulture, $"<p><time datetime=\"{Iso(@event.StartsAt)}\">{Shell.Text(When())}</time></p>\n<p>{Shell.Text(organization)}</p>\n");
        body.Append(CultureInfo.InvariantCulture, $"<div>{Markdown.ToHtml(@event.Description)}</div>\n");
        if (agenda.Count > 0)
        {
            body.Append("<h2>Agenda</h2>\n<ol>\n");
            foreach (var (session, room, speakers) in agenda)
            {
                var with = speakers.Length == 0 ? "" : " · " + Shell.Text(string.Join(", ", speakers));
                body.Append(CultureInfo.InvariantCulture, $"<li><time datetime=\"{Iso(session.StartsAt)}\">{Shell.Text(Clock(session.StartsAt))}</time> {Shell.Text(session.Title)} · {Shell.Text(room)}{with}</li>\n");
            }
            body.Append("</ol>\n");
        }
        return body.Append("</main>").ToString();
    }

    /// <summary><c>Wednesday 14 May 2031, 16:45 – 17:45 (Europe/Berlin)</c></summary>
    private string When()
    {
        var (from, to) = (zone.ToWallClock(@event.StartsAt), zone.ToWallClock(@event.EndsAt));
        return $"{Day(from)}, {from.ToString("HH:mm", CultureInfo.InvariantCulture)} – {(from.Date == to.Date ? "" : Day(to) + ", ")}{to.ToString("HH:mm", CultureInfo.InvariantCulture)} ({zone.Id})";
    }

    private string Clock(DateTimeOffset moment)
    {
        var local = zone.ToWallClock(moment);
        return (local.Date == zone.ToWallClock(@event.StartsAt).Date ? "" : Day(local) + ", ") + local.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    private static string Day(DateTime local) => local.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    private string Iso(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private Dictionary<string, object> LinkedData()
    {
        var data = new Dictionary<string, object>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Event",
            ["name"] = @event.Name,
            ["description"] = Summary,
            ["startDate"] = Iso(@event.StartsAt),
            ["endDate"] = Iso(@event.EndsAt),
            ["eventAttendanceMode"] = "https://schema.org/OnlineEventAttendanceMode",
            ["eventStatus"] = @event.Status is EventStatus.Cancelled ? "https://schema.org/EventCancelled" : "https://schema.org/EventScheduled",
            ["isAccessibleForFree"] = true,
            ["location"] = new Dictionary<string, object> { ["@type"] = "VirtualLocation", ["url"] = Address },
            ["organizer"] = new Dictionary<string, object> { ["@type"] = "Organization", ["name"] = organization },
            ["url"] = Address,
        };
        if (Picture is { } picture) data["image"] = new[] { picture };
        var performers = agenda.SelectMany(a => a.Speakers).Distinct().Select(name => new Dictionary<string, object> { ["@type"] = "Person", ["name"] = name }).ToList();
        if (performers.Count > 0) data["performer"] = performers;
        return data;
    }
}
