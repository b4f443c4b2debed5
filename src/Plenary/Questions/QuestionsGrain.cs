using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Orleans.Concurrency;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Questions;

/// <summary>The questions of a room; what changed about them is told once a tick.</summary>
[Reentrant]
internal sealed class QuestionsGrain : BookGrain<QuestionBook, QuestionCommand, QuestionAnswer>, IQuestionsGrain
{
    private const int LargestGroup = 1_000;

    private readonly IDataProtectionProvider keys;
    private readonly QuestionNews news;

    public QuestionsGrain(IDbContextFactory<Db> dbs, IDataProtectionProvider keys, LiveRooms rooms, TimeProvider clock, ILogger<QuestionsGrain> log)
        : base(QuestionsNow.About, LargestGroup, dbs, clock, log)
    {
        this.keys = keys;
        news = new(Room, Book, rooms, clock, log);
    }

    public async Task<Guid[]> Of(Guid person)
    {
        var mine = await Book();
        return [.. mine.All.Where(q => mine.IsAuthor(q, person)).Select(q => q.Id)];
    }

    protected override QuestionAnswer Unknown { get; } = new(null, Again: true);

    protected override Task<QuestionBook> Read(Db db) => QuestionBook.Read(db, Room, keys);

    protected override string Document(QuestionBook mine, bool staff) => news.Whole(mine, staff).ToJson();

    protected override QuestionAnswer Done(string json) => new(json);

    protected override QuestionAnswer Refused(Refusal no) => new(null, no.Code, no.Status, no.Message, no.Field);

    protected override void Tell(QuestionBook mine) => news.Tell(mine);
}
