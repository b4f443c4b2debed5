using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Profiles;
using Plenary.Rooms;
using Plenary.Rooms.Attendance;

namespace Plenary.Parties;

/// <summary>Starts and directs parties.</summary>
internal sealed class Hosting(IDbContextFactory<Db> dbs, DoorCheck door, LiveParties parties, LivePeople people, PartyLengths lengths, TimeProvider clock)
{
    /// <summary>
    /// Starts a party in a room: check-in begins. Refused: sign-in-required; not-found for who may not know of the room; forbidden for who may not start one; event-over;
    /// not-here; party-running; invalid-input.
    /// </summary>
    public async Task<string> Start(Viewer viewer, Guid room, PartySettings settings, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        settings = settings.Checked();
        if (await door.PassOf(viewer, room, cancellation) is not { } pass) throw Refusal.NotFound.AsException();
        if (!PartyAccess.MayDirect(pass)) Refusal.Forbidden.Throw();
        if (pass.Room.Kind == RoomKind.Backstage) PartyRefusals.NotHere.Throw();
        if (pass.Status is EventStatus.Ended or EventStatus.Cancelled) PartyRefusals.EventOver.Throw();
        return await Start(Guid.CreateVersion7(), pass.EventId, room, pass.Person, settings, cancellation);
    }

    /// <summary>The same for a slice above that has decided it: the run of show. With the same id it is started once. Refused: party-running.</summary>
    internal async Task<string> Start(Guid id, Guid eventId, Guid room, Guid by, PartySettings settings, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var checkIn = settings.CheckInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : lengths.CheckIn;
        var party = new Party { Id = id, EventId = eventId, RoomId = room, OpenIn = room, StartedBy = by, StartedAt = now, Settings = settings, Phase = PartyPhase.CheckIn, Until = now + checkIn };
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<Party>().AnyAsync(p => p.Id == id, cancellation)) return (await parties.Ask(id, grain => grain.Now(), cancellation))!;
        db.Add(party);
        db.AddJob(WakeParty.JobKind, new WakeParty.Message(party.Id), now + checkIn + WakeParty.Grace);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            throw PartyRefusals.Running.AsException();
        }
        await parties.Wake(party.Id);
        var document = (await parties.Ask(party.Id, grain => grain.Now(), cancellation))!;
        // Whoever is in the room now sees it at once; everybody else finds it there.
        await people.TellAll(party.EventId, await db.PeopleOf(party.EventId).ToArrayAsync(cancellation), PartyNews.About, document);
        return document;
    }

    /// <summary>Gives a command to a party. Refused: sign-in-required, not-found, forbidden, party-over; invalid-input; what the command itself refuses.</summary>
    public async Task<string> Direct(Viewer viewer, Guid party, PartyCommand command, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        command = command.Checked();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var (_, pass) = await db.RequireHost(door, viewer, party, cancellation);
        return (await parties.Do(party, grain => grain.Direct(pass.Name, command), cancellation))!;
    }

    /// <summary>How a party goes, in numbers. Refused: sign-in-required, not-found, forbidden.</summary>
    public async Task<PartyHealth> Health(Viewer viewer, Guid party, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await db.RequireHost(door, viewer, party, cancellation);
        return PartyJson.Read<PartyHealth>((await parties.Ask(party, grain => grain.Health(), cancellation))!);
    }
}
