using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Graph;

namespace Plenary.Organizations;

public sealed class OrganizationRoleType : EnumerationGraphType<OrganizationRole>
{
    public OrganizationRoleType() => Name = "OrganizationRole";
}

/// <summary>An organization in the graph; slices above add their fields.</summary>
public sealed class OrganizationType : ObjectGraphType<Organization>
{
    public OrganizationType()
    {
        Name = "Organization";
        Field("id", o => o.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("slug", o => o.Slug);
        Field("name", o => o.Name);
        Field<OrganizationRoleType>("viewerRole").Resolve(context =>
        {
            // A session of one event carries no role at an organization: its link may have been forwarded.
            if (context.Viewer() is not { IsAccount: true, PersonId: { } person }) return null;
            return context.Batch<Guid, Membership>("viewerMembershipByOrganization",
                (db, ids) => db.Set<Membership>().Where(m => m.PersonId == person && ids.Contains(m.OrganizationId)), m => m.OrganizationId)
                .One(context.Source.Id).Then(m => (object?)m?.Role);
        });
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<MemberType>>>>("members").Description("Members only.").Resolve(context =>
        {
            var viewer = context.Viewer().RequireAccount();
            return context.Batch<Guid, Member>("membersByOrganization", (db, ids) => Members.SeenBy(db, viewer, ids), m => m.OrganizationId)
                .Many(context.Source.Id).Then(members => members.Count > 0 ? members : throw Refusal.Forbidden.AsException()); // a member sees at least oneself
        });
    }
}

public sealed class MembershipType : ObjectGraphType<Membership>
{
    public MembershipType()
    {
        Name = "Membership";
        Field("role", m => m.Role, type: typeof(NonNullGraphType<OrganizationRoleType>));
        Field<NonNullGraphType<OrganizationType>>("organization").Resolve(context =>
            context.Batch<Guid, Organization>("organizationById", (db, ids) => db.Set<Organization>().Where(o => ids.Contains(o.Id)), o => o.Id).One(context.Source.OrganizationId));
    }
}

public sealed class MemberType : ObjectGraphType<Member>
{
    public MemberType()
    {
        Name = "Member";
        Field("role", m => m.Role, type: typeof(NonNullGraphType<OrganizationRoleType>));
        Field("personId", m => m.PersonId, type: typeof(NonNullGraphType<IdGraphType>));
        Field("name", m => m.Name);
        Field("email", m => m.Email, nullable: true).Description("Shown to owners and admins only.");
    }
}
