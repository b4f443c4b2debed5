using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Registration;
using Plenary.Rooms;

namespace Plenary.Parties;

/// <summary>Somebody at a party whose groups may be tickets.</summary>
internal readonly record struct TicketHolder(Guid Party, Guid Person);

/// <summary>Looks up which group of a party somebody's ticket puts them in. Thousands get ready at the same moment and share a few queries.</summary>
internal sealed class TicketGroups(IDbContextFactory<Db> dbs, TimeProvider clock) : SharedLook<TicketHolder, string?>(dbs, clock)
{
    /// <summary>The group's name; null when the party's groups are no tickets, and for who holds neither of them.</summary>
    public Task<string?> Of(Guid party, Guid person, CancellationToken cancellation) => Ask(new(party, person), cancellation);

    private protected override async Task<string?[]> Look(Db db, IReadOnlyList<TicketHolder> questions)
    {
        var parties = questions.Select(q => q.Party).Distinct().ToArray();
        var asked = (await db.Set<Party>().AsNoTracking().Where(p => parties.Contains(p.Id)).ToListAsync()).Where(p => p.Settings.Tickets).ToDictionary(p => p.Id);
        var answers = new string?[questions.Count];
        if (asked.Count == 0) return answers;
        var (events, people) = (asked.Values.Select(p => p.EventId).Distinct().ToArray(), questions.Where(q => asked.ContainsKey(q.Party)).Select(q => q.Person).Distinct().ToArray());
        var held = (await (from registration in db.Set<Plenary.Registration.Registration>()
                           where events.Contains(registration.EventId) && people.Contains(registration.PersonId) && registration.CancelledAt == null
                           join ticket in db.Set<TicketType>() on registration.TicketTypeId equals ticket.Id
                           select new { registration.EventId, registration.PersonId, ticket.Name }).ToListAsync()).ToDictionary(r => (r.EventId, r.PersonId), r => r.Name);
        for (var i = 0; i < questions.Count; i++)
            if (asked.TryGetValue(questions[i].Party, out var party) && held.TryGetValue((party.EventId, questions[i].Person), out var name))
                answers[i] = party.Settings.Groups!.FirstOrDefault(group => string.Equals(group, name, StringComparison.OrdinalIgnoreCase));
        return answers;
    }
}
