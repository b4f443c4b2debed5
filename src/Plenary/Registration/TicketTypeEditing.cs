using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Registration;

/// <summary>What the organizer says of a ticket type; without an id it is a new one.</summary>
/// <param name="Id">The one to change; null for a new one.</param>
/// <param name="Event">Whose ticket it is.</param>
/// <param name="Name">At most 80 characters.</param>
/// <param name="Description">At most 280 characters; may be empty.</param>
/// <param name="Capacity">How many places.</param>
/// <param name="Price">Tax included, in the smallest unit of the currency; left as it is, or free, when nothing is said.</param>
/// <param name="Currency">ISO 4217; left as it is when nothing is said.</param>
/// <param name="TaxRate">In hundredths of a percent; left as it is, or none, when nothing is said.</param>
public sealed record TicketTypeChanges(Guid? Id, Guid Event, string Name, string Description, int Capacity, int? Price = null, string? Currency = null, int? TaxRate = null);

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
        if (changes.Price is < 0 or > Money.LargestPrice) throw Refusal.Invalid("price", $"The price must be a number from 0 to {Money.LargestPrice:N0}, in the smallest unit of the currency.").AsException();
        if (changes.Currency is { } currency && !Money.Currencies.ContainsKey(currency)) throw Refusal.Invalid("currency", $"Choose one of {string.Join(", ", Money.Currencies.Keys)}.").AsException();
        if (changes.TaxRate is < 0 or > Money.LargestTaxRate) throw Refusal.Invalid("taxRate", "The tax must be from 0 to 50 %, in hundredths of a percent.").AsException();
        if (changes.Id is not { } id)
        {
            var position = await db.Set<TicketType>().Where(t => t.EventId == @event.Id).Select(t => (int?)t.Position).MaxAsync(cancellation) ?? -1;
            var made = new TicketType
            {
                EventId = @event.Id,
                Name = name,
                Description = description,
                Capacity = changes.Capacity,
                Position = position + 1,
                Price = changes.Price ?? 0,
                Currency = changes.Currency ?? Money.UsualCurrency,
                TaxRate = changes.TaxRate ?? 0,
            };
            db.Add(made);
            await db.SaveChangesAsync(cancellation);
            return made;
        }
        // Guarded like the sale itself: somebody may register while the organizer types.
        var changed = await db.Set<TicketType>().Where(t => t.Id == id && t.EventId == @event.Id && t.Sold <= changes.Capacity)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Name, name).SetProperty(t => t.Description, description).SetProperty(t => t.Capacity, changes.Capacity)
                .SetProperty(t => t.Price, t => changes.Price ?? t.Price).SetProperty(t => t.Currency, t => changes.Currency ?? t.Currency).SetProperty(t => t.TaxRate, t => changes.TaxRate ?? t.TaxRate), cancellation);
        var saved = await db.Set<TicketType>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.EventId == @event.Id, cancellation) ?? throw Refusal.NotFound.AsException();
        return changed == 1 ? saved : throw BelowSold.AsException();
    }
}
