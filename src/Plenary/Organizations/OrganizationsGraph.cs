using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Identity;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;

namespace Plenary.Organizations;

internal sealed class OrganizationsGraph : IGraphPart
{
    private static readonly Refusal Closed = new("organizations-closed", 403, "On this installation only its owner makes organizations.");

    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<OrganizationType>("organization").Argument<NonNullGraphType<StringGraphType>>("slug").ResolveAsync(async context =>
        {
            var slug = context.GetArgument<string>("slug");
            await using var db = await context.OpenDb();
            return await db.Set<Organization>().AsNoTracking().SingleOrDefaultAsync(o => o.Slug == slug, context.CancellationToken);
        });
        graph.Type<ViewerType>().Field<NonNullGraphType<ListGraphType<NonNullGraphType<MembershipType>>>>("memberships").ResolveAsync(async context =>
        {
            if (!context.Viewer().IsAccount) return Array.Empty<Membership>();
            var person = context.Source.Id;
            await using var db = await context.OpenDb();
            return await db.Set<Membership>().AsNoTracking().Where(m => m.PersonId == person).OrderBy(m => m.Since).ToArrayAsync(context.CancellationToken);
        });
        graph.Mutation.Field<NonNullGraphType<ViewerType>>("claimInstallation")
            .Description("The one-time link printed at the first start: makes the owner and the first organization, and signs in.")
            .Argument<NonNullGraphType<StringGraphType>>("token").Argument<NonNullGraphType<StringGraphType>>("name")
            .Argument<NonNullGraphType<StringGraphType>>("email").Argument<NonNullGraphType<StringGraphType>>("organization")
            .ResolveAsync(async context => await Claim(context));
        graph.Mutation.Field<NonNullGraphType<OrganizationType>>("createOrganization").Argument<NonNullGraphType<StringGraphType>>("name")
            .ResolveAsync(async context => await Create(context));
        graph.Mutation.Field<NonNullGraphType<MemberType>>("inviteMember")
            .Argument<NonNullGraphType<IdGraphType>>("organization").Argument<NonNullGraphType<StringGraphType>>("email").Argument<NonNullGraphType<OrganizationRoleType>>("role")
            .ResolveAsync(async context =>
            {
                var viewer = context.Viewer().RequireAccount();
                var email = EmailAddress.Parse(context.GetArgument<string>("email"));
                context.Limit(RateLimit.Invite, viewer.ToString());
                await using var db = await context.OpenDb();
                return await context.Service<Members>().Invite(db, viewer, context.Id("organization"), email, context.GetArgument<OrganizationRole>("role"), context.CancellationToken);
            });
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("removeMember")
            .Argument<NonNullGraphType<IdGraphType>>("organization").Argument<NonNullGraphType<IdGraphType>>("person")
            .ResolveAsync(async context =>
            {
                var viewer = context.Viewer().RequireAccount();
                await using var db = await context.OpenDb();
                await Members.Remove(db, viewer, context.Id("organization"), context.Id("person"), context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
                return true;
            });
    }

    private static async Task<Person> Claim(IResolveFieldContext context)
    {
        context.LimitClient(RateLimit.SignIn);
        var name = Input.Line(context.GetArgument<string>("name"), "name", Person.LongestName);
        var email = EmailAddress.Parse(context.GetArgument<string>("email"));
        var organization = Input.Line(context.GetArgument<string>("organization"), "organization", Organization.LongestName);
        await using var db = await context.OpenDb();
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        var person = await context.Service<SetupLinks>().Claim(db, context.GetArgument<string>("token"), email, name, context.CancellationToken);
        await db.MakeOrganization(organization, person.Id, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
        await transaction.CommitAsync(context.CancellationToken);
        await context.Service<SignIns>().SignInAsync(context.Http(), person);
        return person;
    }

    private static async Task<Organization> Create(IResolveFieldContext context)
    {
        var person = context.Viewer().RequireAccount();
        var name = Input.Line(context.GetArgument<string>("name"), "name", Organization.LongestName);
        context.Limit(RateLimit.Invite, person.ToString());
        await using var db = await context.OpenDb();
        if (!Settings.Flag(context.Service<IConfiguration>(), "Organizations:Open", otherwise: true)
            && !await db.Set<InstallationOwner>().AnyAsync(o => o.PersonId == person, context.CancellationToken)) Closed.Throw();
        return await db.MakeOrganization(name, person, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
    }
}
