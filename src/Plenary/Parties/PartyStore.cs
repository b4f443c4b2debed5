using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Profiles;

namespace Plenary.Parties;

/// <summary>What a guest shows and what the matcher may know of them.</summary>
internal sealed record PartyGuest(ProfileCard Card, bool Hides);

/// <summary>Keeps parties. What belongs to one transition is one transaction of a few statements, however many people it concerns.</summary>
internal sealed class PartyStore(IDbContextFactory<Db> dbs, PartyLengths lengths)
{
    private static readonly Rows<PartyMember> MemberRows = new("PartyMembers", 2,
        ("PartyId", "uuid", m => m.PartyId), ("PersonId", "uuid", m => m.PersonId), ("State", "text", m => m.State.ToString()), ("Group", "text", m => m.Group),
        ("JoinedAt", "timestamptz", m => m.JoinedAt), ("Waited", "int", m => m.Waited));

    private static readonly Rows<PartyMeeting> MeetingRows = new("PartyMeetings", 1,
        ("Id", "uuid", m => m.Id), ("PartyId", "uuid", m => m.PartyId), ("EventId", "uuid", m => m.EventId), ("Round", "int", m => m.Round),
        ("First", "uuid", m => m.First), ("Second", "uuid", m => m.Second), ("Third", "uuid", m => m.Third), ("Reason", "text", m => m.Reason),
        ("From", "timestamptz", m => m.From), ("Until", "timestamptz", m => m.Until), ("Extended", "boolean", m => m.Extended), ("Asked", "int", m => m.Asked), ("Gone", "int", m => m.Gone),
        ("EndedAt", "timestamptz", m => m.EndedAt), ("Ended", "text", m => m.Ended.ToString()));

    /// <summary>The party as it was kept last; null when there is none.</summary>
    public async Task<LiveParty?> Load(Guid id, DateTimeOffset now)
    {
        await using var db = await dbs.CreateDbContextAsync();
        var party = await db.Set<Party>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id);
        if (party is null) return null;
        var members = await db.Set<PartyMember>().AsNoTracking().Where(m => m.PartyId == id).ToListAsync();
        var current = await db.Set<PartyMeeting>().AsNoTracking()
            .Where(m => m.PartyId == id && (m.Round == party.Round || (m.Extended && m.EndedAt == null && m.Round == party.Round - 1))).ToListAsync();
        var pairs = await db.Set<PartyMeeting>().Where(m => m.EventId == party.EventId).Select(m => new { m.PartyId, m.First, m.Second, m.Third }).ToListAsync();
        var met = new List<(Guid, Guid)>(pairs.Count);
        var here = new Dictionary<Guid, int>();
        foreach (var pair in pairs)
        {
            Guid[] people = pair.Third is { } third ? [pair.First, pair.Second, third] : [pair.First, pair.Second];
            for (var i = 0; i < people.Length; i++)
            {
                if (pair.PartyId == id) here[people[i]] = here.GetValueOrDefault(people[i]) + people.Length - 1;
                for (var j = i + 1; j < people.Length; j++) met.Add((people[i], people[j]));
            }
        }
        return new(party, lengths, members, current, met, now, here);
    }

    /// <summary>Keeps what changed, and raises the party's version. False when somebody else has done so: this activation no longer leads the party. Call it with nothing in between.</summary>
    public async Task<bool> Keep(LiveParty live, PartyChanges changes)
    {
        var party = live.Party;
        var seen = party.Version++;
        var write = (
            party.OpenIn, party.EndedAt, Settings: party.Settings, party.Phase, party.PausedAt, party.Round, party.Until, party.Message, party.MessageBy, party.MessageAt, party.Version);
        // Taken now: while the database works, people go on.
        PartyMember[] members = [.. changes.Members.Select(m => m.Copy())];
        PartyMeeting[] meetings = [.. changes.Meetings.Select(m => m.Copy())];
        await using var db = await dbs.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var led = await db.Set<Party>().Where(p => p.Id == party.Id && p.Version == seen).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.OpenIn, write.OpenIn).SetProperty(p => p.EndedAt, write.EndedAt).SetProperty(p => p.Settings, write.Settings).SetProperty(p => p.Phase, write.Phase)
            .SetProperty(p => p.PausedAt, write.PausedAt).SetProperty(p => p.Round, write.Round).SetProperty(p => p.Until, write.Until)
            .SetProperty(p => p.Message, write.Message).SetProperty(p => p.MessageBy, write.MessageBy).SetProperty(p => p.MessageAt, write.MessageAt).SetProperty(p => p.Version, write.Version));
        if (led == 0) return false;
        if (members.Length > 0) await MemberRows.Write(db, members, CancellationToken.None);
        if (meetings.Length > 0) await MeetingRows.Write(db, meetings, CancellationToken.None);
        if (changes.Phase && write.PausedAt is null && write.Until is { } until)
        {
            db.AddJob(WakeParty.JobKind, new WakeParty.Message(party.Id), until + WakeParty.Grace);
            await db.SaveChangesAsync();
        }
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>What these people show to whom they meet, and the pairs of them with anybody that met at other events.</summary>
    public async Task<(Dictionary<Guid, PartyGuest> Guests, List<(Guid, Guid)> Elsewhere)> Guests(Guid eventId, IReadOnlyCollection<Guid> people)
    {
        await using var db = await dbs.CreateDbContextAsync();
        var guests = new Dictionary<Guid, PartyGuest>(people.Count);
        foreach (var (person, profile) in await ProfileReading.At(db, eventId, people, CancellationToken.None))
        {
            var hides = profile.Visibility == Visibility.Hidden;
            guests[person] = new(hides ? ProfileCard.NameOnly(person, profile.Person.Name) : profile.Card, hides);
        }
        var elsewhere = new List<(Guid, Guid)>();
        foreach (var some in people.Chunk(2_000))
        {
            var met = await db.Set<PartyMeeting>().Where(m => m.EventId != eventId && (some.Contains(m.First) || some.Contains(m.Second) || (m.Third != null && some.Contains(m.Third.Value))))
                .Select(m => new { m.First, m.Second, m.Third }).ToListAsync();
            foreach (var meeting in met)
            {
                elsewhere.Add((meeting.First, meeting.Second));
                if (meeting.Third is not { } third) continue;
                elsewhere.Add((meeting.First, third));
                elsewhere.Add((meeting.Second, third));
            }
        }
        return (guests, elsewhere);
    }

    /// <summary>Of these people: the pairs that must not meet, and those who are not of the event any more.</summary>
    public async Task<(IReadOnlyCollection<(Guid, Guid)> Blocked, IReadOnlyList<Guid> Gone)> LookAgain(Guid eventId, IReadOnlyCollection<Guid> people)
    {
        await using var db = await dbs.CreateDbContextAsync();
        var blocked = await Blocks.Pairs(db, people, CancellationToken.None);
        var still = (await db.PeopleOf(eventId).ToListAsync()).ToHashSet();
        return (blocked, [.. people.Where(person => !still.Contains(person))]);
    }

    /// <summary>Parties that go on.</summary>
    public async Task<List<Guid>> Open()
    {
        await using var db = await dbs.CreateDbContextAsync();
        return await db.Set<Party>().Where(p => p.OpenIn != null).Select(p => p.Id).ToListAsync();
    }
}
