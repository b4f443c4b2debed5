using GraphQL;
using GraphQL.Types;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Graph;

namespace Plenary.Agenda.Personal;

/// <summary>The viewer's own agenda in the graph: each field speaks of the viewer alone.</summary>
internal sealed class PersonalAgendaGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Type<SessionType>().Field<NonNullGraphType<BooleanGraphType>>("starred").Description("The viewer wants to be there; false for strangers.").Resolve(context =>
        {
            var session = context.Source;
            return context.Viewer().At(session.EventId) is not { } me ? false
                : context.Batch<Guid, StarredSession>("starsOfViewer", (db, ids) => db.Set<StarredSession>().Where(s => s.PersonId == me && ids.Contains(s.SessionId)), s => s.SessionId).One(session.Id).Then(star => star is not null);
        });
        graph.Type<EventType>().Field<NonNullGraphType<BooleanGraphType>>("viewerHasAgendaLink").Description("A private address exists at which a calendar program reads the viewer's starred sessions.").Resolve(context =>
        {
            var id = context.Source.Id;
            return context.Viewer().At(id) is not { } me ? false
                : context.Batch<Guid, AgendaLink>("agendaLinksOfViewer", (db, ids) => db.Set<AgendaLink>().Where(l => l.PersonId == me && ids.Contains(l.EventId)), l => l.EventId).One(id).Then(link => link is not null);
        });
        graph.Mutation.Field<NonNullGraphType<SessionType>>("starSession").Description("Stars a session for the viewer, or no more.").Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<BooleanGraphType>>("starred").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await PersonalAgenda.Star(db, context.Viewer(), context.Id("id"), context.GetArgument<bool>("starred"), context.CancellationToken);
        });
        graph.Mutation.Field<NonNullGraphType<StringGraphType>>("makeAgendaLink").Description("A new private address for the viewer's calendar program, told this once; the one before stops.").Argument<NonNullGraphType<IdGraphType>>("event").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await PersonalAgenda.MakeLink(db, context.Viewer(), context.Id("event"), context.Service<PublicUrl>(), context.CancellationToken);
        });
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("removeAgendaLink").Description("The viewer's private address stops.").Argument<NonNullGraphType<IdGraphType>>("event").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            await PersonalAgenda.RemoveLink(db, context.Viewer(), context.Id("event"), context.CancellationToken);
            return true;
        });
    }
}
