using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Registration;

/// <summary>
/// Join links of registrations. After the end they still lead to the event's page, where the replays are; a link of a cancelled event
/// says so.
/// </summary>
internal sealed class RegistrationLinks(IDbContextFactory<Db> dbs) : IPersonalLinkSource
{
    public const string LinkKind = "registration";

    public static readonly Refusal EventCancelled = new("event-cancelled", 410, "This event was cancelled by its organizer.", "token");

    public string Kind => LinkKind;

    public static PersonalLink Of(Registration registration) => new(LinkKind, registration.Id, registration.LinkVersion);

    public async Task<PersonalLinkHolder?> Find(PersonalLink link, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var found = await (from r in db.Set<Registration>()
                           where r.Id == link.Id && r.LinkVersion == link.Version && r.CancelledAt == null
                           join e in db.Set<Event>() on r.EventId equals e.Id
                           select new { r.PersonId, r.EventId, e.Slug, e.Status }).SingleOrDefaultAsync(cancellation);
        if (found is null) return null;
        if (found.Status is EventStatus.Cancelled) EventCancelled.Throw();
        return new(found.PersonId, found.EventId, $"/e/{found.Slug}/in");
    }
}
