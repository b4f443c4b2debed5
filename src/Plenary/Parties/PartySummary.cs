using Microsoft.EntityFrameworkCore;
using Plenary.Networking.Directory;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Parties;

/// <summary>What a party was for one person.</summary>
/// <param name="People">Whom they met, in order.</param>
/// <param name="Rounds">That the party had.</param>
/// <param name="Minutes">In conversation, rounded.</param>
/// <param name="Room">Where everybody goes back to.</param>
/// <param name="BackAt">Unix milliseconds when they are taken there.</param>
public sealed record PartySummary(IReadOnlyList<PersonMet> People, int Rounds, int Minutes, Guid Room, long? BackAt);

/// <param name="Card">What the viewer may see of them now.</param>
/// <param name="Round">When.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Extended">They both asked for more time.</param>
/// <param name="Connected">Whether the viewer asked to stay in touch, and whether both did.</param>
public sealed record PersonMet(ProfileCard Card, int Round, int Seconds, bool Extended, ConnectState Connected);

/// <summary>Reads what a party was for somebody. People who blocked each other since are not in it.</summary>
internal sealed class PartySummaries(ProfileReading profiles, TimeProvider clock)
{
    public async Task<PartySummary> Of(Db db, Party party, Guid person, CancellationToken cancellation)
    {
        var meetings = await PartyAcquaintance.MeetingsOf(db, person).AsNoTracking().Where(m => m.PartyId == party.Id).OrderBy(m => m.Round).ThenBy(m => m.From).ToListAsync(cancellation);
        var now = clock.GetUtcNow();
        meetings.RemoveAll(m => m.Talked == TimeSpan.Zero || m.From > now);
        var people = meetings.SelectMany(m => m.People).Where(p => p != person).Distinct().ToList();
        var cards = await profiles.Cards(db, party.EventId, person, people, cancellation);
        var blocked = await Blocks.Around(db, person, cancellation);
        // Who hides from everybody was met by name all the same.
        var names = await db.Users.Where(p => people.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
        var connected = await Connections.Of(db, party.EventId, person, people, cancellation);
        var met = from meeting in meetings
                  from other in meeting.People
                  where other != person && !blocked.Contains(other) && names.ContainsKey(other)
                  select new PersonMet(cards.GetValueOrDefault(other) ?? ProfileCard.NameOnly(other, names[other]), meeting.Round, (int)Math.Round(Lasted(meeting).TotalSeconds), meeting.Extended,
                      connected.GetValueOrDefault(other));
        var talked = meetings.Aggregate(TimeSpan.Zero, (sum, meeting) => sum + Lasted(meeting));
        return new([.. met], party.Round, (int)Math.Round(talked.TotalMinutes), party.RoomId, (party.EndedAt + PartyLengths.Return)?.ToUnixTimeMilliseconds());

        TimeSpan Lasted(PartyMeeting meeting) => meeting.EndedAt is null && meeting.Until > now ? now - meeting.From : meeting.Talked;
    }
}
