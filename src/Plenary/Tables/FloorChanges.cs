using Plenary.Platform;

namespace Plenary.Tables;

/// <summary>The rules of a floor: what each command changes, or why it does not.</summary>
/// <param name="book">The floor.</param>
/// <param name="knocks">Who waits at locked tables; changed too.</param>
/// <param name="apart">Pairs of people who may not sit together, in either order.</param>
/// <param name="now">The clock's time.</param>
internal sealed class FloorChanges(FloorBook book, List<Knock> knocks, IReadOnlySet<(Guid, Guid)> apart, DateTimeOffset now)
{
    /// <param name="command">What somebody wants to do. It throws the refusal when they may not.</param>
    /// <param name="save">Writes what has changed so far, in one transaction with the rest.</param>
    public async Task Apply(FloorCommand command, Func<Task> save)
    {
        switch (command.Act)
        {
            case FloorAct.Sit: Sit(command); break;
            case FloorAct.Stand: Stand(command); break;
            case FloorAct.Start: Start(command); break;
            case FloorAct.Lock: Lock(command); break;
            case FloorAct.Knock: Knock(command); break;
            case FloorAct.Answer: Answer(command); break;
            case FloorAct.Save: Save(command); break;
            case FloorAct.Remove: Remove(command); break;
            case FloorAct.Shuffle: await Mix(command, save); break;
            case FloorAct.List: List(command); break;
            case FloorAct.Book: Book(command); break;
        }
    }

    private Task Mix(FloorCommand command, Func<Task> save)
    {
        if (!command.Staff) Refusal.Forbidden.Throw();
        return new Shuffling(book, apart).Mix(now, save);
    }

    /// <summary>Somebody does not sit anywhere any more. A host hands on what they started; a table that was started goes with the last.</summary>
    public void Leave(Guid person)
    {
        knocks.RemoveAll(k => k.Person == person);
        if (book.Of(person) is not { } seat) return;
        book.Remove(seat);
        var table = book.Table(seat.TableId);
        var rest = book.At(table);
        if (rest.Count == 0) table.Locked = false; // nobody is left to let anybody in
        if (!table.Passing) return;
        if (rest.Count == 0) RemoveTable(table);
        else if (table.HostId == person) table.HostId = rest.MinBy(s => s.Since)!.PersonId;
    }

    /// <summary>The second stands up, should the two sit at one table or be on its list together.</summary>
    public void Part(Guid stays, Guid goes)
    {
        if (book.Of(stays) is { } one && book.Of(goes)?.TableId == one.TableId) Leave(goes);
        foreach (var place in book.Places.FindAll(p => p.PersonId == goes && book.Places.Exists(q => q.TableId == p.TableId && q.PersonId == stays))) book.Remove(place);
    }

    private void Sit(FloorCommand command)
    {
        var (table, person) = (book.Table(command.Table), command.Person);
        var sitting = book.At(table);
        var mine = book.Of(person);
        if (mine is not null && mine.TableId == table.Id && mine.Number == command.Seat) return;
        if (command.Seat < 1 || command.Seat > table.Seats) throw Refusal.Invalid("seat", $"This table has seats 1 to {table.Seats}.").AsException();
        if (sitting.Exists(s => s.Number == command.Seat)) TableRefusals.SeatTaken.Throw();
        if (command.Seat == 1 && table.HostId is { } host && host != person) TableRefusals.SeatKept.Throw();
        if (mine?.TableId != table.Id)
        {
            if (table.Locked && !command.Staff && table.HostId != person) TableRefusals.Locked.Throw();
            Welcome(table, person);
        }
        Take(table, person, command.Seat);
    }

    /// <summary>Whether the person may come to this table at all, whatever the seat. Refused: seat-kept, table-full.</summary>
    private void Welcome(Table table, Guid person)
    {
        var sitting = book.At(table);
        if (sitting.Exists(s => apart.Contains((s.PersonId, person)))) TableRefusals.SeatKept.Throw();
        if (sitting.Count >= table.Seats) TableRefusals.Full.Throw();
        var onList = book.Places.Exists(p => p.TableId == table.Id && p.PersonId == person);
        if (!onList && table.HostId != person && table.Seats - sitting.Count <= book.KeptAt(table, now)) TableRefusals.SeatKept.Throw();
    }

    private void Take(Table table, Guid person, int number)
    {
        knocks.RemoveAll(k => k.Person == person);
        if (book.Of(person) is { } mine && mine.TableId == table.Id)
        {
            mine.Number = number;
            return;
        }
        if (book.Of(person) is { } before)
        {
            // The same row moves: leaving and coming is one change, and the chair is empty for nobody else in between.
            var from = book.Table(before.TableId);
            (before.TableId, before.Number, before.Since) = (table.Id, number, now);
            var rest = book.At(from);
            if (rest.Count == 0) from.Locked = false;
            if (from.Passing && rest.Count == 0) RemoveTable(from);
            else if (from.Passing && from.HostId == person) from.HostId = rest.MinBy(s => s.Since)!.PersonId;
        }
        else book.Add(new Seat { RoomId = table.RoomId, PersonId = person, TableId = table.Id, Number = number, Since = now });
    }

    /// <summary>The first seat that is free and not the host's.</summary>
    private int FreeSeat(Table table, Guid person)
    {
        var taken = book.At(table).Select(s => s.Number).ToHashSet();
        for (var number = table.HostId is { } host && host != person ? 2 : 1; number <= table.Seats; number++)
            if (!taken.Contains(number)) return number;
        throw TableRefusals.Full.AsException();
    }

    private void Stand(FloorCommand command)
    {
        var who = command.Other ?? command.Person;
        if (who != command.Person)
        {
            if (book.Of(who) is not { } seat) return;
            RequireHost(book.Table(seat.TableId), command);
        }
        Leave(who);
    }

    private void Start(FloorCommand command)
    {
        if (book.Tables.Count >= FloorBook.MostTables) TableRefusals.TooManyTables.Throw();
        var table = new Table { RoomId = book.Floor.RoomId, Number = NextNumber(), Topic = command.Topic, Seats = command.Seat, HostId = command.Person, Passing = true };
        book.Add(table);
        Take(table, command.Person, 1);
    }

    private void Lock(FloorCommand command)
    {
        var table = book.Table(command.Table);
        RequireHost(table, command, orSeatedWithoutHost: true);
        table.Locked = command.Yes;
        if (!command.Yes) knocks.RemoveAll(k => k.Table == table.Id);
    }

    private void Knock(FloorCommand command)
    {
        var table = book.Table(command.Table);
        knocks.RemoveAll(k => k.Person == command.Person);
        if (!command.Yes) return;
        if (!table.Locked) TableRefusals.NotLocked.Throw();
        Welcome(table, command.Person);
        knocks.Add(new(table.Id, command.Person, now));
    }

    private void Answer(FloorCommand command)
    {
        var table = book.Table(command.Table);
        if (!command.Staff && book.Of(command.Person)?.TableId != table.Id) TableRefusals.NotSeated.Throw();
        if (command.Other is not { } who || knocks.RemoveAll(k => k.Table == table.Id && k.Person == who) == 0) throw TableRefusals.NobodyKnocks.AsException();
        if (!command.Yes) return;
        Welcome(table, who);
        Take(table, who, FreeSeat(table, who));
    }

    private void Save(FloorCommand command)
    {
        if (command.Table is null && book.Tables.Count >= FloorBook.MostTables) TableRefusals.TooManyTables.Throw();
        var table = command.Table is { } id ? book.Table(id) : new Table { RoomId = book.Floor.RoomId, Number = NextNumber() };
        var highest = book.At(table).Select(s => s.Number).DefaultIfEmpty().Max();
        if (highest > command.Seat) throw Refusal.Invalid("seats", $"Somebody sits on seat {highest}. Ask them to move first.").AsException();
        if (book.Places.Count(p => p.TableId == table.Id) > command.Seat) throw Refusal.Invalid("seats", "More people are on the list of this table. Shorten it first.").AsException();
        (table.Topic, table.Seats, table.HostId) = (command.Topic, command.Seat, command.Other);
        table.StartsAt = command.StartsAt is { } starts ? DateTimeOffset.FromUnixTimeMilliseconds(starts) : null;
        table.EndsAt = command.EndsAt is { } ends ? DateTimeOffset.FromUnixTimeMilliseconds(ends) : null;
        if (command.Table is null) book.Add(table);
    }

    private void Remove(FloorCommand command) => RemoveTable(book.Table(command.Table));

    private void RemoveTable(Table table)
    {
        knocks.RemoveAll(k => k.Table == table.Id);
        book.Remove(table);
    }

    private void List(FloorCommand command)
    {
        var table = book.Table(command.Table);
        if (table.StartsAt is null) TableRefusals.NoRoundtable.Throw();
        var people = (command.People ?? []).ToHashSet();
        if (people.Count > table.Seats) TableRefusals.ListFull.Throw();
        foreach (var place in book.Places.FindAll(p => p.TableId == table.Id && !people.Contains(p.PersonId))) book.Remove(place);
        foreach (var person in people.Where(who => !book.Places.Exists(p => p.TableId == table.Id && p.PersonId == who)))
            book.Add(new TablePlace { TableId = table.Id, PersonId = person });
    }

    private void Book(FloorCommand command)
    {
        var table = book.Table(command.Table);
        if (table.StartsAt is null) TableRefusals.NoRoundtable.Throw();
        var mine = book.Places.Find(p => p.TableId == table.Id && p.PersonId == command.Person);
        if (command.Yes == (mine is not null)) return;
        if (mine is not null)
        {
            book.Remove(mine);
            return;
        }
        var places = book.Places.FindAll(p => p.TableId == table.Id);
        if (places.Exists(p => apart.Contains((p.PersonId, command.Person))) || places.Count >= table.Seats) TableRefusals.ListFull.Throw();
        book.Add(new TablePlace { TableId = table.Id, PersonId = command.Person });
    }

    private int NextNumber() => book.Tables.Count == 0 ? 1 : book.Tables.Max(t => t.Number) + 1;

    private void RequireHost(Table table, FloorCommand command, bool orSeatedWithoutHost = false)
    {
        if (command.Staff || table.HostId == command.Person) return;
        if (orSeatedWithoutHost && table.HostId is null && book.Of(command.Person)?.TableId == table.Id) return;
        Refusal.Forbidden.Throw();
    }
}
