using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Agenda;

/// <summary>An agenda entry in the graph.</summary>
public sealed class SessionType : ObjectGraphType<Session>
{
    public SessionType()
    {
        Name = "Session";
        Field("id", s => s.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(s => s.Title);
        Field(s => s.Summary);
        Field(s => s.StartsAt);
        Field(s => s.EndsAt);
        Field<NonNullGraphType<RoomType>>("room").Resolve(context => context.RoomById(context.Source.RoomId));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<SpeakerType>>>>("speakers").Resolve(Speakers);
    }

    private static IDataLoaderResult<IEnumerable<Speaker>> Speakers(IResolveFieldContext<Session> context) =>
        context.Batch<Guid, Appearance>("speakersBySession", (db, ids) => Appearance.All(db).Where(a => ids.Contains(a.SessionId)).OrderBy(a => a.Position), a => a.SessionId)
            .Many(context.Source.Id).Then(found => found.Select(a => a.Speaker));
}

/// <summary>A speaker in the graph. What the crew alone may see is null for everybody else.</summary>
public sealed class SpeakerType : ObjectGraphType<Speaker>
{
    public SpeakerType()
    {
        Name = "Speaker";
        Field("id", s => s.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(s => s.Name);
        Field(s => s.Headline);
        Field(s => s.Bio);
        Field<StringGraphType>("photoUrl").Description("Uploaded photo, if any.").Resolve(context => context.Source.PhotoFileId is { } file ? $"/files/{file}" : null);
        Field(s => s.Portrait, nullable: true).Description("Key of a drawn portrait, if any; otherwise initials are shown.");
        Field<StringGraphType>("email").Description("Crew only.").Resolve(context => context.ForCrew(context.Source.EventId, context.Source.Email));
        Field<DateTimeOffsetGraphType>("invitedAt").Description("Crew only: when the invitation mail was last queued.")
            .Resolve(context => context.ForCrew(context.Source.EventId, context.Source.InvitedAt));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<SessionType>>>>("sessions").Resolve(Sessions);
    }

    private static IDataLoaderResult<IEnumerable<Session>> Sessions(IResolveFieldContext<Speaker> context) =>
        context.Batch<Guid, Appearance>("sessionsBySpeaker", (db, ids) => Appearance.All(db).Where(a => ids.Contains(a.SpeakerId)).OrderBy(a => a.Session.StartsAt), a => a.SpeakerId)
            .Many(context.Source.Id).Then(found => found.Select(a => a.Session));
}

/// <summary>A speaker in a session, with both ends: what the two lists are read from.</summary>
internal sealed class Appearance
{
    public Guid SessionId { get; init; }

    public Guid SpeakerId { get; init; }

    public int Position { get; init; }

    public required Session Session { get; init; }

    public required Speaker Speaker { get; init; }

    public static IQueryable<Appearance> All(Db db) =>
        from at in db.Set<SessionSpeaker>()
        join session in db.Set<Session>() on at.SessionId equals session.Id
        join speaker in db.Set<Speaker>() on at.SpeakerId equals speaker.Id
        select new Appearance { SessionId = at.SessionId, SpeakerId = at.SpeakerId, Position = at.Position, Session = session, Speaker = speaker };
}
