using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Database;

namespace Plenary.Agenda;

/// <summary>The agenda's say in its event: there must be one to publish, and it moves along.</summary>
internal sealed class AgendaOfEvent : IEventPart
{
    private static readonly Refusal NoSession = new("not-ready", 409, "The agenda is empty. Add at least one session, then publish the event.");

    public async Task<Refusal?> MayPublish(Db db, Event @event, CancellationToken cancellation) =>
        await db.Set<Session>().AnyAsync(s => s.EventId == @event.Id, cancellation) ? null : NoSession;

    public async Task Move(Db db, Event @event, EventMove move, CancellationToken cancellation)
    {
        foreach (var session in await db.Set<Session>().Where(s => s.EventId == @event.Id).ToListAsync(cancellation))
        {
            var length = session.EndsAt - session.StartsAt;
            session.StartsAt = move.Of(session.StartsAt);
            session.EndsAt = session.StartsAt + length;
            // A session keeps its length, so across a clock change it may end an hour later on the wall.
            if (session.EndsAt > @event.EndsAt && !move.EndChosen) @event.EndsAt = session.EndsAt;
            if (session.StartsAt < @event.StartsAt || session.EndsAt > @event.EndsAt)
                throw Refusal.Invalid("endsAtLocal", $"“{session.Title}” would lie outside the event. Move or remove that session first, or choose a later end.").AsException();
        }
    }
}
