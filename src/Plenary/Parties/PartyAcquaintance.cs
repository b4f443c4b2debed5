using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Parties;

/// <summary>A time at which two people met at a party.</summary>
/// <param name="Round">Of the party.</param>
/// <param name="At">When it began.</param>
/// <param name="Seconds">How long they talked, or will have.</param>
/// <param name="Extended">They both asked for more time.</param>
public sealed record MetAtParty(int Round, DateTimeOffset At, int Seconds, bool Extended);

/// <summary>What parties know of people who are, or must not be, together.</summary>
internal sealed class PartyAcquaintance(IDbContextFactory<Db> dbs, LiveParties parties)
{
    /// <summary>Those of these people whom the viewer has met at parties of the event: an <see cref="Acquainted"/>.</summary>
    public static async Task<IReadOnlySet<Guid>> Met(Db db, Guid eventId, Guid viewer, IReadOnlyList<Guid> people, CancellationToken cancellation)
    {
        var meetings = await MeetingsOf(db, viewer).Where(m => m.EventId == eventId).Select(m => new { m.First, m.Second, m.Third }).ToListAsync(cancellation);
        var met = meetings.SelectMany(m => new[] { m.First, m.Second, m.Third ?? m.First }).ToHashSet();
        return people.Where(p => p != viewer && met.Contains(p)).ToHashSet();
    }

    /// <summary>When these two met at parties of the event, the last time first; nothing when one blocks the other. Only for one of the two.</summary>
    public static async Task<IReadOnlyList<MetAtParty>> Between(Db db, Guid eventId, Guid viewer, Guid other, DateTimeOffset now, CancellationToken cancellation)
    {
        if (viewer == other || await Blocks.Between(db, viewer, other, cancellation)) return [];
        var meetings = await MeetingsOf(db, viewer).AsNoTracking().Where(m => m.EventId == eventId && (m.First == other || m.Second == other || m.Third == other)).ToListAsync(cancellation);
        return [.. meetings.Where(m => m.Talked > TimeSpan.Zero && m.From <= now).OrderByDescending(m => m.From)
            .Select(m => new MetAtParty(m.Round, m.From, (int)Math.Round(m.Talked.TotalSeconds), m.Extended))];
    }

    /// <summary>Meetings that the matcher brought this person to.</summary>
    public static IQueryable<PartyMeeting> MeetingsOf(Db db, Guid person) => db.Set<PartyMeeting>().Where(m => m.First == person || m.Second == person || m.Third == person);

    /// <summary>Ends a meeting of the two and keeps them apart at every party where both are: a <see cref="WhenBlocked"/>.</summary>
    public async Task KeepApart(Guid one, Guid other, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var both = await (from party in db.Set<Party>()
                          where db.Set<PartyMember>().Any(m => m.PartyId == party.Id && m.PersonId == one) && db.Set<PartyMember>().Any(m => m.PartyId == party.Id && m.PersonId == other)
                          // A meeting with more time goes on when the party is over.
                          where party.OpenIn != null || db.Set<PartyMeeting>().Any(m => m.PartyId == party.Id && m.Round == party.Round && m.Extended && m.EndedAt == null)
                          select party.Id).ToListAsync(cancellation);
        await Task.WhenAll(both.Select(party => parties.KeepApart(party, one, other)));
    }
}
