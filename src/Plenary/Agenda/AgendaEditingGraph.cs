using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Agenda;

/// <summary>What the crew changes about rooms, sessions and speakers.</summary>
internal sealed class AgendaEditingGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        var mutation = graph.Mutation;
        Save<RoomType, SaveRoomInput>(mutation, "saveRoom", async (context, db) => await RoomEditing.Save(db, context.Viewer(), context.GetArgument<RoomWish>("input"), context.CancellationToken));
        Remove(mutation, "removeRoom", (context, db, id) => RoomEditing.Remove(db, context.Viewer(), id, context.CancellationToken));
        Save<SessionType, SaveSessionInput>(mutation, "saveSession", async (context, db) => await SessionEditing.Save(db, context.Viewer(), context.GetArgument<SessionWish>("input"), context.CancellationToken));
        Save<SessionType, MoveSessionInput>(mutation, "moveSession", async (context, db) => await SessionEditing.Move(db, context.Viewer(), context.GetArgument<SessionMove>("input"), context.CancellationToken));
        Remove(mutation, "removeSession", (context, db, id) => SessionEditing.Remove(db, context.Viewer(), id, context.CancellationToken));
        Save<SpeakerType, SaveSpeakerInput>(mutation, "saveSpeaker", async (context, db) => await context.Service<SpeakerEditing>().Save(db, context.Viewer(), context.GetArgument<SpeakerWish>("input"), context.CancellationToken));
        Remove(mutation, "removeSpeaker", (context, db, id) => context.Service<SpeakerEditing>().Remove(db, context.Viewer(), id, context.CancellationToken));
        mutation.Field<NonNullGraphType<SpeakerType>>("inviteSpeaker").Description("Mails the speaker a personal link.").Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await context.Service<SpeakerInvitations>().Invite(db, context.Viewer(), context.Id("id"), context.CancellationToken);
        });
    }

    private static void Save<TType, TInput>(ObjectGraphType mutation, string name, Func<IResolveFieldContext, Db, Task<object?>> save) where TType : IGraphType where TInput : IInputObjectGraphType =>
        mutation.Field<NonNullGraphType<TType>>(name).Argument<NonNullGraphType<TInput>>("input").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await save(context, db);
        });

    private static void Remove(ObjectGraphType mutation, string name, Func<IResolveFieldContext, Db, Guid, Task> remove) =>
        mutation.Field<NonNullGraphType<BooleanGraphType>>(name).Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            await remove(context, db, context.Id("id"));
            return true;
        });
}

/// <summary>The input of <c>saveRoom</c>.</summary>
public sealed class SaveRoomInput : InputObjectGraphType<RoomWish>
{
    public SaveRoomInput()
    {
        Name = "SaveRoomInput";
        Field(r => r.Id, type: typeof(IdGraphType));
        Field(r => r.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field(r => r.Name);
        Field(r => r.Kind);
        Field(r => r.Format, nullable: true);
    }
}

/// <summary>The input of <c>saveSession</c>.</summary>
public sealed class SaveSessionInput : InputObjectGraphType<SessionWish>
{
    public SaveSessionInput()
    {
        Name = "SaveSessionInput";
        Field(s => s.Id, type: typeof(IdGraphType));
        Field(s => s.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field(s => s.Room, type: typeof(NonNullGraphType<IdGraphType>));
        Field(s => s.Title);
        Field(s => s.Summary);
        Field(s => s.StartsAtLocal).Description("Wall clock in the event's zone, yyyy-MM-ddTHH:mm.");
        Field(s => s.Minutes);
        Field(s => s.Speakers, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>));
    }
}

/// <summary>The input of <c>moveSession</c>.</summary>
public sealed class MoveSessionInput : InputObjectGraphType<SessionMove>
{
    public MoveSessionInput()
    {
        Name = "MoveSessionInput";
        Field(m => m.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(m => m.To, type: typeof(NonNullGraphType<SessionPlaceInput>));
        Field(m => m.Seen, type: typeof(NonNullGraphType<SessionPlaceInput>)).Description("Where it was when the mover looked. Refused with changed-meanwhile when it is elsewhere by now.");
    }
}

/// <summary>Where and when a session is, in <c>moveSession</c>.</summary>
public sealed class SessionPlaceInput : InputObjectGraphType<SessionPlace>
{
    public SessionPlaceInput()
    {
        Name = "SessionPlaceInput";
        Field(p => p.Room, type: typeof(NonNullGraphType<IdGraphType>));
        Field(p => p.StartsAt);
        Field(p => p.EndsAt);
    }
}

/// <summary>The input of <c>saveSpeaker</c>.</summary>
public sealed class SaveSpeakerInput : InputObjectGraphType<SpeakerWish>
{
    public SaveSpeakerInput()
    {
        Name = "SaveSpeakerInput";
        Field(s => s.Id, type: typeof(IdGraphType));
        Field(s => s.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field(s => s.Name);
        Field(s => s.Headline);
        Field(s => s.Bio);
        Field(s => s.Email, nullable: true);
        Field(s => s.Portrait, nullable: true);
        Field(s => s.PhotoFile, nullable: true);
    }
}
