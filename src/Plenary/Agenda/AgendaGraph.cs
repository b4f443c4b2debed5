using GraphQL.Types;
using Plenary.Events;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Agenda;

/// <summary>What happens where and with whom: fields on events and rooms.</summary>
public sealed class AgendaGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        var events = graph.Type<EventType>();
        events.Field<NonNullGraphType<ListGraphType<NonNullGraphType<RoomType>>>>("rooms").Resolve(context => context
            .Batch<Guid, Room>("roomsByEvent", (db, ids) => db.Set<Room>().Where(r => ids.Contains(r.EventId) && r.Kind != RoomKind.Backstage).OrderBy(r => r.Position).ThenBy(r => r.Id), r => r.EventId).Many(context.Source.Id));
        events.Field<NonNullGraphType<ListGraphType<NonNullGraphType<SessionType>>>>("sessions").Resolve(context => context
            .Batch<Guid, Session>("sessionsByEvent", (db, ids) => db.Set<Session>().Where(s => ids.Contains(s.EventId)).OrderBy(s => s.StartsAt).ThenBy(s => s.Id), s => s.EventId).Many(context.Source.Id));
        events.Field<NonNullGraphType<ListGraphType<NonNullGraphType<SpeakerType>>>>("speakers").Resolve(context => context
            .Batch<Guid, Speaker>("speakersByEvent", (db, ids) => db.Set<Speaker>().Where(s => ids.Contains(s.EventId)).OrderBy(s => s.Position).ThenBy(s => s.Id), s => s.EventId).Many(context.Source.Id));
        graph.Type<RoomType>().Field<NonNullGraphType<ListGraphType<NonNullGraphType<SessionType>>>>("sessions").Resolve(context => context
            .Batch<Guid, Session>("sessionsByRoom", (db, ids) => db.Set<Session>().Where(s => ids.Contains(s.RoomId)).OrderBy(s => s.StartsAt).ThenBy(s => s.Id), s => s.RoomId).Many(context.Source.Id));
    }
}
