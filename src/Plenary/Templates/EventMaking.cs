using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;
using Plenary.Platform.Time;

namespace Plenary.Templates;

/// <summary>What an organizer says to get an event.</summary>
public sealed record NewEvent(string Organization, string Template, string Name, string Date, string TimeZone, bool? Publish);

/// <summary>What an organizer says to get an event like another one.</summary>
public sealed record EventLike(string Event, string Name, string Date, bool? Publish);

/// <summary>Makes an event, whole or not at all: its words, rooms, agenda, polls, run of show and tickets, and the organizer's role at it.</summary>
public sealed class EventMaking(TemplateCatalogue templates, EventLife life, TimeProvider clock)
{
    private const int LongestSlugOfName = 60;

    /// <summary>Makes one of a template: of the installation, or saved by the same organization.</summary>
    public async Task<Event> Make(Db db, Viewer viewer, NewEvent wish, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var organization = GraphContext.ParseId(wish.Organization, "organization");
        await db.RequireMayMakeEvents(viewer, organization, cancellation);
        var template = templates.Find(wish.Template) ?? await SavedTemplates.Of(db, organization, wish.Template, cancellation)
            ?? throw Refusal.Invalid("template", "There is no such template. Choose one from the gallery.").AsException();
        var name = Input.Line(wish.Name, "name", 120);
        var zone = WallClock.Zone(wish.TimeZone);
        return await Make(db, viewer, organization, template, name, wish.Date, zone, wish.Publish == true, cancellation);
    }

    /// <summary>
    /// Makes one like another of the same organization, on another day: everything that <see cref="EventTemplate"/> reads. Refused: not-found for who is not of its crew; forbidden for who makes
    /// no events; invalid-input.
    /// </summary>
    public async Task<Event> MakeLike(Db db, Viewer viewer, EventLike wish, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var original = await db.RequireCrew(viewer, GraphContext.ParseId(wish.Event, "event"), cancellation);
        await db.RequireMayMakeEvents(viewer, original.OrganizationId, cancellation);
        var name = Input.Line(wish.Name, "name", 120);
        var template = await EventTemplate.Of(db, original, templates, cancellation);
        return await Make(db, viewer, original.OrganizationId, template with { Key = original.TemplateKey }, name, wish.Date, WallClock.Zone(original.TimeZone), wish.Publish == true, cancellation);
    }

    private async Task<Event> Make(Db db, Viewer viewer, Guid organization, Template template, string name, string date, TimeZoneInfo zone, bool publish, CancellationToken cancellation)
    {
        var day = WallClock.ParseDate(date, "date");
        var person = viewer.RequireAccount();
        var maker = new Maker(person, await db.Set<Person>().Where(p => p.Id == person).Select(p => p.Name).SingleAsync(cancellation));

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
        db.Add(new EventRoleGrant { EventId = made.Id, PersonId = person, Role = EventRole.Organizer, Since = made.CreatedAt });
        made.EndsAt = new EventUnfolding(db, made, template, day, maker).Write();
        if (made.EndsAt <= clock.GetUtcNow()) throw Refusal.Invalid("date", "That day has passed. Choose today or a day to come.").AsException();
        await db.SaveChangesAsync(cancellation);
        if (publish)
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
}
