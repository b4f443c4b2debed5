using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Parties;

/// <summary>Somebody who has just come in at a party.</summary>
internal readonly record struct Arrival(Guid Party, Guid Person);

/// <summary>Looks up at which other parties somebody is who came in at one. Everybody comes at once when a party starts, and shares a few queries.</summary>
internal sealed class OtherParties(IDbContextFactory<Db> dbs, TimeProvider clock) : SharedLook<Arrival, Guid[]>(dbs, clock)
{
    /// <summary>The parties that go on, other than this one, which the person has not left.</summary>
    public Task<Guid[]> Of(Guid party, Guid person, CancellationToken cancellation) => Ask(new(party, person), cancellation);

    private protected override async Task<Guid[][]> Look(Db db, IReadOnlyList<Arrival> questions)
    {
        var people = questions.Select(q => q.Person).Distinct().ToArray();
        var at = (await (from member in db.Set<PartyMember>()
                         where people.Contains(member.PersonId) && member.State != PartyMemberState.Left
                         join party in db.Set<Party>() on member.PartyId equals party.Id
                         where party.OpenIn != null
                         select new { member.PersonId, member.PartyId }).ToListAsync()).ToLookup(m => m.PersonId, m => m.PartyId);
        return [.. questions.Select(q => at[q.Person].Where(party => party != q.Party).ToArray())];
    }
}
