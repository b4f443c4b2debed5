using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Orleans.Concurrency;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Live;
using Plenary.Rooms;

namespace Plenary.Questions;

/// <summary>
/// The questions of a room. Commands are kept in groups, one transaction each, and answered when that is durable. When a group cannot be kept the book is read anew, because
/// another activation may have written. The room is told what changed once a tick.
/// </summary>
[Reentrant]
internal sealed class QuestionsGrain : Grain, IQuestionsGrain
{
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMilliseconds(50);
    private const int LargestGroup = 1_000;
    private const int MostWaiting = 100_000;
    private const int MostAttempts = 4;

    private readonly IDbContextFactory<Db> dbs;
    private readonly IDataProtectionProvider keys;
    private readonly TimeProvider clock;
    private readonly ILogger<QuestionsGrain> log;
    private readonly GroupCommit<QuestionCommand, QuestionAnswer> groups;
    private readonly QuestionNews news;
    private readonly Dictionary<bool, string> documents = [];
    private QuestionBook? book;
    private Task<QuestionBook>? reading;

    public QuestionsGrain(IDbContextFactory<Db> dbs, IDataProtectionProvider keys, LiveRooms rooms, TimeProvider clock, ILogger<QuestionsGrain> log)
    {
        (this.dbs, this.keys, this.clock, this.log) = (dbs, keys, clock, log);
        groups = new(Keep, KeepEvery, LargestGroup, clock);
        news = new(this.GetPrimaryKey(), Book, rooms, clock, log);
    }

    public Task<QuestionAnswer> Do(QuestionCommand command) => groups.Waiting < MostWaiting ? groups.Add(command) : Task.FromResult(Refused(RoomRefusals.Busy));

    public async Task<string> Now(bool staff)
    {
        if (documents.TryGetValue(staff, out var document)) return document;
        return documents[staff] = news.Whole(await Book(), staff).ToJson();
    }

    public async Task<Guid[]> Of(Guid person)
    {
        var mine = await Book();
        return [.. mine.All.Where(q => mine.IsAuthor(q, person)).Select(q => q.Id)];
    }

    private async Task<IReadOnlyList<QuestionAnswer>> Keep(IReadOnlyList<QuestionCommand> commands)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var mine = await Book();
                var answers = new List<QuestionAnswer>(commands.Count);
                await using var db = await dbs.CreateDbContextAsync();
                await using var transaction = await db.Database.BeginTransactionAsync();
                mine.Begin(db, commands);
                foreach (var command in commands) answers.Add(await Apply(mine, command));
                await mine.Save();
                await transaction.CommitAsync();
                documents.Clear();
                news.Tell(mine);
                return answers;
            }
#pragma warning disable CA1031 // Whatever it was, what is true now stands in the database only.
            catch (Exception error)
            {
                (book, reading) = (null, null);
                documents.Clear();
                log.LogInformation(error, "A room could not keep {Count} commands about its questions, attempt {Attempt}", commands.Count, attempt);
                // Somebody whose account is being deleted takes nobody along.
                if (attempt >= 2 && commands.Count > 1 && error is DbUpdateException) return await OneByOne(commands);
                if (attempt == MostAttempts) return [.. commands.Select(_ => new QuestionAnswer(null, Again: true))];
            }
#pragma warning restore CA1031
            await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), clock);
        }
    }

    private async Task<IReadOnlyList<QuestionAnswer>> OneByOne(IReadOnlyList<QuestionCommand> commands)
    {
        var answers = new List<QuestionAnswer>(commands.Count);
        foreach (var command in commands)
            answers.Add(answers is [.., { Again: true }] ? new(null, Again: true) : (await Keep([command]))[0]); // the database is away: no use in asking for each
        return answers;
    }

    private async Task<QuestionAnswer> Apply(QuestionBook mine, QuestionCommand command)
    {
        try
        {
            return new(await mine.Apply(command, clock.GetUtcNow()));
        }
        catch (RefusalException refused)
        {
            return Refused(refused.Refusal);
        }
    }

    private static QuestionAnswer Refused(Refusal no) => new(null, no.Code, no.Status, no.Message, no.Field);

    private async Task<QuestionBook> Book()
    {
        if (book is not null) return book;
        var mine = reading ??= Read();
        try
        {
            return book = await mine;
        }
        finally
        {
            if (reading == mine) reading = null;
        }
    }

    private async Task<QuestionBook> Read()
    {
        await using var db = await dbs.CreateDbContextAsync();
        return await QuestionBook.Read(db, this.GetPrimaryKey(), keys);
    }
}
