using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Graph;

namespace Plenary.Rooms.Chat;

/// <summary>The chat in the graph: what is asked for once. What happens is told by the hub.</summary>
internal sealed class ChatGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        Messages(graph, "chatBefore", $"Up to {ChatReading.Page} messages of a room before a number, oldest first.")
            .Argument<NonNullGraphType<IntGraphType>>("before")
            .ResolveAsync(async context => await context.Service<ChatReading>().Before(context.Viewer(), context.Id("room"), context.GetArgument<int>("before"), context.CancellationToken));
        Messages(graph, "pinnedMessages", "The messages that the staff of a room keeps in sight.")
            .ResolveAsync(async context => await context.Service<ChatReading>().Pinned(context.Viewer(), context.Id("room"), context.CancellationToken));
        Messages(graph, "searchChat", "Up to 50 messages of a room that have all these words, or words that begin so, the newest first.")
            .Argument<NonNullGraphType<StringGraphType>>("text")
            .ResolveAsync(async context => await context.Service<ChatReading>().Search(context.Viewer(), context.Id("room"), context.GetArgument<string>("text"), context.CancellationToken));
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<MyReactionType>>>>("myReactions").Description("With what the viewer reacts to messages of a room; the latest 500.")
            .Argument<NonNullGraphType<IdGraphType>>("room")
            .ResolveAsync(async context => await context.Service<ChatReading>().Reactions(context.Viewer(), context.Id("room"), context.CancellationToken));
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<MessageDeedType>>>>("chatHistory").Description("What was done about a message, for the staff: who edited or removed it, and what it said before.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<IntGraphType>>("message", "Its number.")
            .ResolveAsync(async context => await context.Service<ChatReading>().History(context.Viewer(), context.Id("room"), context.GetArgument<int>("message"), context.CancellationToken));
    }

    private static GraphQL.Builders.FieldBuilder<object?, object> Messages(GraphBuilder graph, string name, string description) =>
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<ChatMessageType>>>>(name).Description(description).Argument<NonNullGraphType<IdGraphType>>("room");
}

/// <summary>A message of a room, with what has become of it. Times are Unix milliseconds, numbers those of the log.</summary>
public sealed class ChatMessageType : ObjectGraphType<Entry>
{
    public ChatMessageType()
    {
        Name = "ChatMessage";
        Field("id", e => e.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("seq", e => (int)e.Seq);
        Field("at", e => (double)e.At);
        Field("person", e => e.Person, type: typeof(IdGraphType));
        Field(e => e.Name);
        Field(e => e.Role);
        Field("text", e => e.Text, nullable: true).Description("As it is now; null once it was removed.");
        Field("editedAt", e => e.Now == null ? null : (double?)e.Now.EditedAt, nullable: true);
        Field("removed", e => e.Now == null ? null : e.Now.Removed, nullable: true).Description("author or staff, once it was removed.");
        Field("pinned", e => e.Now != null && e.Now.Pinned);
        Field("version", e => e.Now == null ? 0 : (int)e.Now.Version).Description("Number of the latest change of it.");
        Field<ListGraphType<NonNullGraphType<IdGraphType>>>("mentions").Resolve(context => context.Source.Mentions);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ReactionCountType>>>>("reactions").Resolve(context => (context.Source.Now?.Reactions ?? []).Select(count => new ReactionCount(count.Key, count.Value)));
        Field<QuoteType>("quote").Resolve(context => context.Source.Quote);
        Field<LinkPreviewType>("preview").Resolve(context => context.Source.Now?.Preview);
    }
}

/// <summary>How many react with one emoji.</summary>
/// <param name="Emoji">With what.</param>
/// <param name="Count">How many people.</param>
public sealed record ReactionCount(string Emoji, int Count);

public sealed class ReactionCountType : ObjectGraphType<ReactionCount>
{
    public ReactionCountType()
    {
        Name = "ReactionCount";
        Field(r => r.Emoji);
        Field(r => r.Count);
    }
}

public sealed class QuoteType : ObjectGraphType<Quote>
{
    public QuoteType()
    {
        Name = "ChatQuote";
        Field("message", q => (int)q.Message);
        Field("id", q => q.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("person", q => q.Person, type: typeof(IdGraphType));
        Field(q => q.Name);
        Field("text", q => q.Text, nullable: true);
    }
}

public sealed class LinkPreviewType : ObjectGraphType<LinkPreview>
{
    public LinkPreviewType()
    {
        Name = "LinkPreview";
        Field(p => p.Url);
        Field(p => p.Site);
        Field(p => p.Title);
        Field("text", p => p.Text, nullable: true);
    }
}

public sealed class MyReactionType : ObjectGraphType<MessageReaction>
{
    public MyReactionType()
    {
        Name = "MyReaction";
        Field("message", r => (int)r.Message);
        Field(r => r.Emoji);
    }
}

/// <summary>One change of a message, as its history tells it.</summary>
public sealed class MessageDeedType : ObjectGraphType<RoomEntry>
{
    public MessageDeedType()
    {
        Name = "MessageDeed";
        Field("id", e => e.EntryId, type: typeof(NonNullGraphType<IdGraphType>));
        Field("deed", e => e.Deed!.Value.ToString().ToLowerInvariant()).Description("edit, remove, pin or unpin.");
        Field("by", e => e.Name);
        Field("role", e => e.Role);
        Field("at", e => (double)e.At.ToUnixTimeMilliseconds());
        Field("before", e => e.Before, nullable: true).Description("What it said until then.");
    }
}
