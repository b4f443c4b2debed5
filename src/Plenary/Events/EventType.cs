using GraphQL.Types;
using Plenary.Organizations;
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
        Field<NonNullGraphType<OrganizationType>>("organization").Resolve(context => context
            .Batch<Guid, Organization>("organizationById", (db, ids) => db.Set<Organization>().Where(o => ids.Contains(o.Id)), o => o.Id).One(context.Source.OrganizationId));
    }
}
