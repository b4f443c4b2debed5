using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Graph;

namespace Plenary.Questions;

/// <summary>Questions in the graph. Votes for them come by the hub, too.</summary>
internal sealed class QuestionsGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<QuestionsType>>("questions").Description("The questions of a room that the viewer may enter. Those that are held or put away only for its staff. Refused as not-found otherwise.")
            .Argument<NonNullGraphType<IdGraphType>>("room")
            .ResolveAsync(async context => await context.Service<Asking>().Of(context.Viewer(), context.Id("room"), context.CancellationToken));
        var mutation = graph.Mutation;
        About(mutation, "askQuestion", "Asks; with the same id once.",
            field => field.Argument<NonNullGraphType<StringGraphType>>("text", "One line of up to 280 characters.").Argument<BooleanGraphType>("anonymous", "Nothing that is kept or shown says who asks.")
                .Argument<IdGraphType>("replay", "Asked on this replay.").Argument<IntGraphType>("replaySecond", "At this second of it."),
            (context, room, id) => context.Service<Asking>().Ask(context.Viewer(), room, id, context.GetArgument<string>("text"), context.GetArgument<bool?>("anonymous") ?? false,
                context.OptionalId("replay"), context.GetArgument<int?>("replaySecond"), context.CancellationToken));
        About(mutation, "editQuestion", "Says one's question in other words, before others voted for it.", field => field.Argument<NonNullGraphType<StringGraphType>>("text"),
            (context, room, id) => context.Service<Asking>().Edit(context.Viewer(), room, id, context.GetArgument<string>("text"), context.CancellationToken));
        About(mutation, "upvoteQuestion", "Votes for a question, or does not any more; each person counts once.", field => field.Argument<NonNullGraphType<BooleanGraphType>>("on"),
            (context, room, id) => context.Service<Asking>().Vote(context.Viewer(), room, id, context.GetArgument<bool>("on"), context.CancellationToken));
        About(mutation, "admitQuestion", "Lets a held question in, or brings one back that was put away. Staff only.", field => field,
            (context, room, id) => context.Service<Asking>().Admit(context.Viewer(), room, id, true, context.CancellationToken));
        About(mutation, "dismissQuestion", "Puts a question away. Staff only.", field => field,
            (context, room, id) => context.Service<Asking>().Admit(context.Viewer(), room, id, false, context.CancellationToken));
        About(mutation, "mergeQuestion", "Merges a question into another one, which takes its votes and stays. Staff only.", field => field.Argument<NonNullGraphType<IdGraphType>>("into"),
            (context, room, id) => context.Service<Asking>().Merge(context.Viewer(), room, id, context.Id("into"), context.CancellationToken));
        About(mutation, "stageQuestion", "Brings a question on stage, where it is answered. Staff and speakers.", field => field,
            (context, room, id) => context.Service<Asking>().OnStage(context.Viewer(), room, id, context.CancellationToken));
        About(mutation, "answerQuestion", "A question is answered: on stage or, with a text, in writing. Staff and speakers.", field => field.Argument<StringGraphType>("text"),
            (context, room, id) => context.Service<Asking>().Answer(context.Viewer(), room, id, context.GetArgument<string?>("text"), context.CancellationToken));
        Done(mutation, "withdrawQuestion", "Takes one's question back.", field => field.Argument<NonNullGraphType<IdGraphType>>("id"),
            (context, room) => context.Service<Asking>().Withdraw(context.Viewer(), room, context.Id("id"), context.CancellationToken));
        Done(mutation, "orderQuestions", "Says in which order questions are answered; those that are not named have no place. Staff and speakers.", field => field.Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("ids"),
            (context, room) => context.Service<Asking>().Order(context.Viewer(), room, [.. context.GetArgument<List<string>>("ids").Select(id => GraphContext.ParseId(id, "ids"))], context.CancellationToken));
        Done(mutation, "setQuestions", "Says whether the staff lets each question in, and whether any more are taken. Staff only.",
            field => field.Argument<NonNullGraphType<BooleanGraphType>>("moderated").Argument<NonNullGraphType<BooleanGraphType>>("closed"),
            (context, room) => context.Service<Asking>().Set(context.Viewer(), room, context.GetArgument<bool>("moderated"), context.GetArgument<bool>("closed"), context.CancellationToken));
    }

    private static void About(ObjectGraphType mutation, string name, string description, Func<FieldBuilder<object?, object>, FieldBuilder<object?, object>> with, Func<IResolveFieldContext, Guid, Guid, Task<QuestionNow>> change) =>
        with(mutation.Field<NonNullGraphType<QuestionType>>(name).Description(description).Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<IdGraphType>>("id"))
            .ResolveAsync(async context => await change(context, context.Id("room"), context.Id("id")));

    private static void Done(ObjectGraphType mutation, string name, string description, Func<FieldBuilder<object?, object>, FieldBuilder<object?, object>> with, Func<IResolveFieldContext, Guid, Task> change) =>
        with(mutation.Field<NonNullGraphType<BooleanGraphType>>(name).Description(description).Argument<NonNullGraphType<IdGraphType>>("room")).ResolveAsync(async context =>
        {
            await change(context, context.Id("room"));
            return true;
        });
}

/// <summary>The questions of a room in the graph, named as rooms are told them. Times are Unix milliseconds.</summary>
public sealed class QuestionsType : ObjectGraphType<QuestionsOfViewer>
{
    public QuestionsType()
    {
        Name = "Questions";
        Field("room", q => q.Now.Room, type: typeof(NonNullGraphType<IdGraphType>));
        Field("version", q => (double)q.Now.Version).Description("Of two about the same question the higher is true.");
        Field("now", q => (double)q.Now.Now).Description("The server's clock in Unix milliseconds.");
        Field("closed", q => q.Now.Closed).Description("No more questions are taken.");
        Field("moderated", q => q.Now.Moderated).Description("The staff lets each question in.");
        Field("held", q => q.Now.Held).Description("So many wait for the staff.");
        Field(q => q.Staff).Description("The viewer lets questions in, merges them and puts them away.");
        Field(q => q.Speaks).Description("The viewer answers questions.");
        Field("questions", q => q.Now.Questions, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<QuestionType>>>)).Description("In no particular order.");
        Field("own", q => q.Own, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>)).Description("Those that the viewer asked, the anonymous ones too.");
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("voted").Description("Those that the viewer has voted for.").ResolveAsync(async context =>
        {
            if (context.Viewer().PersonId is not { } me) return Array.Empty<Guid>();
            var room = context.Source.Now.Room;
            await using var db = await context.OpenDb();
            return await (from vote in db.Set<QuestionVote>() where vote.PersonId == me join question in db.Set<Question>() on vote.QuestionId equals question.Id where question.RoomId == room select vote.QuestionId)
                .ToListAsync(context.CancellationToken);
        });
    }
}

/// <summary>A question in the graph.</summary>
public sealed class QuestionType : ObjectGraphType<QuestionNow>
{
    public QuestionType()
    {
        Name = "Question";
        Field("id", q => q.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(q => q.Text);
        Field("person", q => q.Person, type: typeof(IdGraphType)).Description("Who asks; null when it is anonymous.");
        Field(q => q.Name, nullable: true);
        Field("state", q => q.State, type: typeof(NonNullGraphType<EnumerationGraphType<QuestionState>>));
        Field(q => q.Votes).Description("People who want to know it too.");
        Field(q => q.Merged).Description("Questions that were merged into it.");
        Field(q => q.Place, nullable: true).Description("In the speakers' order, from 1.");
        Field("at", q => (double)q.At);
        Field("replay", q => q.Replay, type: typeof(IdGraphType)).Description("Asked on this replay.");
        Field(q => q.ReplaySecond, nullable: true).Description("Asked on a replay: at this second of it.");
        Field("liveAt", q => (double?)q.LiveAt, nullable: true).Description("When it came on stage.");
        Field("answeredAt", q => (double?)q.AnsweredAt, nullable: true);
        Field(q => q.Answer, nullable: true).Description("The answer, when it is one in text.");
        Field(q => q.AnsweredBy, nullable: true).Description("Name of who wrote that.");
    }
}
