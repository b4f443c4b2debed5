using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Networking.Directory;

/// <summary>What people give each other; both null while nothing was exchanged.</summary>
public sealed record SharedContact(string? Email, string? Link)
{
    public static readonly SharedContact Nothing = new(null, null);
}

/// <summary>Somebody the viewer is connected with.</summary>
/// <param name="Card">As the viewer may see them; their name alone when they hide by now.</param>
/// <param name="Mine">What the viewer gives, whether the other gave something or not.</param>
/// <param name="Theirs">What the other gives; nothing until both give something.</param>
/// <param name="Since">When the second of the two asked.</param>
public sealed record Contact(ProfileCard Card, SharedContact Mine, SharedContact Theirs, DateTimeOffset Since);

/// <summary>Reads the viewer's own contacts; nobody else's can be asked for.</summary>
public static class Contacts
{
    /// <summary>Everybody the person is mutually connected with at the event, by name; blocked people are not among them.</summary>
    public static async Task<IReadOnlyList<Contact>> Of(Db db, ProfileReading profiles, Guid eventId, Guid person, CancellationToken cancellation, Guid? only = null)
    {
        var blocked = await Blocks.Around(db, person, cancellation);
        var pairs = await (from mine in db.Set<ConnectWish>().AsNoTracking()
                           where mine.EventId == eventId && mine.ById == person && !blocked.Contains(mine.WhomId) && (only == null || mine.WhomId == only)
                           join theirs in db.Set<ConnectWish>().AsNoTracking() on new { mine.EventId, By = mine.WhomId, Whom = mine.ById } equals new { theirs.EventId, By = theirs.ById, Whom = theirs.WhomId }
                           join other in db.Users on mine.WhomId equals other.Id
                           select new { Mine = mine, Theirs = theirs, TheirEmail = other.Email }).ToListAsync(cancellation);
        if (pairs.Count == 0) return [];
        var ownEmail = await db.Users.Where(p => p.Id == person).Select(p => p.Email).SingleAsync(cancellation);
        var cards = await profiles.CardsOrNames(db, eventId, person, pairs.ConvertAll(p => p.Mine.WhomId), cancellation);
        return [.. from pair in pairs
                   let exchanged = pair.Mine.Shares && pair.Theirs.Shares
                   let contact = new Contact(
                       cards[pair.Mine.WhomId], Given(pair.Mine, ownEmail), exchanged ? Given(pair.Theirs, pair.TheirEmail) : SharedContact.Nothing,
                       pair.Mine.At > pair.Theirs.At ? pair.Mine.At : pair.Theirs.At)
                   orderby contact.Card.Name.ToUpperInvariant(), contact.Card.Person
                   select contact];
    }

    private static SharedContact Given(ConnectWish wish, string? email) => new(wish.SharesEmail ? email : null, wish.SharedLink);
}
