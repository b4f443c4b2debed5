using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;
using Plenary.Registration;

namespace Plenary.Rooms;

/// <summary>
/// The line before the rooms of an event: whoever comes for the first time while more people come than can be let in waits for their turn;
/// crew, speakers and those who have been in do not.
/// </summary>
public sealed class Arrivals(
    Admission admission, JoinTickets tickets, Gateways gateways, SurgeSettings settings, IDbContextFactory<Db> dbs, SurgeMeters meters, Comings comings, TimeProvider clock)
{
    /// <summary>A wait as short as this is only a slow join.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ForecastsFor = TimeSpan.FromSeconds(30);

    /// <summary>An event for which nobody registered yet has people all the same: whoever makes it.</summary>
    private const int SmallestForecast = 20;

    private readonly ConcurrentDictionary<Guid, (Task<int> People, long At)> forecasts = new();

    /// <summary>
    /// Answers those who wait already from the queue alone, before anything is looked up for them. True when they may come in now. Refused: queued.
    /// </summary>
    /// <param name="person">Who asks.</param>
    /// <param name="ticket">As it was given to them; anything else is nothing.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Guid?> Hear(Guid person, string? ticket, CancellationToken cancellation)
    {
        if (tickets.Open(ticket, person) is not { Inside: false } held) return null;
        await Ask(held.Event, person, held, cancellation);
        return held.Event;
    }

    /// <summary>Lets the person in, now or after a moment. Refused: queued.</summary>
    /// <param name="pass">The right to be in a room of the event.</param>
    /// <param name="ticket">As it was given to them.</param>
    /// <param name="heard">The event for which <see cref="Hear"/> has let them in.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>A ticket with which they come back; null when the one they hold does.</returns>
    public async Task<string?> Admit(RoomPass pass, string? ticket, Guid? heard, CancellationToken cancellation)
    {
        var held = tickets.Open(ticket, pass.Person);
        if (held?.Event != pass.EventId) held = null;
        JoinTicket inside;
        if (RoomAccess.MayBroadcast(pass.Roles)) inside = admission.Pass(pass.EventId, await Forecast(pass.EventId), pass.Person);
        else if (heard == pass.EventId && held is { } waited) inside = waited with { Inside = true };
        else inside = await Ask(pass.EventId, pass.Person, held, cancellation);
        if (pass.Roles.Contains(EventRole.Attendee)) comings.Note(pass.EventId, pass.Person);
        return held is { Inside: true } ? null : tickets.Seal(pass.Person, inside);
    }

    private async Task<JoinTicket> Ask(Guid @event, Guid person, JoinTicket? held, CancellationToken cancellation)
    {
        var answer = await admission.Ask(@event, await Forecast(@event), person, held, Moment, cancellation);
        if (answer.In) return answer.Ticket;
        meters.Queued(answer.Place);
        throw RoomRefusals.Queued(answer.Place, answer.People, answer.Seconds, tickets.Seal(person, answer.Ticket)).AsException();
    }

    /// <summary>People the event expects in this process: those registered, as many of them as usually come, spread over all processes.</summary>
    private async Task<int> Forecast(Guid @event)
    {
        var known = forecasts.GetValueOrDefault(@event);
        if (known.People is null || clock.GetElapsedTime(known.At) > ForecastsFor || known.People.IsFaulted)
            known = forecasts[@event] = (Registered(@event), clock.GetTimestamp());
        return Math.Max(SmallestForecast, (int)(await known.People * (settings.ShowRate / 100.0) / gateways.Count));
    }

    private async Task<int> Registered(Guid @event)
    {
        await using var db = await dbs.CreateDbContextAsync();
        return await db.Set<TicketType>().Where(t => t.EventId == @event).SumAsync(t => t.Sold);
    }
}
