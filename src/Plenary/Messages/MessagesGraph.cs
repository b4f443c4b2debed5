using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;

namespace Plenary.Messages;

/// <summary>Conversations in the graph. They hang from no event and no person: only what the viewer is in can be asked for.</summary>
internal sealed class MessagesGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        AddReading(graph.Query);
        graph.Mutation.Field<NonNullGraphType<MessageType>>("sendMessage").Description("Sends a message; it is kept when this answers.").Argument<NonNullGraphType<SendMessageInput>>("input")
            .ResolveAsync(async context =>
            {
                var input = context.GetArgument<Dictionary<string, object?>>("input");
                Guid? Optional(string name) => input.GetValueOrDefault(name) is { } id ? GraphContext.ParseId(id as string, name) : null;
                var files = (input.GetValueOrDefault("files") as IEnumerable<object?> ?? []).Select(id => GraphContext.ParseId(id as string, "files")).ToList();
                var draft = new MessageDraft(Optional("id") ?? default, Optional("event"), Optional("conversation"), Optional("person"), input.GetValueOrDefault("text") as string, files);
                await using var db = await context.OpenDb();
                return await context.Service<Messaging>().Send(db, context.Viewer(), draft, context.CancellationToken);
            });
        graph.Mutation.Field<NonNullGraphType<ConversationType>>("startGroup").Description("Starts a conversation of more than two.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<IdGraphType>>("id").Argument<StringGraphType>("title")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("people").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                var people = context.GetArgument<List<string>>("people").ConvertAll(id => GraphContext.ParseId(id, "people"));
                var id = await context.Service<Groups>().Start(db, context.Viewer(), context.Id("event"), context.Id("id"), context.GetArgument<string?>("title"), people, context.CancellationToken);
                return await context.Service<MessageReading>().One(db, context.Viewer(), id, context.CancellationToken);
            });
        graph.Mutation.Field<NonNullGraphType<ConversationType>>("addToGroup").Description("Brings people into a group; they see what is said from then on. Who left by their own doing is not brought back.")
            .Argument<NonNullGraphType<IdGraphType>>("conversation").Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("people").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                var people = context.GetArgument<List<string>>("people").ConvertAll(id => GraphContext.ParseId(id, "people"));
                await context.Service<Groups>().Add(db, context.Viewer(), context.Id("conversation"), people, context.CancellationToken);
                return await context.Service<MessageReading>().One(db, context.Viewer(), context.Id("conversation"), context.CancellationToken);
            });
        Act(graph.Mutation, "removeFromGroup", "Takes somebody out of a group; for whoever keeps it.",
            (context, db) => context.Service<Groups>().Remove(db, context.Viewer(), context.Id("conversation"), context.Id("person"), context.CancellationToken))
            .Argument<NonNullGraphType<IdGraphType>>("person");
        Act(graph.Mutation, "leaveConversation", "Leaves a group.", (context, db) => context.Service<Groups>().Leave(db, context.Viewer(), context.Id("conversation"), context.CancellationToken));
        Act(graph.Mutation, "readMessages", "The viewer has seen everything up to this number.",
            (context, db) => context.Service<Messaging>().Read(db, context.Viewer(), context.Id("conversation"), context.GetArgument<int>("to"), context.CancellationToken))
            .Argument<NonNullGraphType<IntGraphType>>("to");
        Act(graph.Mutation, "typing", "The viewer is writing; the others are told and it is kept nowhere.",
            (context, db) => context.Service<Messaging>().Typing(db, context.Viewer(), context.Id("conversation"), context.CancellationToken));
        Act(graph.Mutation, "ring", "Rings for the call of a conversation, which has its id, or answers.",
            (context, db) => context.Service<ConversationCalls>().Ring(db, context.Viewer(), context.Id("conversation"), context.GetArgument<Ringing>("state"), context.CancellationToken))
            .Argument<NonNullGraphType<RingingType>>("state");
        Act(graph.Mutation, "reportMessages", "Sends the chosen messages, and nothing else of the conversation, to the event's moderators.", (context, db) =>
            {
                context.Limit(RateLimit.Report, context.Viewer().RequirePerson().ToString());
                return context.Service<MessageReports>().Report(db, context.Viewer(), context.Id("conversation"), context.Id("about"),
                    context.GetArgument<List<string>>("messages").ConvertAll(id => GraphContext.ParseId(id, "messages")), context.GetArgument<string?>("note"), context.CancellationToken);
            })
            .Argument<NonNullGraphType<IdGraphType>>("about").Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("messages").Argument<StringGraphType>("note");
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("setMessageMails").Description("Whether the viewer gets mails about messages they have not read.")
            .Argument<NonNullGraphType<BooleanGraphType>>("on").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                await MessageDigest.Want(db, context.Viewer().RequirePerson(), context.GetArgument<bool>("on"), context.CancellationToken);
                return context.GetArgument<bool>("on");
            });
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("stopMessageMails").Description("By the link of a mail: no more of them, without signing in.")
            .Argument<NonNullGraphType<StringGraphType>>("token").ResolveAsync(async context =>
            {
                context.LimitClient(RateLimit.SignIn);
                await using var db = await context.OpenDb();
                await context.Service<MessageDigest>().Stop(db, context.GetArgument<string>("token"), context.CancellationToken);
                return true;
            });
    }

    private static void AddReading(ObjectGraphType query)
    {
        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<ConversationType>>>>("conversations").Description("The viewer's conversations at an event, those with the latest message first.")
            .Argument<NonNullGraphType<IdGraphType>>("event").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                return await context.Service<MessageReading>().Conversations(db, context.Viewer(), context.Id("event"), context.CancellationToken);
            });
        query.Field<ConversationType>("conversation").Description("One that the viewer is in.").Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await context.Service<MessageReading>().One(db, context.Viewer(), context.Id("id"), context.CancellationToken);
        });
        query.Field<ConversationType>("conversationWith").Description("The conversation with one other person; null when nothing was said yet.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<IdGraphType>>("person").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                return await context.Service<MessageReading>().With(db, context.Viewer(), context.Id("event"), context.Id("person"), context.CancellationToken);
            });
        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<MessageType>>>>("messages").Description($"Up to {MessageReading.Page} messages of a conversation, oldest first.")
            .Argument<NonNullGraphType<IdGraphType>>("conversation").Argument<IntGraphType>("before", "Those before this number; the newest when left out.").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                return await context.Service<MessageReading>().Messages(db, context.Viewer(), context.Id("conversation"), context.GetArgument<int?>("before"), context.CancellationToken);
            });
        query.Field<NonNullGraphType<IntGraphType>>("unreadMessages").Description("How many messages at an event the viewer has not seen.").Argument<NonNullGraphType<IdGraphType>>("event")
            .ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                return await context.Service<MessageReading>().Unread(db, context.Viewer(), context.Id("event"), context.CancellationToken);
            });
        query.Field<NonNullGraphType<BooleanGraphType>>("messageMails").Description("Whether the viewer gets mails about messages they have not read.").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await MessageDigest.Wanted(db, context.Viewer().RequirePerson(), context.CancellationToken);
        });
    }

    private static GraphQL.Builders.FieldBuilder<object?, object> Act(ObjectGraphType mutation, string name, string description, Func<IResolveFieldContext, Db, Task> act) =>
        mutation.Field<NonNullGraphType<BooleanGraphType>>(name).Description(description).Argument<NonNullGraphType<IdGraphType>>("conversation").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            await act(context, db);
            return true;
        });
}
