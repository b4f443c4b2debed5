using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Registration;

/// <summary>What the organizer says of a ticket type; without an id it is a new one.</summary>
public sealed record TicketTypeChanges(Guid? Id, Guid Event, string Name, string Description, int Capacity);

/// <summary>Makes and changes ticket types.</summary>
internal static class TicketTypeEditing
{
    public const int LargestCapacity = 1_000_000;

    public static readonly Refusal BelowSold = new("capacity-below-sold", 409, "More places than that are taken already. Choose a larger number, or cancel registrations first.", "capacity");

    /// <summary>Refused: sign-in-required, not-found, invalid-input, capacity-below-sold.</summary>
    public static async Task<TicketType> Save(Db db, Viewer viewer, TicketTypeChanges changes, CancellationToken cancellation)
    {
        var @event = await db.RequireCrew(viewer, changes.Event, cancellation);
        var name = Input.Line(changes.Name, "name", 80);
        var description = Input.OptionalLine(changes.Description, "description", 280);
        if (changes.Capacity is < 1 or > LargestCapacity) throw Refusal.Invalid("capacity", $"The capacity must be a number from 1 to {LargestCapacity:N0}.").AsException();
        if (changes.Id is not { } id)
        {
            var position = await db.Set<TicketType>().Where(t => t.EventId == @event.Id).Select(t => (int?)t.Position).MaxAsync(cancellation) ?? -1;
            var made = new TicketType { EventId = @event.Id, Name = name, Description = description, Capacity = changes.Capacity, Position = position + 1 };
            db.Add(made);
            await db.SaveChangesAsync(cancellation);
            return made;
        }
        // Guarded like the sale itself: somebody may register while the organizer types.
        var changed = await db.Set<TicketType>().Where(t => t.Id == id && t.EventId == @event.Id && t.Sold <= changes.Capacity)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Name, name).SetProperty(t => t.Description, description).SetProperty(t => t.Capacity, changes.Capacity), cancellation);
        var saved = await db.Set<TicketType>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.EventId == @event.Id, cancellation) ?? throw Refusal.NotFound.AsException();
        return changed == 1 ? saved : throw BelowSold.AsException();
    }
}
