using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Plenary.Organizations;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;

namespace Plenary.Events;

/// <summary>An event in the graph; slices above add their fields.</summary>
public sealed class EventType : ObjectGraphType<Event>
{
    public EventType()
    {
        Name = "Event";
        Field("id", e => e.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(e => e.Slug);
        Field(e => e.Name);
        Field(e => e.Tagline);
        Field(e => e.Description).Description("Markdown as written.");
        Field<NonNullGraphType<StringGraphType>>("descriptionHtml").Description("The same, rendered and sanitised.")
            .Resolve(context => Markdown.ToHtml(context.Source.Description));
        Field(e => e.Status);
        Field(e => e.StartsAt);
        Field(e => e.EndsAt);
        Field(e => e.TimeZone).Description("IANA name.");
        Field(e => e.Accent).Description("#rrggbb");
        Field<StringGraphType>("coverUrl").Description("Uploaded cover, if any; otherwise the drawing named by coverArt is shown.")
            .Resolve(context => context.Source.CoverFileId is { } file ? $"/files/{file}" : null);
        Field(e => e.CoverArt);
        Field(e => e.Version).Description("Raised by every save; updates must name the one they saw.");
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EnumerationGraphType<EventRole>>>>>("viewerRoles").Resolve(ViewerRoles);
    }

    private static IDataLoaderResult<IReadOnlyList<EventRole>> ViewerRoles(IResolveFieldContext<Event> context)
    {
        var viewer = context.Viewer();
        var person = viewer.At(context.Source.Id) ?? Guid.Empty;
        return context.Batch<Guid, RolesRow>("viewerRolesByEvent", (db, ids) => Roles(db, ids, person), row => row.EventId).One(context.Source.Id)
            .Then(row => (IReadOnlyList<EventRole>)(row is null ? [] : [.. EventAccess.Held(viewer, row.Granted, row.Member).Order()]));
    }

    private static IQueryable<RolesRow> Roles(Db db, IReadOnlyCollection<Guid> events, Guid person) =>
        from e in db.Set<Event>()
        where events.Contains(e.Id)
        select new RolesRow
        {
            EventId = e.Id,
            Granted = db.Set<EventRoleGrant>().Where(g => g.EventId == e.Id && g.PersonId == person).Select(g => g.Role).ToList(),
            Member = db.Set<Membership>().Where(m => m.OrganizationId == e.OrganizationId && m.PersonId == person).Select(m => (OrganizationRole?)m.Role).FirstOrDefault(),
        };

    private sealed class RolesRow
    {
        public Guid EventId { get; init; }

        public List<EventRole> Granted { get; init; } = [];

        public OrganizationRole? Member { get; init; }
    }
}
