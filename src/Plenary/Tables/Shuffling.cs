namespace Plenary.Tables;

/// <summary>
/// Mixes the people at open tables: the same number of tables, evenly filled, as few as possible beside somebody they sat with, nobody beside somebody they may not sit with. Hosts stay
/// at their tables; locked tables and roundtables that are on are left alone. Tries a number of random orders, each dealt greedily, and takes the best.
/// </summary>
internal sealed class Shuffling(FloorBook book, IReadOnlySet<(Guid, Guid)> apart)
{
    private const int Tries = 40;
    private const int Fewest = 3;

    /// <summary>Refused: nobody-to-shuffle when there are fewer than three to mix, or no way to seat them.</summary>
    /// <param name="now">The clock's time.</param>
    /// <param name="save">Writes what has changed so far: nobody sits down on a chair before everybody has stood up.</param>
    public async Task Mix(DateTimeOffset now, Func<Task> save)
    {
        var open = book.Tables.FindAll(t => !t.Locked && !(t.StartsAt <= now && (t.EndsAt ?? DateTimeOffset.MaxValue) > now));
        var used = open.FindAll(t => book.At(t).Count > 0);
        var moving = used.SelectMany(t => book.At(t).Where(s => s.PersonId != t.HostId)).ToList();
        if (moving.Count < Fewest) TableRefusals.NobodyToShuffle.Throw();
        // A single table cannot be mixed: half of it goes to the next that is free.
        if (used.Count == 1 && open.Find(t => t.HostId is null && !used.Contains(t)) is { } next) used.Add(next);
        if (used.Count < 2) TableRefusals.NobodyToShuffle.Throw();

        var together = moving.ToDictionary(s => s.PersonId, s => s.TableId);
        Dictionary<Guid, Table>? best = null;
        var least = int.MaxValue;
        for (var attempt = 0; attempt < Tries && least > 0; attempt++)
        {
            if (Deal(moving, used, together) is not { } dealt || dealt.Repeats >= least) continue;
            (best, least) = (dealt.Where, dealt.Repeats);
        }
        if (best is null) throw TableRefusals.NobodyToShuffle.AsException();
        for (var i = 0; i < moving.Count; i++) moving[i].Number = -1 - i;
        await save();
        foreach (var seat in moving)
        {
            var table = best[seat.PersonId];
            var taken = book.At(table).Select(s => s.Number).ToHashSet();
            if (seat.TableId != table.Id) seat.Since = now;
            (seat.TableId, seat.Number) = (table.Id, Enumerable.Range(table.HostId is null ? 1 : 2, table.Seats).First(n => !taken.Contains(n)));
        }
    }

    /// <summary>Each in a random order to the emptiest table where they meet the fewest they sat with; null when somebody fits nowhere.</summary>
    private (Dictionary<Guid, Table> Where, int Repeats)? Deal(List<Seat> moving, List<Table> tables, Dictionary<Guid, Guid> together)
    {
        var order = moving.Select(s => s.PersonId).ToArray();
        Random.Shared.Shuffle(order);
        var sitting = tables.ToDictionary(t => t, t => book.At(t).Where(s => s.PersonId == t.HostId).Select(s => s.PersonId).ToList());
        var where = new Dictionary<Guid, Table>();
        var repeats = 0;
        foreach (var person in order)
        {
            var choice = tables.Where(t => where.Count(w => w.Value == t) < t.Seats - (t.HostId is null ? 0 : 1) && !sitting[t].Exists(other => apart.Contains((other, person))))
                .Select(t => (Table: t, Met: sitting[t].Count(other => together.GetValueOrDefault(other) == together[person])))
                .OrderBy(t => sitting[t.Table].Count).ThenBy(t => t.Met).Cast<(Table Table, int Met)?>().FirstOrDefault();
            if (choice is not { } chosen) return null;
            where.Add(person, chosen.Table);
            sitting[chosen.Table].Add(person);
            repeats += chosen.Met;
        }
        return (where, repeats);
    }
}
