using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;

namespace Plenary.Events;

/// <summary>From draft to published to ended. Every step may be asked for again: what is already so stays so.</summary>
public sealed class EventLife(IEnumerable<IEventPart> parts, TimeProvider clock)
{
    public static readonly Refusal Over = new("event-over", 409, "This event is over. Make a new one from its template instead.");
    public static readonly Refusal DatesOver = new("not-ready", 409, "The event's dates have passed. Move it to a day to come, then publish it.", "startsAtLocal");
    public static readonly Refusal NotPublished = new("not-published", 409, "Only a published event can be ended. A draft can be left as it is.");

    /// <summary>Shows the event to everyone and opens its registration, once the unit of work is saved.</summary>
    public async Task Publish(Db db, Event @event, CancellationToken cancellation)
    {
        if (@event.Status is EventStatus.Published) return;
        if (@event.Status is not EventStatus.Draft) Over.Throw();
        if (@event.EndsAt <= clock.GetUtcNow()) DatesOver.Throw();
        foreach (var part in parts) (await part.MayPublish(db, @event, cancellation))?.Throw();
        @event.Status = EventStatus.Published;
        @event.PublishedAt = clock.GetUtcNow();
    }

    /// <summary>Hides the event again, as long as nobody relies on it.</summary>
    public async Task Unpublish(Db db, Event @event, CancellationToken cancellation)
    {
        if (@event.Status is EventStatus.Draft) return;
        if (@event.Status is not EventStatus.Published) Over.Throw();
        foreach (var part in parts) (await part.MayUnpublish(db, @event, cancellation))?.Throw();
        @event.Status = EventStatus.Draft;
        @event.PublishedAt = null;
    }

    /// <summary>Closes registration and rooms; replays stay.</summary>
    public static void End(Event @event)
    {
        if (@event.Status is EventStatus.Ended) return;
        if (@event.Status is not EventStatus.Published) NotPublished.Throw();
        @event.Status = EventStatus.Ended;
    }

    /// <summary>Saves; somebody else's save in between is refused rather than overwritten.</summary>
    public static async Task Save(Db db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            Refusal.Changed.Throw();
        }
    }
}
