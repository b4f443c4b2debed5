using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Profiles;

/// <summary>
/// Of these people, those the viewer knows at the event by something a slice above keeps: they met, were suggested to each other, are
/// connected. Who shows themselves to matches only is seen by them. Registered as singletons; any one that says yes is enough.
/// </summary>
public delegate Task<IReadOnlySet<Guid>> Acquainted(Db db, Guid eventId, Guid viewer, IReadOnlyList<Guid> people, CancellationToken cancellation);

/// <summary>A profile as it is at one event: the person's own, with what they say differently there. For the server's own use; what somebody is shown comes from <see cref="ProfileReading.Cards"/>.</summary>
public sealed record ProfileAt(Guid EventId, Person Person, Profile? Profile, EventProfile? Here)
{
    public Visibility Visibility => Here?.Visibility ?? Profile?.Visibility ?? Visibility.Open;

    /// <summary>All of it, for those who may see it.</summary>
    public ProfileCard Card => new(
        Person.Id, Person.Name, Here?.Headline ?? Person.Headline, Profile?.Company is { Length: > 0 } company ? company : null, ProfileFiles.PictureOf(EventId, Profile),
        Profile?.Interests ?? [], Here?.LooksFor ?? Profile?.LooksFor ?? [], Here?.Offers ?? Profile?.Offers ?? [], Profile?.Languages ?? [],
        ProfileFiles.IntroOf(EventId, Profile), Here?.About ?? Profile?.About ?? "");
}

/// <summary>Reads what people may see of each other. Every slice that shows somebody asks here.</summary>
public sealed class ProfileReading(IEnumerable<Acquainted> acquaintances)
{
    /// <summary>
    /// What this viewer may see of these people at the event. Absent: whoever is not of the event, is hidden, is blocked by the viewer or
    /// blocks them, or shows themselves to matches only and is none. Everybody sees themselves; who is not of the event sees nobody.
    /// </summary>
    public async Task<Dictionary<Guid, ProfileCard>> Cards(Db db, Guid eventId, Guid viewer, IReadOnlyCollection<Guid> people, CancellationToken cancellation)
    {
        if (people.Count == 0 || !await db.IsOf(eventId, viewer, cancellation)) return [];
        var found = await At(db, eventId, people, cancellation);
        var blocked = await Blocks.Around(db, viewer, cancellation);
        var here = await db.PeopleOf(eventId).Where(p => people.Contains(p)).ToListAsync(cancellation);
        var seen = here.Where(p => p == viewer || (found.ContainsKey(p) && found[p].Visibility == Visibility.Open && !blocked.Contains(p))).ToHashSet();
        var asking = here.Where(p => p != viewer && found.ContainsKey(p) && found[p].Visibility == Visibility.Matches && !blocked.Contains(p)).ToList();
        if (asking.Count > 0)
            foreach (var acquainted in acquaintances)
                seen.UnionWith((await acquainted(db, eventId, viewer, asking, cancellation)).Where(asking.Contains));
        return seen.Where(found.ContainsKey).ToDictionary(p => p, p => found[p].Card);
    }

    /// <summary>The same of one person, or null.</summary>
    public async Task<ProfileCard?> Card(Db db, Guid eventId, Guid viewer, Guid person, CancellationToken cancellation) =>
        (await Cards(db, eventId, viewer, [person], cancellation)).GetValueOrDefault(person);

    /// <summary>
    /// What people show to those they are put together with by their own doing, as in a Cocktail Party: all of it, or the name alone when
    /// they hide. Everybody who exists is in it. Blocks are not looked at: never put such people together.
    /// </summary>
    public static async Task<Dictionary<Guid, ProfileCard>> FaceToFace(Db db, Guid eventId, IReadOnlyCollection<Guid> people, CancellationToken cancellation) =>
        (await At(db, eventId, people, cancellation)).ToDictionary(p => p.Key, p => p.Value.Visibility == Visibility.Hidden ? ProfileCard.NameOnly(p.Key, p.Value.Person.Name) : p.Value.Card);

    /// <summary>
    /// Everybody of these, as <see cref="Cards"/> where the viewer may see them and otherwise by their name alone: for those of whom the
    /// viewer knows anyway that they are there, as in a conversation with them.
    /// </summary>
    public async Task<Dictionary<Guid, ProfileCard>> CardsOrNames(Db db, Guid eventId, Guid viewer, IReadOnlyCollection<Guid> people, CancellationToken cancellation)
    {
        var cards = await Cards(db, eventId, viewer, people, cancellation);
        var rest = people.Where(p => !cards.ContainsKey(p)).ToList();
        if (rest.Count > 0)
            foreach (var person in await db.Users.Where(p => rest.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToListAsync(cancellation))
                cards[person.Id] = ProfileCard.NameOnly(person.Id, person.Name);
        return cards;
    }

    /// <summary>The profiles of these people as they are at the event, whoever may see them: for the matcher, never for a page. Three queries, however many.</summary>
    public static async Task<Dictionary<Guid, ProfileAt>> At(Db db, Guid eventId, IReadOnlyCollection<Guid> people, CancellationToken cancellation)
    {
        var all = new Dictionary<Guid, ProfileAt>(people.Count);
        foreach (var some in people.Distinct().Chunk(MostAtOnce))
        {
            var persons = await db.Users.AsNoTracking().Where(p => some.Contains(p.Id)).ToListAsync(cancellation);
            var profiles = await db.Set<Profile>().AsNoTracking().Where(p => some.Contains(p.PersonId)).ToDictionaryAsync(p => p.PersonId, cancellation);
            var overrides = await db.Set<EventProfile>().AsNoTracking().Where(p => p.EventId == eventId && some.Contains(p.PersonId)).ToDictionaryAsync(p => p.PersonId, cancellation);
            foreach (var person in persons) all[person.Id] = new(eventId, person, profiles.GetValueOrDefault(person.Id), overrides.GetValueOrDefault(person.Id));
        }
        return all;
    }

    /// <summary>SQLite takes 32,766 parameters.</summary>
    private const int MostAtOnce = 10_000;
}
