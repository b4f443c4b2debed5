using GraphQL.Types;
using Plenary.Profiles;

namespace Plenary.Messages;

public sealed class MessageFileType : ObjectGraphType<MessageFile>
{
    public MessageFileType()
    {
        Name = "MessageFile";
        Field("id", f => f.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field<NonNullGraphType<StringGraphType>>("url").Description("A path of this site; answers only those who see the message.").Resolve(context => MessageFiles.Address(context.Source));
        Field(f => f.Name);
        Field(f => f.ContentType);
        Field<NonNullGraphType<IntGraphType>>("size").Description("Bytes.").Resolve(context => (int)context.Source.Size);
        Field(f => f.Width, nullable: true).Description("Of a picture.");
        Field(f => f.Height, nullable: true);
    }
}

public sealed class MessageType : ObjectGraphType<MessageSeen>
{
    public MessageType()
    {
        Name = "Message";
        Field("id", m => m.Message.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("conversation", m => m.Message.ConversationId, type: typeof(NonNullGraphType<IdGraphType>));
        Field<NonNullGraphType<IntGraphType>>("number").Description("1, 2, 3 … in the conversation.").Resolve(context => (int)context.Source.Message.Number);
        Field("person", m => m.Message.PersonId, type: typeof(NonNullGraphType<IdGraphType>)).Description("Who wrote it.");
        Field("text", m => m.Message.Text);
        Field("at", m => m.Message.At, type: typeof(NonNullGraphType<DateTimeOffsetGraphType>));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<MessageFileType>>>>("files").Resolve(context => context.Source.Files);
    }
}

public sealed class ConversationMemberType : ObjectGraphType<MemberSeen>
{
    public ConversationMemberType()
    {
        Name = "ConversationMember";
        Field<NonNullGraphType<ProfileCardType>>("card").Resolve(context => context.Source.Card);
        Field<NonNullGraphType<IntGraphType>>("readTo").Description("Number of the latest message they have seen.").Resolve(context => (int)context.Source.ReadTo);
    }
}

public sealed class ConversationType : ObjectGraphType<ConversationSeen>
{
    public ConversationType()
    {
        Name = "Conversation";
        Description = "People of an event who write to each other. Only they can read it. The id is that of its call, too.";
        Field("id", c => c.Conversation.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("event", c => c.Conversation.EventId, type: typeof(NonNullGraphType<IdGraphType>));
        Field("group", c => c.Conversation.IsGroup);
        Field("title", c => c.Conversation.Title).Description("What a group calls itself; may be empty.");
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ConversationMemberType>>>>("members").Description("Everybody in it, the viewer included.").Resolve(context => context.Source.Members);
        Field<IdGraphType>("keeper").Description("Of a group: who may take people out of it.").Resolve(context => context.Source.Keeper);
        Field<MessageType>("last").Description("The latest message.").Resolve(context => context.Source.Last);
        Field("unread", c => c.Unread).Description("How many messages the viewer has not seen.");
        Field<NonNullGraphType<IntGraphType>>("readTo").Description("Number of the latest message the viewer has seen.").Resolve(context => (int)context.Source.ReadTo);
    }
}

public sealed class SendMessageInput : InputObjectGraphType
{
    public SendMessageInput()
    {
        Name = "SendMessageInput";
        Field<NonNullGraphType<IdGraphType>>("id").Description("A UUID that the client makes: sending again is harmless.");
        Field<IdGraphType>("conversation").Description("To a conversation …");
        Field<IdGraphType>("event").Description("… or to a person at an event.");
        Field<IdGraphType>("person");
        Field<StringGraphType>("text").Description($"At most {Message.LongestText} characters; may be empty when there are files.");
        Field<ListGraphType<NonNullGraphType<IdGraphType>>>("files").Description($"Uploaded to /messages/files; at most {Message.MostFiles}.");
    }
}

public sealed class RingingType : EnumerationGraphType<Ringing>
{
    public RingingType() => Name = "Ringing";
}
