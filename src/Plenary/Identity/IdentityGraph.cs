using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;

namespace Plenary.Identity;

/// <summary>How far a session reaches.</summary>
public enum SessionScope
{
    Account,
    Event,
}

public sealed class SessionScopeType : EnumerationGraphType<SessionScope>
{
    public SessionScopeType()
    {
        Name = "SessionScope";
        Values.FindByValue(SessionScope.Account)!.Description = "Signed in by magic link or passkey: everything this person may do.";
        Values.FindByValue(SessionScope.Event)!.Description = "Signed in by a personal join or speaker link: this one event only.";
    }
}

/// <summary>The person behind the session of this request.</summary>
public sealed class ViewerType : ObjectGraphType<Person>
{
    public ViewerType()
    {
        Name = "Viewer";
        Field("id", p => p.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("name", p => p.Name);
        Field<NonNullGraphType<StringGraphType>>("email").Resolve(context => context.Source.Email);
        Field("headline", p => p.Headline);
        Field<NonNullGraphType<SessionScopeType>>("scope").Resolve(context => context.Viewer().IsAccount ? SessionScope.Account : SessionScope.Event);
        Field("claimed", p => p.EmailConfirmed)
            .Description("False while the person only ever came by a join link: the account can be claimed by a magic link.");
    }
}

public sealed class InstallationType : ObjectGraphType<Installation>
{
    public InstallationType()
    {
        Name = "Installation";
        Field("claimed", i => i.Claimed).Description("False until the first owner used the one-time link.");
        Field("version", i => i.Version);
        Field("demo", i => i.Demo).Description("The installation runs with --demo: personas may be entered at /demo.");
        Field("mailbox", i => i.Mailbox).Description("Mails are kept in the development mailbox instead of being sent.");
    }
}

/// <summary>Where a person is after signing in.</summary>
/// <param name="Viewer">Who it is now.</param>
/// <param name="GoTo">A path of this site.</param>
public sealed record SignedIn(Person Viewer, string GoTo)
{
    /// <summary>Where those go who came from nowhere in particular.</summary>
    public const string Home = "/account";
}

public sealed class SignedInType : ObjectGraphType<SignedIn>
{
    public SignedInType()
    {
        Name = "SignedIn";
        Field("viewer", s => s.Viewer, type: typeof(NonNullGraphType<ViewerType>));
        Field("goTo", s => s.GoTo).Description("Where to go next, a path of this site.");
    }
}

internal sealed class IdentityGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<ViewerType>("viewer").Description("The person behind this session; null for a stranger.")
            .ResolveAsync(async context =>
            {
                if (context.Viewer().PersonId is not { } id) return null;
                await using var db = await context.OpenDb();
                return await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, context.CancellationToken);
            });
        graph.Query.Field<NonNullGraphType<InstallationType>>("installation")
            .ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                return await Installation.Read(db, context.Service<IConfiguration>(), context.CancellationToken);
            });
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("requestSignIn").Description("Sends a magic link if the address is usable; always answers the same.")
            .Argument<NonNullGraphType<StringGraphType>>("email").Argument<StringGraphType>("returnTo")
            .ResolveAsync(async context =>
            {
                var email = EmailAddress.Parse(context.GetArgument<string>("email"));
                var goTo = ReturnTo(context.GetArgument<string?>("returnTo"));
                context.LimitClient(RateLimit.SignIn);
                context.Limit(RateLimit.SignInMail, EmailAddress.Normalize(email));
                await using var db = await context.OpenDb();
                await context.Service<SignInMails>().Send(db, email, goTo, context.CancellationToken);
                return true;
            });
        graph.Mutation.Field<NonNullGraphType<SignedInType>>("useSignInLink").Description("Spends a magic link. Answers where to go: a path of this site.")
            .Argument<NonNullGraphType<StringGraphType>>("token")
            .ResolveAsync(async context =>
            {
                context.LimitClient(RateLimit.SignIn);
                await using var db = await context.OpenDb();
                var (person, goTo) = await context.Service<SignInLinks>().Spend(db, context.GetArgument<string>("token"), context.CancellationToken);
                await context.Service<SignIns>().SignInAsync(context.Http(), person);
                return new SignedIn(person, goTo);
            });
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("signOut")
            .ResolveAsync(async context =>
            {
                await context.Service<SignIns>().SignOutAsync(context.Http());
                return true;
            });
        graph.Mutation.Field<NonNullGraphType<ViewerType>>("updateProfile")
            .Argument<NonNullGraphType<StringGraphType>>("name").Argument<NonNullGraphType<StringGraphType>>("headline")
            .ResolveAsync(async context =>
            {
                var id = context.Viewer().RequireAccount();
                var name = Input.Line(context.GetArgument<string>("name"), "name", Person.LongestName);
                var headline = Input.OptionalLine(context.GetArgument<string>("headline"), "headline", Person.LongestHeadline);
                await using var db = await context.OpenDb();
                var person = await db.Users.SingleOrDefaultAsync(p => p.Id == id, context.CancellationToken) ?? throw Refusal.SignInRequired.AsException();
                (person.Name, person.Headline) = (name, headline);
                await db.SaveChangesAsync(context.CancellationToken);
                return person;
            });
    }

    private static string ReturnTo(string? path) => path is null ? SignedIn.Home
        : ReturnPath.Safe(path) ?? throw Refusal.Invalid("returnTo", "“returnTo” must be a path of this site, like /organize.").AsException();
}
