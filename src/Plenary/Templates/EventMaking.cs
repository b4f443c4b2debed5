using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;
using Plenary.Platform.Time;
using Plenary.Registration;
using Plenary.Rooms;

namespace Plenary.Templates;

/// <summary>What an organizer says to get an event.</summary>
public sealed record NewEvent(string Organization, string Template, string Name, string Date, string TimeZone, bool? Publish);

/// <summary>Makes an event of a template, whole or not at all: its words, rooms, agenda and tickets, and the organizer's role at it.</summary>
public sealed class EventMaking(TemplateCatalogue templates, EventLife life, TimeProvider clock)
{
    private const int LongestSlugOfName = 60;

    public async Task<Event> Make(Db db, Viewer viewer, NewEvent wish, CancellationToken cancellation)
    {
        var organization = GraphContext.ParseId(wish.Organization, "organization");
        await db.RequireMayMakeEvents(viewer, organization, cancellation);
        var template = templates.Find(wish.Template) ?? throw Refusal.Invalid("template", "There is no such template. Choose one from the gallery.").AsException();
        var name = Input.Line(wish.Name, "name", 120);
        var zone = WallClock.Zone(wish.TimeZone);
        var day = WallClock.ParseDate(wish.Date, "date");

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var made = new Event
        {
            OrganizationId = organization,
            Slug = await FreeSlug(db, name, cancellation),
            Name = name,
            Tagline = template.Event.Tagline,
            Description = template.Event.Description,
            StartsAt = zone.ToInstant(day.AddMinutes(template.Sessions.Min(s => s.From))),
            TimeZone = zone.Id,
            Accent = template.Accent.ToLowerInvariant(),
            CoverArt = template.Cover,
            TemplateKey = template.Key,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(made);
        db.Add(new EventRoleGrant { EventId = made.Id, PersonId = viewer.RequireAccount(), Role = EventRole.Organizer, Since = made.CreatedAt });
        var rooms = AddRooms(db, made, template);
        made.EndsAt = AddSessions(db, made, template, rooms, zone, day);
        if (made.EndsAt <= clock.GetUtcNow()) throw Refusal.Invalid("date", "That day has passed. Choose today or a day to come.").AsException();
        AddTickets(db, made, template);
        await db.SaveChangesAsync(cancellation);
        if (wish.Publish == true)
        {
            await life.Publish(db, made, cancellation);
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return made;
    }

    private static async Task<string> FreeSlug(Db db, string name, CancellationToken cancellation)
    {
        var slug = Slugs.Of(name, LongestSlugOfName, "event");
        var taken = await db.Set<Event>().Where(e => e.Slug.StartsWith(slug)).Select(e => e.Slug).ToListAsync(cancellation);
        return Slugs.Free(slug, EventEditing.LongestSlug, taken.ToHashSet());
    }

    private static Dictionary<string, Guid> AddRooms(Db db, Event made, Template template)
    {
        var rooms = new Dictionary<string, Guid>();
        var slugs = new HashSet<string>();
        foreach (var plan in template.Rooms)
        {
            var slug = Slugs.Free(Slugs.Of(plan.Name, LongestSlugOfName, "room"), LongestSlugOfName, slugs);
            slugs.Add(slug);
            var room = new Room { EventId = made.Id, Slug = slug, Name = plan.Name, Kind = plan.Kind, Format = plan.Format, Position = rooms.Count };
            rooms.Add(plan.Key, room.Id);
            db.AddRoom(room);
        }
        return rooms;
    }

    /// <summary>Answers when the last one ends.</summary>
    private static DateTimeOffset AddSessions(Db db, Event made, Template template, Dictionary<string, Guid> rooms, TimeZoneInfo zone, DateTime day)
    {
        var end = made.StartsAt;
        foreach (var plan in template.Sessions.OrderBy(s => s.From))
        {
            // Each start is read from the wall clock of its own day; a session keeps its length whatever the clocks do.
            var start = zone.ToInstant(day.AddMinutes(plan.From));
            var session = new Session { EventId = made.Id, RoomId = rooms[plan.Room], Title = plan.Title, Summary = plan.Summary, StartsAt = start, EndsAt = start.AddMinutes(plan.Minutes) };
            if (session.EndsAt > end) end = session.EndsAt;
            db.Add(session);
        }
        return end;
    }

    private static void AddTickets(Db db, Event made, Template template)
    {
        foreach (var (position, plan) in template.Tickets.Index())
            db.Add(new TicketType { EventId = made.Id, Name = plan.Name, Description = plan.Description, Capacity = plan.Capacity, Position = position });
    }
}
