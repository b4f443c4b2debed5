using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Orleans.Runtime;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;
using Plenary.Platform.Text;
using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Stage.Backstage;

namespace Plenary.Questions;

/// <summary>The way to the questions of a room: who may be there, and as what, is decided here; what may become of questions is their grain's.</summary>
public sealed class Asking(IDbContextFactory<Db> dbs, IGrainFactory grains, DoorCheck door, SpokenRules rules, Directing stage, TimeProvider clock, ILogger<Asking> log) : IRoomAct
{
    private const int MostOrdered = 200;
    private const int LongestReplay = 24 * 60 * 60;

    /// <summary>A lost silo is declared dead in a few seconds; until then calls to it are worth repeating.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Gcra<Guid> pace = new(perSecond: 3, burst: 30, clock);
    private readonly RoomCalls<QuestionCommand, QuestionAnswer> calls =
        new(async (room, commands) => commands is [var only] ? [await grains.GetGrain<IQuestionsGrain>(room).Do(only)] : await grains.GetGrain<IQuestionsGrain>(room).DoMany([.. commands]), clock);
    private readonly Gcra<Guid> asking = new(perSecond: 0.1, burst: 4, clock);

    /// <summary>The name of voting for a question, for the hub.</summary>
    public string About => "upvote";

    /// <summary>Votes for a question, or does not any more: <c>{"question", "on"}</c>; answers it. Refused: not-found, own-question, question-settled, not-kept.</summary>
    public async Task<string> Do(RoomPass pass, string data)
    {
        Upvote? said;
        try { said = JsonSerializer.Deserialize<Upvote>(data, QuestionsNow.Json); }
        catch (JsonException) { said = null; }
        if (said is null) throw Refusal.Invalid("data", "A vote names its question, and whether it is on.").AsException();
        return await Do(pass, command => command with { Act = QuestionAct.Vote, Question = said.Question, Yes = said.On });
    }

    /// <summary>The questions of a room, what the viewer may do there, and which are their own. Refused: not-found.</summary>
    public async Task<QuestionsOfViewer> Of(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        var pass = await door.PassOf(viewer, room, cancellation) ?? throw Refusal.NotFound.AsException();
        var grain = grains.GetGrain<IQuestionsGrain>(room);
        var now = QuestionsNow.Read(await grain.Now(Staff(pass)));
        var own = (await grain.Of(pass.Person)).ToHashSet();
        // Its author sees what waits for the staff.
        if (!Staff(pass) && own.Count > 0 && now.Held > 0)
            now = now with { Questions = [.. now.Questions, .. QuestionsNow.Read(await grain.Now(true)).Questions.Where(q => q.State == QuestionState.Held && own.Contains(q.Id))] };
        return new(now, Staff(pass), Speaks(pass), own);
    }

    /// <summary>Asks. With the same id it is asked once. Refused: sign-in-required, not-found, invalid-input, questions-closed, too-many-questions, questions-full, too-many-requests.</summary>
    public async Task<QuestionNow> Ask(Viewer viewer, Guid room, Guid id, string text, bool anonymous, Guid? replay, int? replaySecond, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var words = Words(text);
        if (replaySecond is < 0 or > LongestReplay) throw Refusal.Invalid("replaySecond", "This is no moment of a replay.").AsException();
        var pass = await Enter(viewer, room, cancellation);
        if (replay is not null)
        {
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            if (!await db.Set<Broadcast>().AnyAsync(b => b.Id == replay && b.RoomId == room, cancellation)) throw Refusal.NotFound.AsException();
        }
        var held = await rules.Judge(pass, words, cancellation);
        if (!Staff(pass) && !asking.Take(pass.Person)) Refusal.TooMany.Throw();
        return Read(await Do(pass, command => command with { Act = QuestionAct.Ask, Question = id, Text = words, Yes = anonymous, Replay = replay, Second = replaySecond, Held = held }));
    }

    /// <summary>Says one's question in other words, before others voted for it. Refused: sign-in-required, not-found, forbidden, question-voted, question-settled.</summary>
    public async Task<QuestionNow> Edit(Viewer viewer, Guid room, Guid id, string text, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var words = Words(text);
        var pass = await Enter(viewer, room, cancellation);
        var held = await rules.Judge(pass, words, cancellation);
        return Read(await Do(pass, command => command with { Act = QuestionAct.Edit, Question = id, Text = words, Held = held }));
    }

    /// <summary>Takes one's question back. Refused: sign-in-required, not-found, forbidden, question-settled.</summary>
    public async Task Withdraw(Viewer viewer, Guid room, Guid id, CancellationToken cancellation) =>
        await Do(await Enter(viewer, room, cancellation), command => command with { Act = QuestionAct.Withdraw, Question = id });

    /// <summary>Votes for a question, or does not any more. Refused as by the hub.</summary>
    public async Task<QuestionNow> Vote(Viewer viewer, Guid room, Guid id, bool on, CancellationToken cancellation) =>
        Read(await Do(await Enter(viewer, room, cancellation), command => command with { Act = QuestionAct.Vote, Question = id, Yes = on }));

    /// <summary>Lets a held question in, or brings one back; or puts one away. Staff only.</summary>
    public async Task<QuestionNow> Admit(Viewer viewer, Guid room, Guid id, bool admitted, CancellationToken cancellation)
    {
        var pass = await Enter(viewer, room, cancellation);
        var question = Read(await Do(pass, command => command with { Act = admitted ? QuestionAct.Admit : QuestionAct.Dismiss, Question = id }));
        await Show(viewer, pass, null, cancellation);
        return question;
    }

    /// <summary>One question takes the other's votes and stays. Staff only.</summary>
    public async Task<QuestionNow> Merge(Viewer viewer, Guid room, Guid from, Guid into, CancellationToken cancellation) =>
        Read(await Do(await Enter(viewer, room, cancellation), command => command with { Act = QuestionAct.Merge, Question = from, Other = into }));

    /// <summary>Brings a question on stage: it is the one that is being answered, and stands across the picture. Staff and speakers.</summary>
    public async Task<QuestionNow> OnStage(Viewer viewer, Guid room, Guid id, CancellationToken cancellation)
    {
        var pass = await Enter(viewer, room, cancellation);
        var question = Read(await Do(pass, command => command with { Act = QuestionAct.Stage, Question = id }));
        await Show(viewer, pass, question, cancellation);
        return question;
    }

    /// <summary>A question is answered: on stage, or with these words. Staff and speakers.</summary>
    public async Task<QuestionNow> Answer(Viewer viewer, Guid room, Guid id, string? text, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var words = text is null ? null : Input.Paragraphs(text, "text", Question.LongestAnswer);
        var pass = await Enter(viewer, room, cancellation);
        var question = Read(await Do(pass, command => command with { Act = QuestionAct.Answer, Question = id, Text = words }));
        await Show(viewer, pass, null, cancellation);
        return question;
    }

    /// <summary>Says in which order questions are answered. Staff and speakers.</summary>
    public async Task Order(Viewer viewer, Guid room, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        if (ids.Count > MostOrdered) throw Refusal.Invalid("questions", $"An order has at most {MostOrdered} questions.").AsException();
        await Do(await Enter(viewer, room, cancellation), command => command with { Act = QuestionAct.Order, Questions = [.. ids] });
    }

    /// <summary>Says whether the staff lets questions in, and whether any are taken. Staff only.</summary>
    public async Task Set(Viewer viewer, Guid room, bool moderated, bool closed, CancellationToken cancellation) =>
        await Do(await Enter(viewer, room, cancellation), command => command with { Act = QuestionAct.Set, Yes = moderated, Closed = closed });

    private static string Words(string text) => Input.Line(text.ReplaceLineEndings(" "), "text", Question.Longest);

    private static bool Staff(RoomPass pass) => pass.Roles.Overlaps(EventAccess.Staff);

    private static bool Speaks(RoomPass pass) => Staff(pass) || pass.Roles.Contains(EventRole.Speaker);

    private async Task<RoomPass> Enter(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        var pass = await door.PassOf(viewer, room, cancellation) ?? throw Refusal.NotFound.AsException();
        if (!pace.Take(person)) Refusal.TooMany.Throw();
        return pass;
    }

    /// <summary>The question stands across the picture of the stage, or none does. When the stage does not take it, the question is on stage all the same.</summary>
    private async Task Show(Viewer viewer, RoomPass pass, QuestionNow? question, CancellationToken cancellation)
    {
        if (pass.Room.Kind != RoomKind.Stage) return;
        try
        {
            if (question is null && QuestionsNow.Read(await grains.GetGrain<IQuestionsGrain>(pass.Room.Id).Now(false)).Questions.Any(q => q.State == QuestionState.Live)) return;
            var command = question is null ? new StageCommand(Clear: PlanPart.Banner) : new StageCommand(Banner: new(question.Text, question.Name));
            await stage.Direct(viewer, pass.Room.Id, Guid.CreateVersion7(), command, cancellation);
        }
        catch (RefusalException refused)
        {
            log.LogDebug("The stage of room {Room} does not show its question: {Code}", pass.Room.Id, refused.Refusal.Code);
        }
    }

    private static QuestionNow Read(string json) => JsonSerializer.Deserialize<QuestionNow>(json, QuestionsNow.Json)!;

    /// <summary>Every command says how things are to be, so it may be repeated.</summary>
    private async Task<string> Do(RoomPass pass, Func<QuestionCommand, QuestionCommand> with)
    {
        var command = with(new(QuestionAct.Ask, pass.Person, pass.Name, Staff(pass), Speaks(pass)));
        var started = clock.GetTimestamp();
        for (var wait = 50; ; wait = Math.Min(wait * 2, 500))
        {
            try
            {
                var answer = await grains.GetGrain<IQuestionsGrain>(pass.Room.Id).Do(command);
                if (answer.Question is { } question) return question;
                if (answer.Code is { } code) throw new Refusal(code, answer.Status, answer.Message!, answer.Field).AsException();
            }
            catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException) { }
            if (clock.GetElapsedTime(started) > Patience) throw QuestionRefusals.NotKept.AsException();
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock);
        }
    }

    private sealed record Upvote(Guid Question, bool On = true);
}

/// <summary>The questions of a room, and what the viewer is to them.</summary>
/// <param name="Now">The questions.</param>
/// <param name="Staff">The viewer lets them in, merges them and puts them away.</param>
/// <param name="Speaks">The viewer answers them.</param>
/// <param name="Own">Those that the viewer asked.</param>
public sealed record QuestionsOfViewer(QuestionsNow Now, bool Staff, bool Speaks, IReadOnlySet<Guid> Own);
