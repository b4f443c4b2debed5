using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Parties;

/// <summary>Somebody wants to enter the call of a meeting.</summary>
internal readonly record struct MeetingRequest(Viewer Viewer, Guid Meeting);

/// <summary>What the check says of somebody of a running meeting.</summary>
/// <param name="Party">Whose meeting it is.</param>
/// <param name="Pass">Null when they may not be in the party's room any more.</param>
internal sealed record MeetingPass(Guid Party, CallPass? Pass);

/// <summary>Looks up who may be in the call of a meeting: those the matcher brought together, while it goes on. At the beginning of a round everybody asks at once and shares a few queries.</summary>
internal sealed class MeetingCheck(IDbContextFactory<Db> dbs, TimeProvider clock) : SharedLook<MeetingRequest, MeetingPass?>(dbs, clock)
{
    /// <summary>Browsers connect before the talk begins, and clocks are not the same everywhere.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly TimeProvider clock = clock;

    public Task<MeetingPass?> PassOf(Viewer viewer, Guid meeting, CancellationToken cancellation) => Ask(new(viewer, meeting), cancellation);

    private protected override async Task<MeetingPass?[]> Look(Db db, IReadOnlyList<MeetingRequest> questions)
    {
        var answers = new MeetingPass?[questions.Count];
        var ids = questions.Select(q => q.Meeting).Distinct().ToArray();
        var meetings = (await (from meeting in db.Set<PartyMeeting>().AsNoTracking()
                               join party in db.Set<Party>() on meeting.PartyId equals party.Id
                               where ids.Contains(meeting.Id)
                               select new { Meeting = meeting, party.EventId, party.RoomId, party.PausedAt }).ToListAsync()).ToDictionary(m => m.Meeting.Id);
        if (meetings.Count == 0) return answers;
        var now = clock.GetUtcNow();
        var asking = new List<int>();
        for (var i = 0; i < questions.Count; i++)
            if (meetings.TryGetValue(questions[i].Meeting, out var found) && questions[i].Viewer.At(found.EventId) is { } person && questions[i].Viewer.RoomId is null
                && found.Meeting.EndedAt is null && found.Meeting.Present.Contains(person) && (found.PausedAt ?? now) < found.Meeting.Until + Grace) asking.Add(i);
        // Whoever may not be in the room any more is not of the party either.
        var passes = await db.RoomPassesOf(asking.ConvertAll(i => new RoomRequest(questions[i].Viewer, meetings[questions[i].Meeting].RoomId)), CancellationToken.None);
        for (var n = 0; n < asking.Count; n++)
            answers[asking[n]] = new(meetings[questions[asking[n]].Meeting].Meeting.PartyId, passes[n] is { } pass ? new(pass.EventId, pass.Person, pass.Name, pass.Role, new(MayPublish: true, Silenced: pass.IsMuted(clock))) : null);
        return answers;
    }
}

/// <summary>The door to the calls of meetings; tells each party who came, and who lost their place at the event while they were talking.</summary>
internal sealed class PartyDoor(MeetingCheck check, LiveParties parties, TimeProvider clock) : ICallDoor
{
    /// <summary>Those who come within this time are told together.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private Dictionary<Guid, HashSet<Guid>>? came;

    public async ValueTask<CallPass?> PassOf(Viewer viewer, Guid call, CancellationToken cancellation)
    {
        if (await check.PassOf(viewer, call, cancellation) is not { } found) return null;
        if (found.Pass is null)
        {
            // Whoever sits there with them would wait for nobody until the round ends.
            parties.Left(found.Party, viewer.RequirePerson()).Ignore();
            return null;
        }
        lock (gate)
        {
            if (came is null)
            {
                came = [];
                _ = Tell();
            }
            if (!came.TryGetValue(found.Party, out var people)) came.Add(found.Party, people = []);
            people.Add(found.Pass.Person);
        }
        return found.Pass;
    }

    private async Task Tell()
    {
        await Task.Delay(Gather, clock);
        Dictionary<Guid, HashSet<Guid>> all;
        lock (gate) (all, came) = (came!, null);
        foreach (var (party, people) in all) parties.Came(party, [.. people]).Ignore();
    }
}
