using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Registration;

namespace Plenary.Orders;

/// <summary>
/// Counts places of ticket types up and down. Each count is one guarded update: however many buy in one moment, a place is sold once. Types come in the order of
/// their ids, so that no two orders wait for each other.
/// </summary>
internal static class Seats
{
    /// <summary>Takes all of these places, or says false: the caller then undoes its transaction.</summary>
    /// <param name="db">With a transaction.</param>
    /// <param name="places">Of one order.</param>
    /// <param name="atTheirPrice">Whether a type that meanwhile costs something else counts as gone.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<bool> Take(Db db, IEnumerable<OrderPlace> places, bool atTheirPrice, CancellationToken cancellation)
    {
        foreach (var (type, price, count) in ByType(places))
        {
            var taken = await db.Set<TicketType>().Where(t => t.Id == type && t.Sold + count <= t.Capacity && (!atTheirPrice || t.Price == price))
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Sold, t => t.Sold + count), cancellation);
            if (taken == 0) return false;
        }
        return true;
    }

    /// <summary>Gives these places back.</summary>
    public static async Task GiveBack(Db db, IEnumerable<OrderPlace> places, CancellationToken cancellation)
    {
        foreach (var (type, _, count) in ByType(places))
            await db.Set<TicketType>().Where(t => t.Id == type && t.Sold >= count).ExecuteUpdateAsync(set => set.SetProperty(t => t.Sold, t => t.Sold - count), cancellation);
    }

    private static IEnumerable<(Guid Type, int Price, int Count)> ByType(IEnumerable<OrderPlace> places) =>
        places.GroupBy(p => p.TicketTypeId).OrderBy(g => g.Key).Select(g => (g.Key, g.First().Price, g.Count()));
}
