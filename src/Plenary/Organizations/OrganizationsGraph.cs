using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;

namespace Plenary.Organizations;

public sealed class OrganizationRoleType : EnumerationGraphType<OrganizationRole>
{
    public OrganizationRoleType() => Name = "OrganizationRole";
}

public sealed class OrganizationType : ObjectGraphType<Organization>
{
    public OrganizationType()
    {
        Name = "Organization";
        Field("id", o => o.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("slug", o => o.Slug);
        Field("name", o => o.Name);
    }
}

internal sealed class OrganizationsGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Mutation.Field<NonNullGraphType<OrganizationType>>("createOrganization").Argument<NonNullGraphType<StringGraphType>>("name")
            .ResolveAsync(async context =>
            {
                var person = context.Viewer().RequireAccount();
                var name = Input.Line(context.GetArgument<string>("name"), "name", 120);
                await using var db = await context.OpenDb();
                var organization = await db.AddOrganization(name, person, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
                await db.SaveChangesAsync(context.CancellationToken);
                return organization;
            });
    }
}
