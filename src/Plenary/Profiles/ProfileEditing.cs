using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Profiles;

/// <summary>What a person says of themselves; null leaves it as it is.</summary>
public sealed record ProfileWish(
    string? Name, string? Headline, string? About, string? Company, List<string>? Interests, List<string>? LooksFor, List<string>? Offers, List<string>? Languages, Visibility? Visibility);

/// <summary>What a person says differently at one event, all of it: null is as in their profile.</summary>
public sealed record EventProfileWish(string Event, string? Headline, string? About, List<string>? LooksFor, List<string>? Offers, Visibility? Visibility);

/// <summary>Saves what people say of themselves.</summary>
public sealed class ProfileEditing(TimeProvider clock)
{
    public static readonly Refusal ClaimedElsewhere =
        new("sign-in-required", 401, "This link opens one event. Sign in with your e-mail address to change what all events show; what only this event shows you can change here.");

    /// <summary>
    /// Whether this session may change what all events show: a whole account, or any session of a person who never signed in otherwise. A
    /// join link may have been forwarded; for who has nothing else it is all there is.
    /// </summary>
    public static bool MayEdit(Viewer viewer, Person person) => viewer.IsAccount || (viewer.RoomId is null && !person.EmailConfirmed);

    /// <summary>Refused: sign-in-required, invalid-input.</summary>
    public async Task<Person> Save(Db db, Viewer viewer, ProfileWish wish, CancellationToken cancellation)
    {
        var person = await RequireEditor(db, viewer, cancellation);
        if (wish.Name is { } name) person.Name = Input.Line(name, "name", Person.LongestName);
        if (wish.Headline is { } headline) person.Headline = Input.OptionalLine(headline, "headline", Person.LongestHeadline);
        await Change(db, person.Id, profile =>
        {
            if (wish.About is { } about) profile.About = Input.Paragraphs(about, "about", Profile.LongestAbout);
            if (wish.Company is { } company) profile.Company = Input.OptionalLine(company, "company", Profile.LongestCompany);
            if (wish.Interests is { } interests) profile.Interests = Tags.Read(interests, "interests");
            if (wish.LooksFor is { } looksFor) profile.LooksFor = Tags.Read(looksFor, "looksFor");
            if (wish.Offers is { } offers) profile.Offers = Tags.Read(offers, "offers");
            if (wish.Languages is { } languages) profile.Languages = Tags.ReadLanguages(languages, "languages");
            if (wish.Visibility is { } visibility) profile.Visibility = visibility;
        }, cancellation);
        return person;
    }

    /// <summary>Any session of the event will do. Refused: sign-in-required; not-found for who is not of the event; invalid-input.</summary>
    public Task<EventProfile> Save(Db db, Viewer viewer, Guid eventId, EventProfileWish wish, CancellationToken cancellation) =>
        ChangeAt(db, viewer, eventId, here =>
        {
            here.Headline = wish.Headline is { } headline ? Input.OptionalLine(headline, "headline", Person.LongestHeadline) : null;
            here.About = wish.About is { } about ? Input.Paragraphs(about, "about", Profile.LongestAbout) : null;
            here.LooksFor = wish.LooksFor is { } looksFor ? Tags.Read(looksFor, "looksFor") : null;
            here.Offers = wish.Offers is { } offers ? Tags.Read(offers, "offers") : null;
            here.Visibility = wish.Visibility;
        }, cancellation);

    /// <summary>Chooses only who sees the person at this event; null: as in their profile. Refused as above.</summary>
    public Task<EventProfile> ChooseVisibility(Db db, Viewer viewer, Guid eventId, Visibility? visibility, CancellationToken cancellation) =>
        ChangeAt(db, viewer, eventId, here => here.Visibility = visibility, cancellation);

    /// <summary>The person of this session, tracked, when it may change what all events show. Refused: sign-in-required.</summary>
    internal static async Task<Person> RequireEditor(Db db, Viewer viewer, CancellationToken cancellation)
    {
        var id = viewer.RequirePerson();
        var person = await db.Users.SingleOrDefaultAsync(p => p.Id == id, cancellation) ?? throw Refusal.SignInRequired.AsException();
        return MayEdit(viewer, person) ? person : throw ClaimedElsewhere.AsException();
    }

    /// <summary>Changes the profile of this person, making it on first need; saves everything that is in <paramref name="db"/>.</summary>
    internal async Task<Profile> Change(Db db, Guid person, Action<Profile> change, CancellationToken cancellation)
    {
        var profile = await Find() ?? await Insert(db, new Profile { PersonId = person }, Find, cancellation);
        change(profile);
        profile.ChangedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
        return profile;

        Task<Profile?> Find() => db.Set<Profile>().SingleOrDefaultAsync(p => p.PersonId == person, cancellation);
    }

    private async Task<EventProfile> ChangeAt(Db db, Viewer viewer, Guid eventId, Action<EventProfile> change, CancellationToken cancellation)
    {
        var person = await db.RequireOf(viewer, eventId, cancellation);
        var here = await Find() ?? await Insert(db, new EventProfile { EventId = eventId, PersonId = person }, Find, cancellation);
        change(here);
        here.ChangedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
        return here;

        Task<EventProfile?> Find() => db.Set<EventProfile>().SingleOrDefaultAsync(p => p.EventId == eventId && p.PersonId == person, cancellation);
    }

    /// <summary>Two tabs may save for the first time at once: whoever is second changes the row of the first.</summary>
    private static async Task<T> Insert<T>(Db db, T row, Func<Task<T?>> find, CancellationToken cancellation) where T : class
    {
        db.Add(row);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return row;
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            db.Entry(row).State = EntityState.Detached;
            return await find() ?? throw Refusal.Changed.AsException();
        }
    }
}
