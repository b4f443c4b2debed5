using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Networking.Directory;

/// <summary>What somebody asks the directory for.</summary>
/// <param name="Search">Words that must all be there; null or nothing: everybody.</param>
/// <param name="Tags">For a kind of list, tags of which people have at least one. More kinds: all of them.</param>
/// <param name="Connected">Only those with whom the viewer is mutually connected.</param>
public sealed record PeopleWanted(string? Search, IReadOnlyDictionary<TagKind, IReadOnlyList<string>> Tags, bool Connected = false);

/// <summary>Some of those who were found, in their order, and how many there are.</summary>
public sealed record PeopleFound(int TotalCount, int Offset, IReadOnlyList<Guid> People);

/// <summary>A tag and how many of the people that the viewer may see have it.</summary>
public sealed record Facet(TagKind Kind, string Tag, int Count);

/// <summary>
/// Finds people of an event for one of them. Whoever the viewer may not see is neither found nor counted: hidden people, those with a block in
/// either direction, those who show themselves to matches only and are none. What somebody hides at this event is not searched either.
/// Who wished to connect changes nothing about what is found, nor in what order.
/// </summary>
public sealed class Finding(IEnumerable<Acquainted> acquaintances, ProfileReading profiles)
{
    /// <summary>Facets that are told.</summary>
    public const int MostFacets = 60;

    /// <summary>A page of those who fit, the best first when words were given, by name otherwise.</summary>
    public async Task<PeopleFound> Find(Db db, Guid eventId, Guid viewer, PeopleWanted wanted, int offset, int most, CancellationToken cancellation)
    {
        var chosen = Chosen(db, eventId, viewer, await Visible(db, eventId, viewer, cancellation), wanted);
        if (PeopleSearch.Hits(db, wanted.Search) is { } hits)
        {
            // All of them in their order, of which the page is cut here. A limit has PostgreSQL look the hits up one by one, best first, in the hope to be done after thirty; of a word that everybody
            // has all fit equally well, so it compares everybody with everybody (2.3 s of 10,000 people, 0.2 s without).
            var all = await (from entry in chosen join hit in hits on entry.Id equals hit.Id orderby hit.Rank, entry.SortName, entry.PersonId select entry.PersonId).ToListAsync(cancellation);
            return new(all.Count, offset, [.. all.Skip(offset).Take(most)]);
        }
        var fitting = Saying(db, chosen, wanted.Search);
        var total = await fitting.CountAsync(cancellation);
        if (total <= offset) return new(total, offset, []);
        return new(total, offset, await (from entry in fitting orderby entry.SortName, entry.PersonId select entry.PersonId).Skip(offset).Take(most).ToListAsync(cancellation));
    }

    /// <summary>The tags of everybody whom the viewer may see and the words fit, the most frequent first.</summary>
    public async Task<IReadOnlyList<Facet>> Facets(Db db, Guid eventId, Guid viewer, string? search, CancellationToken cancellation)
    {
        var fitting = Saying(db, await Visible(db, eventId, viewer, cancellation), search);
        var counts = await (from entry in fitting
                            join tag in db.Set<DirectoryTag>() on entry.Id equals tag.EntryId
                            group tag by new { tag.Kind, tag.Key } into same
                            orderby same.Count() descending, same.Key.Key
                            select new { same.Key.Kind, Tag = same.Min(t => t.Tag)!, Count = same.Count() }).Take(MostFacets * 2).ToListAsync(cancellation);
        // What the database took for two because of an Ö and an ö.
        return [.. counts.GroupBy(c => (c.Kind, c.Tag.ToUpperInvariant())).Select(same => new Facet(same.Key.Kind, same.First().Tag, same.Sum(c => c.Count)))
            .OrderByDescending(f => f.Count).ThenBy(f => f.Tag, StringComparer.OrdinalIgnoreCase).Take(MostFacets)];
    }

    /// <summary>Whether the viewer may know that this person is at the event: they see their profile, or met them. Blocks end that.</summary>
    public async Task<bool> Knows(Db db, Guid eventId, Guid viewer, Guid person, CancellationToken cancellation)
    {
        if (await profiles.Card(db, eventId, viewer, person, cancellation) is not null) return true;
        if (!await db.IsOf(eventId, person, cancellation) || await Blocks.Between(db, viewer, person, cancellation)) return false;
        foreach (var acquainted in acquaintances)
            if ((await acquainted(db, eventId, viewer, [person], cancellation)).Contains(person)) return true;
        return false;
    }

    /// <summary>The entries of everybody of the event, each person once, as they are at it.</summary>
    internal static IQueryable<DirectoryEntry> EntriesAt(Db db, Guid eventId)
    {
        var people = db.PeopleOf(eventId);
        return db.Set<DirectoryEntry>().AsNoTracking().Where(e =>
            (e.EventId == eventId || (e.EventId == null && !db.Set<EventProfile>().Any(p => p.EventId == eventId && p.PersonId == e.PersonId)))
            && people.Contains(e.PersonId));
    }

    /// <summary>The entries of those whom the viewer may see, themselves left out.</summary>
    internal async Task<IQueryable<DirectoryEntry>> Visible(Db db, Guid eventId, Guid viewer, CancellationToken cancellation)
    {
        var blocked = await Blocks.Around(db, viewer, cancellation);
        blocked.Add(viewer);
        var entries = EntriesAt(db, eventId).Where(e => !blocked.Contains(e.PersonId));
        var shy = await entries.Where(e => e.Visibility == Visibility.Matches).Select(e => e.PersonId).ToListAsync(cancellation);
        var known = new HashSet<Guid>();
        if (shy.Count > 0)
            foreach (var acquainted in acquaintances) known.UnionWith(await acquainted(db, eventId, viewer, shy, cancellation));
        return entries.Where(e => e.Visibility == Visibility.Open || (e.Visibility == Visibility.Matches && known.Contains(e.PersonId)));
    }

    /// <summary>Those of them who have the wanted tags and connection, whatever the words.</summary>
    private static IQueryable<DirectoryEntry> Chosen(Db db, Guid eventId, Guid viewer, IQueryable<DirectoryEntry> visible, PeopleWanted wanted)
    {
        foreach (var (kind, tags) in wanted.Tags)
        {
            if (tags.Count == 0) continue;
            var keys = tags.SelectMany(TagKeys.Of).Distinct().ToList();
            visible = visible.Where(e => db.Set<DirectoryTag>().Any(t => t.EntryId == e.Id && t.Kind == kind && keys.Contains(t.Key)));
        }
        if (wanted.Connected)
        {
            var connected = Connections.MutualOf(db, eventId, viewer);
            visible = visible.Where(e => connected.Contains(e.PersonId));
        }
        return visible;
    }

    /// <summary>Those of them whom the words fit; all when there are none.</summary>
    private static IQueryable<DirectoryEntry> Saying(Db db, IQueryable<DirectoryEntry> people, string? search)
    {
        if (string.IsNullOrWhiteSpace(search)) return people;
        if (PeopleSearch.Hits(db, search) is not { } hits) return people.Where(e => false); // signs only
        var found = hits.Select(h => h.Id);
        return people.Where(e => found.Contains(e.Id));
    }
}
