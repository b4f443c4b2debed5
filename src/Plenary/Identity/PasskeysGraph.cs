using GraphQL;
using GraphQL.Types;
using Microsoft.AspNetCore.Identity;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;

namespace Plenary.Identity;

public sealed class PasskeyType : ObjectGraphType<UserPasskeyInfo>
{
    public PasskeyType()
    {
        Name = "Passkey";
        Field<NonNullGraphType<IdGraphType>>("id").Resolve(context => Passkeys.IdOf(context.Source));
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(context => context.Source.Name ?? "");
        Field("createdAt", key => key.CreatedAt);
    }
}

internal sealed class PasskeysGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        // The keys of an account are nobody's business who only holds a link to one event.
        graph.Type<ViewerType>().Field<NonNullGraphType<ListGraphType<NonNullGraphType<PasskeyType>>>>("passkeys")
            .ResolveAsync(async context => context.Viewer().IsAccount ? await context.Service<Passkeys>().Of(context.Source.Id) : []);
        graph.Mutation.Field<NonNullGraphType<StringGraphType>>("passkeyCreationOptions").Description("JSON for navigator.credentials.create")
            .ResolveAsync(async context => await context.Service<Passkeys>().CreationOptions(context.Http(), context.Viewer().RequireAccount()));
        graph.Mutation.Field<NonNullGraphType<PasskeyType>>("addPasskey")
            .Argument<NonNullGraphType<StringGraphType>>("credential").Argument<NonNullGraphType<StringGraphType>>("name")
            .ResolveAsync(async context => await context.Service<Passkeys>().Add(context.Http(), context.Viewer().RequireAccount(),
                context.GetArgument<string>("credential"), context.GetArgument<string>("name")));
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("removePasskey").Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context =>
            {
                await context.Service<Passkeys>().Remove(context.Viewer().RequireAccount(), context.GetArgument<string>("id"));
                return true;
            });
        graph.Mutation.Field<NonNullGraphType<StringGraphType>>("passkeyRequestOptions").Description("JSON for navigator.credentials.get")
            .ResolveAsync(async context => await context.Service<Passkeys>().RequestOptions(context.Http()));
        graph.Mutation.Field<NonNullGraphType<SignedInType>>("signInWithPasskey").Argument<NonNullGraphType<StringGraphType>>("credential")
            .ResolveAsync(async context =>
            {
                context.LimitClient(RateLimit.SignIn);
                var person = await context.Service<Passkeys>().SignIn(context.Http(), context.GetArgument<string>("credential"));
                return new SignedIn(person, SignedIn.Home);
            });
    }
}
