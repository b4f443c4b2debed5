using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Live;

namespace Plenary.Rooms;

/// <summary>Something of a room that its people change by commands, as the grain that alone writes it holds it: the rules, and what there is now.</summary>
/// <typeparam name="TCommand">What somebody does about it.</typeparam>
public interface IBook<in TCommand>
{
    /// <summary>From now on, changes go to this unit of work, for these commands.</summary>
    void Begin(Db work, IReadOnlyList<TCommand> commands);

    /// <summary>Applies one command; answers JSON. Refused as the rules say; then nothing has changed.</summary>
    Task<string> Apply(TCommand command, DateTimeOffset now);

    /// <summary>Writes what the group has changed.</summary>
    Task Save();
}

/// <summary>
/// The single writer of something of a room. Commands are kept in groups: one transaction each, one answer to each command when it is durable. When a group cannot be kept the book is read
/// anew, because another activation may have written, and the commands are applied to what is true then. So a command says how things are to be, and may be repeated. Its key is the room's id.
/// </summary>
/// <param name="about">Under which name its commands are counted in the metrics.</param>
/// <param name="most">Commands of one group.</param>
/// <param name="dbs">Where the book is kept.</param>
/// <param name="clock">By which the rules go.</param>
/// <param name="log">Of groups that could not be kept.</param>
public abstract class BookGrain<TBook, TCommand, TAnswer>(string about, int most, IDbContextFactory<Db> dbs, TimeProvider clock, ILogger log) : Grain
    where TBook : class, IBook<TCommand>
{
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMilliseconds(50);

    private const int MostWaiting = 100_000;
    private const int MostAttempts = 4;

    private readonly Dictionary<bool, string> documents = [];
    private GroupCommit<TCommand, TAnswer>? groups;
    private TBook? book;
    private Task<TBook>? reading;

    protected Guid Room => this.GetPrimaryKey();

    /// <summary>Answers once it is durable, or refused.</summary>
    public Task<TAnswer> Do(TCommand command)
    {
        groups ??= new(Keep, KeepEvery, most, clock);
        return groups.Waiting < MostWaiting ? groups.Add(command) : Task.FromResult(Refused(RoomRefusals.Busy));
    }

    /// <summary>Several, each answered by itself, in this order.</summary>
    public Task<TAnswer[]> DoMany(TCommand[] commands) => Task.WhenAll(commands.Select(Do));

    /// <summary>The document of everything, or of what everybody may see; made once for each change.</summary>
    public async Task<string> Now(bool staff)
    {
        if (documents.TryGetValue(staff, out var document)) return document;
        return documents[staff] = Document(await Book(), staff);
    }

    /// <summary>Reads the book from the database.</summary>
    protected abstract Task<TBook> Read(Db db);

    /// <summary>Everything there is, as JSON; what is hidden from the room for its staff only.</summary>
    protected abstract string Document(TBook mine, bool staff);

    /// <summary>A group has been kept: the room is to be told.</summary>
    protected abstract void Tell(TBook mine);

    protected abstract TAnswer Done(string json);

    protected abstract TAnswer Refused(Refusal no);

    /// <summary>Nobody knows whether it was done.</summary>
    protected abstract TAnswer Unknown { get; }

    /// <summary>The book as it is kept.</summary>
    protected async Task<TBook> Book()
    {
        if (book is not null) return book;
        var mine = reading ??= Open();
        try
        {
            return book = await mine;
        }
        finally
        {
            if (reading == mine) reading = null;
        }
    }

    private async Task<TBook> Open()
    {
        await using var db = await dbs.CreateDbContextAsync();
        return await Read(db);
    }

    private async Task<IReadOnlyList<TAnswer>> Keep(IReadOnlyList<TCommand> commands)
    {
        for (var attempt = 1; ; attempt++)
        {
            var began = clock.GetTimestamp();
            try
            {
                var mine = await Book();
                var answers = new List<TAnswer>(commands.Count);
                await using var db = await dbs.CreateDbContextAsync();
                await using var transaction = await db.Database.BeginTransactionAsync();
                mine.Begin(db, commands);
                foreach (var command in commands) answers.Add(await Apply(mine, command));
                await mine.Save();
                await transaction.CommitAsync();
                documents.Clear();
                BookMeters.Kept(about, commands.Count, clock.GetElapsedTime(began));
                Tell(mine);
                return answers;
            }
#pragma warning disable CA1031 // Whatever it was, what is true now stands in the database only.
            catch (Exception error)
            {
                (book, reading) = (null, null);
                documents.Clear();
                BookMeters.Failed(about);
                log.LogInformation(error, "Room {Room} could not keep {Count} commands about its {About}, attempt {Attempt}", Room, commands.Count, about, attempt);
                // Somebody whose account is being deleted takes nobody along.
                if (attempt >= 2 && commands.Count > 1 && error is DbUpdateException) return await OneByOne(commands);
                if (attempt == MostAttempts) return [.. commands.Select(_ => Unknown)];
            }
#pragma warning restore CA1031
            await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), clock);
        }
    }

    private async Task<IReadOnlyList<TAnswer>> OneByOne(IReadOnlyList<TCommand> commands)
    {
        var answers = new List<TAnswer>(commands.Count);
        foreach (var command in commands)
            answers.Add(answers is [.., var last] && Equals(last, Unknown) ? Unknown : (await Keep([command]))[0]); // the database is away: no use in asking for each
        return answers;
    }

    private async Task<TAnswer> Apply(TBook mine, TCommand command)
    {
        try
        {
            return Done(await mine.Apply(command, clock.GetUtcNow()));
        }
        catch (RefusalException refused)
        {
            return Refused(refused.Refusal);
        }
    }
}
