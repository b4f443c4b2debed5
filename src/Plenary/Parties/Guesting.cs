using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Parties;

/// <summary>What a person does at a party. Thousands do the same at the same moment: whose door it is is asked for together, and everything else is the party's to know.</summary>
internal sealed class Guesting(IDbContextFactory<Db> dbs, DoorCheck door, LiveParties parties, OtherParties elsewhere, TicketGroups tickets)
{
    /// <summary>Where parties are; that never changes.</summary>
    private readonly ConcurrentDictionary<Guid, (Guid Event, Guid Room)> places = new();

    private const int MostPlaces = 10_000;

    /// <summary>
    /// Comes in, and thereby leaves any other party, quietly: nobody is at two at once. Refused: sign-in-required, not-found for who may not be in its room, event-over, party-over.
    /// </summary>
    public async Task<MyParty> Enter(Viewer viewer, Guid party, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        var (_, room) = await Place(viewer, party, cancellation);
        if (await door.PassOf(viewer, room, cancellation) is not { } pass) throw Refusal.NotFound.AsException();
        if (pass is { IsCrew: false, Status: EventStatus.Ended or EventStatus.Cancelled }) PartyRefusals.EventOver.Throw();
        var mine = await Do(party, grain => grain.Enter(person), cancellation);
        // Asked after it is kept: of two windows that come in at two parties at once, at least one sees the other, and the person is never at both.
        foreach (var other in await elsewhere.Of(party, person, cancellation)) await parties.Do(other, grain => grain.Leave(person), cancellation);
        return mine;
    }

    /// <summary>Is to be matched, or sits out. Refused: sign-in-required, not-found, party-over, not-in-party, invalid-input.</summary>
    public async Task<MyParty> Ready(Viewer viewer, Guid party, bool ready, string? group, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        await Place(viewer, party, cancellation);
        if (ready && await tickets.Of(party, person, cancellation) is { } held) group = held;
        return await Do(party, grain => grain.Ready(person, ready, group), cancellation);
    }

    /// <summary>Leaves; again is harmless. Null when they were never there. Refused: sign-in-required, not-found.</summary>
    public async Task<MyParty?> Leave(Viewer viewer, Guid party, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        await Place(viewer, party, cancellation);
        return await parties.Do(party, grain => grain.Leave(person), cancellation) is { } document ? PartyJson.Read<MyParty>(document) : null;
    }

    /// <summary>Would like more time. Refused: sign-in-required, not-found, not-in-meeting, not-yet.</summary>
    public async Task<MyParty> AskForMore(Viewer viewer, Guid party, Guid meeting, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        await Place(viewer, party, cancellation);
        return await Do(party, grain => grain.AskForMore(person, meeting), cancellation);
    }

    /// <summary>The viewer's part in it; null when they were never there. Refused: sign-in-required, not-found.</summary>
    public async Task<MyParty?> My(Viewer viewer, Guid party, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        await Place(viewer, party, cancellation);
        return await parties.Ask(party, grain => grain.My(person), cancellation) is { } document ? PartyJson.Read<MyParty>(document) : null;
    }

    /// <summary>The party as it is. Refused: sign-in-required; not-found when there is none, or the viewer may not be in its room.</summary>
    public async Task<PartyNow> Now(Viewer viewer, Guid party, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var (_, room) = await Place(viewer, party, cancellation);
        if (await door.PassOf(viewer, room, cancellation) is null) throw Refusal.NotFound.AsException();
        return PartyJson.Read<PartyNow>(await parties.Ask(party, grain => grain.Now(), cancellation) ?? throw Refusal.NotFound.AsException());
    }

    private async Task<MyParty> Do(Guid party, Func<IPartyGrain, Task<PartyAnswer>> what, CancellationToken cancellation) =>
        PartyJson.Read<MyParty>((await parties.Do(party, what, cancellation))!);

    /// <summary>Where the party is. Refused: not-found when there is none, or the viewer's session is of another event or room.</summary>
    private async Task<(Guid Event, Guid Room)> Place(Viewer viewer, Guid party, CancellationToken cancellation)
    {
        if (!places.TryGetValue(party, out var place))
        {
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            var found = await db.Set<Party>().Where(p => p.Id == party).Select(p => new { p.EventId, p.RoomId }).SingleOrDefaultAsync(cancellation);
            if (found is null) throw Refusal.NotFound.AsException();
            if (places.Count >= MostPlaces) places.Clear();
            places[party] = place = (found.EventId, found.RoomId);
        }
        if (viewer.At(place.Event) is null || viewer.RoomId is not null) throw Refusal.NotFound.AsException();
        return place;
    }
}
