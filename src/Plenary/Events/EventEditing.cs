using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Files;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;
using Plenary.Platform.Time;

namespace Plenary.Events;

/// <summary>What the organizer changes; null leaves a field as it is.</summary>
public sealed record EventChanges(
    string Id, int Version, string? Name, string? Slug, string? Tagline, string? Description, string? StartsAtLocal, string? EndsAtLocal, string? TimeZone,
    string? Accent, string? CoverArt, string? CoverFile);

/// <summary>Changes words, dates and look of an event. All or nothing, and only on top of the version the organizer saw.</summary>
public sealed partial class EventEditing(IEnumerable<IEventPart> parts, FileStore files)
{
    public const int LongestSlug = 80;
    public static readonly TimeSpan LongestEvent = TimeSpan.FromDays(31);
    public static readonly Refusal SlugTaken = new("slug-taken", 409, "Another event already has this address. Choose a different one.", "slug");

    public async Task<Event> Update(Db db, Viewer viewer, EventChanges changes, CancellationToken cancellation)
    {
        var found = await db.RequireCrew(viewer, GraphContext.ParseId(changes.Id, "id"), cancellation);
        if (found.Version != changes.Version) Refusal.Changed.Throw();
        if (changes.Name is { } name) found.Name = Input.Line(name, "name", 120);
        if (changes.Tagline is { } tagline) found.Tagline = Input.OptionalLine(tagline, "tagline", 280);
        if (changes.Description is { } description) found.Description = Input.Paragraphs(description, "description", 20_000);
        if (changes.Slug is { } slug) await Rename(db, found, slug, cancellation);
        if (changes.Accent is { } accent)
            found.Accent = Colour().IsMatch(accent) ? accent.ToLowerInvariant() : throw Refusal.Invalid("accent", "The accent must be a colour written as #rrggbb, such as #0e6b54.").AsException();
        if (changes.CoverArt is { } art)
            found.CoverArt = Drawing().IsMatch(art) ? art : throw Refusal.Invalid("coverArt", "Choose one of the drawn covers.").AsException();
        if (changes.CoverFile is { } file) found.CoverFileId = files.Chosen(file, "coverFile");
        await Move(db, found, changes, cancellation);
        try
        {
            await EventLife.Save(db, cancellation);
        }
        catch (DbUpdateException) when (changes.Slug is not null)
        {
            // Two organizers took the same address in the same moment; the index let one of them have it.
            db.ChangeTracker.Clear();
            if (await db.Set<Event>().AnyAsync(e => e.Slug == found.Slug && e.Id != found.Id, cancellation)) SlugTaken.Throw();
            throw;
        }
        return found;
    }

    private static async Task Rename(Db db, Event found, string slug, CancellationToken cancellation)
    {
        slug = slug.Trim();
        if (slug == found.Slug) return;
        if (slug.Length is < Slugs.Shortest or > LongestSlug || !Slugs.IsSlug(slug))
            throw Refusal.Invalid("slug", $"The address may have {Slugs.Shortest} to {LongestSlug} lower-case letters, digits and single hyphens, such as spring-meetup-2027.").AsException();
        if (await db.Set<Event>().AnyAsync(e => e.Slug == slug, cancellation)) SlugTaken.Throw();
        found.Slug = slug;
    }

    private async Task Move(Db db, Event found, EventChanges changes, CancellationToken cancellation)
    {
        if (changes is { StartsAtLocal: null, EndsAtLocal: null, TimeZone: null }) return;
        var from = WallClock.Zone(found.TimeZone);
        var to = changes.TimeZone is { } zone ? WallClock.Zone(zone) : from;
        var old = from.ToWallClock(found.StartsAt);
        var start = changes.StartsAtLocal is { } text ? WallClock.Parse(text, "startsAtLocal") : old;
        // A start that the clocks skip becomes the hour after; everything else must move by as much, or the agenda would fold together.
        start = to.ToWallClock(to.ToInstant(start));
        var move = new EventMove(from, to, start - old, changes.EndsAtLocal is not null);
        found.EndsAt = changes.EndsAtLocal is { } end ? to.ToInstant(WallClock.Parse(end, "endsAtLocal")) : move.Of(found.EndsAt);
        found.StartsAt = to.ToInstant(start);
        found.TimeZone = to.Id;
        if (found.EndsAt <= found.StartsAt) throw Refusal.Invalid("endsAtLocal", "The event must end after it starts.").AsException();
        if (found.EndsAt - found.StartsAt > LongestEvent) throw Refusal.Invalid("endsAtLocal", $"An event may last at most {LongestEvent.Days} days. For more, make several events.").AsException();
        foreach (var part in parts) await part.Move(db, found, move, cancellation);
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Colour();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    private static partial Regex Drawing();
}
