using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Questions;

/// <summary>
/// The questions of a room as its grain holds them, and the rules of what may become of them. A group of commands is applied between <see cref="Begin"/> and <see cref="Save"/>; when that fails the
/// whole book is read anew.
/// </summary>
internal sealed class QuestionBook : IBook<QuestionCommand>
{
    public const int MostOpenEach = 5;
    private const int Most = 2_000;

    private readonly QuestionBoard board;
    private readonly Dictionary<Guid, Question> questions;
    private readonly IDataProtectionProvider keys;
    private bool isNew;
    private Db? db;
    private QuestionVotes? votes;
    private AuthorSeal? seal;

    private QuestionBook(QuestionBoard board, bool isNew, Dictionary<Guid, Question> questions, IDataProtectionProvider keys) =>
        (this.board, this.isNew, this.questions, this.keys) = (board, isNew, questions, keys);

    /// <summary>Questions that changed since it was asked last; true when more than their votes did.</summary>
    public Dictionary<Guid, bool> Changed { get; } = [];

    /// <summary>How questions are asked has changed.</summary>
    public bool BoardChanged { get; set; }

    public QuestionBoard Board => board;

    public IEnumerable<Question> All => questions.Values;

    public int Held => questions.Values.Count(q => q.State == QuestionState.Held);

    public static async Task<QuestionBook> Read(Db db, Guid room, IDataProtectionProvider keys)
    {
        var board = await db.Set<QuestionBoard>().AsNoTracking().SingleOrDefaultAsync(b => b.RoomId == room);
        var rows = await db.Set<Question>().AsNoTracking().Where(q => q.RoomId == room).ToListAsync();
        return new(board ?? new() { RoomId = room }, board is null, rows.ToDictionary(q => q.Id), keys);
    }

    public Question? Find(Guid id) => questions.GetValueOrDefault(id);

    public static bool IsShown(Question question) => question.State is QuestionState.Open or QuestionState.Live or QuestionState.Answered;

    public bool IsAuthor(Question question, Guid person) =>
        question.PersonId is { } asker ? asker == person : board.Seal is not null && (seal ??= AuthorSeal.Of(board, keys)).Wrote(question, person);

    /// <summary>From now on, changes go to this unit of work.</summary>
    public void Begin(Db work, IReadOnlyList<QuestionCommand> commands)
    {
        db = work;
        votes = new(work, [.. commands.Where(c => c.Act == QuestionAct.Vote).Select(c => c.Person).Distinct()]);
        if (isNew) db.Add(board);
        else db.Attach(board);
    }

    /// <summary>Writes what the group has changed, and that it was this activation's turn.</summary>
    public async Task Save()
    {
        votes!.Write();
        if (db!.ChangeTracker.HasChanges())
        {
            // The fence: whoever else writes finds another version.
            if (!isNew) db.Entry(board).State = EntityState.Modified;
            await db.SaveChangesAsync();
            isNew = false;
        }
        (db, votes) = (null, null);
    }

    /// <summary>Applies one command and answers the question as it is then. Refused as the rules say; then nothing has changed.</summary>
    public async Task<string> Apply(QuestionCommand command, DateTimeOffset now)
    {
        if (command.Act == QuestionAct.Set) return Set(command);
        if (command.Act == QuestionAct.Order) return Order(command);
        if (command.Act == QuestionAct.Ask) return Now(Ask(command, now));
        var question = Find(command.Question) is { } found && (IsShown(found) || found.State == QuestionState.Merged || command.Staff || IsAuthor(found, command.Person)) ? found : throw Refusal.NotFound.AsException();
        switch (command.Act)
        {
            case QuestionAct.Vote: return Now(await Vote(question, command));
            case QuestionAct.Edit: Edit(question, command); break;
            case QuestionAct.Withdraw: return Withdraw(question, command);
            case QuestionAct.Admit: Require(command.Staff); Admit(question); break;
            case QuestionAct.Dismiss: Require(command.Staff); Move(question, QuestionState.Dismissed); break;
            case QuestionAct.Merge: Require(command.Staff); return Now(await Merge(question, command.Other!.Value)); // the one that stays
            case QuestionAct.Stage: Require(command.Speaks); Stage(question, now); break;
            case QuestionAct.Answer: Require(command.Speaks); Answer(question, command, now); break;
            default: throw new ArgumentOutOfRangeException(nameof(command), command.Act, null);
        }
        return Now(question);
    }

    private static string Now(Question question) => JsonSerializer.Serialize(new QuestionNow(question), QuestionsNow.Json);

    private Question Ask(QuestionCommand command, DateTimeOffset now)
    {
        // Sent again, it is the same question.
        if (Find(command.Question) is { } same) return IsAuthor(same, command.Person) ? same : throw QuestionRefusals.Taken.AsException();
        if (board.Closed && !command.Staff) QuestionRefusals.Closed.Throw();
        if (questions.Count >= Most) QuestionRefusals.Full.Throw();
        if (!command.Staff && questions.Values.Count(q => q.State is QuestionState.Held or QuestionState.Open && IsAuthor(q, command.Person)) >= MostOpenEach) QuestionRefusals.TooManyOpen.Throw();
        var question = new Question
        {
            Id = command.Question,
            RoomId = board.RoomId,
            Text = command.Text!,
            PersonId = command.Yes ? null : command.Person,
            Name = command.Yes ? "" : command.Name,
            Author = command.Yes ? (seal ??= AuthorSeal.Of(board, keys)).Mark(command.Question, command.Person) : null,
            At = now,
            ReplayId = command.Replay,
            ReplaySecond = command.Second,
            State = (board.Moderated || command.Held) && !command.Staff ? QuestionState.Held : QuestionState.Open,
        };
        questions.Add(question.Id, question);
        db!.Add(question);
        Changed[question.Id] = true;
        return question;
    }

    private void Edit(Question question, QuestionCommand command)
    {
        RequireAuthor(question, command);
        if (question.Votes > 0 || question.Merged > 0) QuestionRefusals.VotedFor.Throw();
        Touch(question);
        question.Text = command.Text!;
        if ((board.Moderated || command.Held) && !command.Staff) question.State = QuestionState.Held;
    }

    private string Withdraw(Question question, QuestionCommand command)
    {
        RequireAuthor(question, command);
        Touch(question);
        votes!.Forget(question.Id);
        if (db!.Entry(question).State == EntityState.Added) db.Entry(question).State = EntityState.Detached;
        else db.Remove(question);
        questions.Remove(question.Id);
        return "";
    }

    private async Task<Question> Vote(Question question, QuestionCommand command)
    {
        while (question.MergedIntoId is { } into) question = Find(into)!;
        if (question.State is not (QuestionState.Open or QuestionState.Live)) QuestionRefusals.Settled.Throw();
        if (IsAuthor(question, command.Person)) QuestionRefusals.Own.Throw();
        if (!await votes!.Set(question.Id, command.Person, command.Yes)) return question;
        Touch(question, votesOnly: true);
        question.Votes += command.Yes ? 1 : -1;
        return question;
    }

    private void Admit(Question question)
    {
        if (question.State is not (QuestionState.Held or QuestionState.Dismissed)) return;
        Touch(question);
        question.State = QuestionState.Open;
    }

    private void Move(Question question, QuestionState state)
    {
        if (question.State == state) return;
        if (question.State == QuestionState.Merged) QuestionRefusals.Settled.Throw();
        Touch(question);
        question.State = state;
        question.Place = null;
    }

    /// <summary>One takes the other's votes: whoever wanted to know both counts once, and whoever asked wants to know.</summary>
    private async Task<Question> Merge(Question from, Guid id)
    {
        if (from.MergedIntoId == id) return Find(id)!;
        if (Find(id) is not { } into) throw Refusal.NotFound.AsException();
        if (from == into || from.State is not (QuestionState.Held or QuestionState.Open) || into.State is not (QuestionState.Held or QuestionState.Open or QuestionState.Live)) QuestionRefusals.Settled.Throw();
        Touch(from);
        Touch(into);
        votes!.Write();
        await db!.SaveChangesAsync();
        var voters = await db.Set<QuestionVote>().Where(v => v.QuestionId == from.Id).Select(v => v.PersonId).ToListAsync();
        if (from.PersonId is { } asker) voters.Add(asker);
        var there = (await db.Set<QuestionVote>().Where(v => v.QuestionId == into.Id).Select(v => v.PersonId).ToListAsync()).ToHashSet();
        foreach (var voter in voters.Where(v => !IsAuthor(into, v) && there.Add(v))) db.Add(new QuestionVote { QuestionId = into.Id, PersonId = voter });
        await db.SaveChangesAsync();
        await db.Set<QuestionVote>().Where(v => v.QuestionId == from.Id).ExecuteDeleteAsync();
        // From here on the database knows better than what is tracked.
        foreach (var vote in db.ChangeTracker.Entries<QuestionVote>().ToList()) vote.State = EntityState.Detached;
        votes.Reset();
        into.Votes = there.Count;
        into.Merged += from.Merged + 1;
        (from.Votes, from.Merged, from.Place, from.MergedIntoId, from.State) = (0, 0, null, into.Id, QuestionState.Merged);
        return into;
    }

    private void Stage(Question question, DateTimeOffset now)
    {
        if (question.State == QuestionState.Live) return;
        if (question.State == QuestionState.Merged) QuestionRefusals.Settled.Throw();
        foreach (var other in questions.Values.Where(q => q.State == QuestionState.Live)) Settle(other, now);
        Touch(question);
        (question.State, question.LiveAt, question.AnsweredAt, question.Place) = (QuestionState.Live, now, null, null);
    }

    private void Answer(Question question, QuestionCommand command, DateTimeOffset now)
    {
        if (question.State == QuestionState.Merged) QuestionRefusals.Settled.Throw();
        Settle(question, now);
        if (command.Text is not { Length: > 0 } text) return;
        (question.Answer, question.AnsweredBy) = (text, command.Name);
    }

    private void Settle(Question question, DateTimeOffset now)
    {
        Touch(question);
        (question.State, question.AnsweredAt, question.Place) = (QuestionState.Answered, question.AnsweredAt ?? now, null);
    }

    private string Order(QuestionCommand command)
    {
        Require(command.Speaks);
        var places = command.Questions!.Distinct().Index().ToDictionary(one => one.Item, one => one.Index + 1);
        foreach (var question in questions.Values.Where(q => q.State == QuestionState.Open))
        {
            var place = places.TryGetValue(question.Id, out var at) ? at : (int?)null;
            if (question.Place == place) continue;
            Touch(question);
            question.Place = place;
        }
        return "";
    }

    private string Set(QuestionCommand command)
    {
        Require(command.Staff);
        (board.Moderated, board.Closed) = (command.Yes, command.Closed);
        BoardChanged = true;
        return "";
    }

    private void RequireAuthor(Question question, QuestionCommand command)
    {
        if (!IsAuthor(question, command.Person)) Refusal.Forbidden.Throw();
        if (question.State is not (QuestionState.Held or QuestionState.Open)) QuestionRefusals.Settled.Throw();
    }

    private static void Require(bool may)
    {
        if (!may) Refusal.Forbidden.Throw();
    }

    /// <summary>What changes from here on is saved.</summary>
    private void Touch(Question question, bool votesOnly = false)
    {
        Changed[question.Id] = !votesOnly || Changed.GetValueOrDefault(question.Id);
        if (db!.Entry(question).State == EntityState.Detached) db.Attach(question);
    }
}
