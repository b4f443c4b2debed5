using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Profiles;
using Plenary.Rooms;

namespace Plenary.Tables;

/// <summary>
/// A floor. Commands come one after another; each is read from the database, changed there in one transaction, and then told. What is only here may be lost with the process: who
/// knocks, and since when somebody who sits is missed.
/// </summary>
internal sealed class FloorGrain(IDbContextFactory<Db> dbs, LiveRooms rooms, LiveCalls calls, TableSettings settings, TimeProvider clock, ILogger<FloorGrain> log) : Grain, IFloorGrain
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private const int MostAttempts = 5;

    private readonly List<Knock> knocks = [];
    private readonly Dictionary<Guid, DateTimeOffset> missed = [];
    private string? document;

    private Guid Room => this.GetPrimaryKey();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var every = settings.KeepSeat / 3 < LookEvery ? settings.KeepSeat / 3 : LookEvery;
        this.RegisterGrainTimer(_ => Look(), new GrainTimerCreationOptions(every, every));
        return Task.CompletedTask;
    }

    public async Task<FloorAnswer> Do(FloorCommand command)
    {
        try
        {
            return new(await Change((changes, save) => changes.Apply(command, save), command.Person));
        }
        catch (RefusalException refused)
        {
            var no = refused.Refusal;
            return new(null, no.Code, no.Status, no.Message, no.Field);
        }
    }

    public async Task<string> Now()
    {
        if (document is not null) return document;
        await using var db = await dbs.CreateDbContextAsync();
        var book = await FloorBook.Read(db, Room);
        await book.Meet(knocks);
        return document = book.Now(knocks, clock.GetUtcNow()).ToJson();
    }

    public Task Part(Guid stays, Guid goes) => Change((changes, _) =>
    {
        changes.Part(stays, goes);
        return Task.CompletedTask;
    }, goes);

    public async Task Look()
    {
        var now = clock.GetUtcNow();
        knocks.RemoveAll(k => now - k.At > Knock.Patience);
        Dictionary<Guid, Guid> tableOf;
        string before;
        await using (var db = await dbs.CreateDbContextAsync())
        {
            var book = await FloorBook.Read(db, Room);
            tableOf = book.Seats.ToDictionary(s => s.PersonId, s => s.TableId);
            await book.Meet(knocks);
            before = book.Now(knocks, now).ToJson();
        }
        // The clock has opened or closed a roundtable's list, or somebody else wrote: their activation told it, but this one answers too.
        if (document is not null && document != before) await Tell(before);
        if (tableOf.Count == 0)
        {
            missed.Clear();
            return;
        }
        Guid[] seated = [.. tableOf.Keys];
        if (await rooms.Here(Room, seated) is not { } here) return; // a process did not say: nobody is missed for that
        foreach (var person in missed.Keys.Where(p => here.Contains(p) || !seated.Contains(p)).ToList()) missed.Remove(person);
        foreach (var person in seated.Except(here))
            if (missed.TryAdd(person, now)) await calls.Reconsider(tableOf[person], person); // they may have lost their right to be here, and not their connection
        var gone = missed.Where(m => now - m.Value >= settings.KeepSeat).Select(m => m.Key).ToList();
        if (gone.Count == 0) return;
        await Change((changes, _) =>
        {
            foreach (var person in gone) changes.Leave(person);
            return Task.CompletedTask;
        });
        foreach (var person in gone) missed.Remove(person);
    }

    /// <summary>Changes the floor and tells it; answers the document. When another activation wrote meanwhile it is read and changed again.</summary>
    private async Task<string> Change(Func<FloorChanges, Func<Task>, Task> change, Guid? who = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await dbs.CreateDbContextAsync();
            var book = await FloorBook.Read(db, Room);
            var (seats, tables, waiting) = (book.Seats.ToDictionary(s => s.PersonId, s => s.TableId), book.Tables.ConvertAll(t => t.Id), knocks.ToList());
            var apart = await Apart(db, book, who);
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await change(new FloorChanges(book, knocks, apart, clock.GetUtcNow()), () => db.SaveChangesAsync());
                if (!db.ChangeTracker.HasChanges() && knocks.SequenceEqual(waiting)) return await Now();
                // Knocks change the document too, so they raise its version.
                if (book.Floor.Version == 0) book.Floor.Version = 1;
                book.Floor.ChangedAt = clock.GetUtcNow();
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
            }
            catch (Exception error) when (error is DbUpdateConcurrencyException || (error is DbUpdateException taken && Db.IsTaken(taken)))
            {
                Restore(waiting);
                if (attempt == MostAttempts) throw TableRefusals.SeatTaken.AsException();
                continue;
            }
            catch
            {
                Restore(waiting);
                throw;
            }
            await book.Meet(knocks);
            var now = book.Now(knocks, clock.GetUtcNow()).ToJson();
            await Tell(now);
            await Follow(book, seats, tables);
            return now;
        }

        void Restore(List<Knock> before)
        {
            knocks.Clear();
            knocks.AddRange(before);
        }
    }

    private static async Task<IReadOnlySet<(Guid, Guid)>> Apart(Db db, FloorBook book, Guid? who)
    {
        var people = book.Seats.Select(s => s.PersonId).Concat(book.Places.Select(p => p.PersonId)).ToHashSet();
        if (who is { } person) people.Add(person);
        if (people.Count < 2) return new HashSet<(Guid, Guid)>();
        var pairs = await Blocks.Pairs(db, [.. people], CancellationToken.None);
        return pairs.SelectMany(p => new[] { p, (p.Item2, p.Item1) }).ToHashSet();
    }

    private async Task Tell(string now)
    {
        document = now;
        try
        {
            await rooms.TellAll(Room, FloorNow.About, now);
        }
#pragma warning disable CA1031 // It is kept; whoever was not told sees it when they ask again.
        catch (Exception error)
        {
            log.LogInformation(error, "Room {Room} was not told of its floor", Room);
        }
#pragma warning restore CA1031
    }

    /// <summary>Who does not sit at a table any more may not hear it any more.</summary>
    private async Task Follow(FloorBook book, Dictionary<Guid, Guid> seats, List<Guid> tables)
    {
        try
        {
            foreach (var table in tables.Where(id => !book.Tables.Exists(t => t.Id == id))) await calls.End(table, TableRefusals.TableGone);
            foreach (var (person, table) in seats)
                if (book.Of(person)?.TableId != table && book.Tables.Exists(t => t.Id == table)) await calls.Kick(table, person, TableRefusals.StoodUp);
        }
#pragma warning disable CA1031 // The door says no from now on; a call that cannot be reached has nobody in it.
        catch (Exception error)
        {
            log.LogWarning(error, "The calls of floor {Room} were not told who left them", Room);
        }
#pragma warning restore CA1031
    }
}
