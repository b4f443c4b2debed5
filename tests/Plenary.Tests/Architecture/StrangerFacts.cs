using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Platform.Graph;
using Plenary.Tests.Support;

namespace Plenary.Tests.Architecture;

/// <summary>Everything the graph changes, asked for by somebody without a session.</summary>
public sealed class StrangerFacts(SqliteApp app)
{
    /// <summary>Ways in, and what one does before being anybody. A new line here is a decision; say why in the commit.</summary>
    private static readonly string[] MeantForStrangers =
    [
        "claimInstallation", // carries the one-time link printed at the start
        "enterDemo", // only with --demo
        "giveUpOrder", // carries the random key of the buyer
        "passkeyRequestOptions",
        "payOrder", // carries the random key of the buyer
        "placeOrder",
        "register",
        "requestSignIn",
        "resendJoinLink",
        "signInWithPasskey",
        "signOut",
        "stopMessageMails", // carries a link of a mail
        "useJoinLink",
        "useSignInLink",
    ];

    [Fact]
    public async Task AStrangerChangesNothingButWhatIsMeantForStrangers()
    {
        using var stranger = app.Visitor();
        var schema = app.Services.GetRequiredService<PlenarySchema>();
        schema.Initialize(); // nobody may have asked before
        var mutations = schema.Mutation!.Fields;
        var answers = new Dictionary<string, string>();
        foreach (var mutation in mutations)
        {
            var arguments = string.Join(", ", mutation.Arguments?.Select(argument => $"{argument.Name}: {Sample(argument.ResolvedType!)}") ?? []);
            var fields = mutation.ResolvedType!.GetNamedType() is IComplexGraphType ? " { __typename }" : "";
            var answer = await stranger.GraphAnswer($"mutation {{ {mutation.Name}{(arguments.Length > 0 ? $"({arguments})" : "")}{fields} }}");
            answers[mutation.Name] = (string?)answer["errors"]?[0]?["extensions"]?["code"] ?? "done";
        }
        Assert.Empty(MeantForStrangers.Except(answers.Keys));
        var wrong = answers.Where(each => MeantForStrangers.Contains(each.Key) ? each.Value is "invalid-document" or "internal" : each.Value != "sign-in-required").Select(each => $"{each.Key}: {each.Value}");
        Assert.Empty(wrong);
    }

    /// <summary>A value of this type that has the right form and means nothing.</summary>
    private static string Sample(IGraphType type) => type switch
    {
        NonNullGraphType required => Sample(required.ResolvedType!),
        ListGraphType => "[]",
        IdGraphType => $"\"{Guid.CreateVersion7()}\"",
        StringGraphType => "\"sample\"",
        IntGraphType => "1",
        FloatGraphType => "1.5",
        BooleanGraphType => "true",
        DateTimeOffsetGraphType => "\"2027-01-01T10:00:00Z\"",
        EnumerationGraphType choices => choices.Values.First().Name,
        IInputObjectGraphType input => $"{{ {string.Join(", ", input.Fields.Where(f => f.ResolvedType is NonNullGraphType).Select(f => $"{f.Name}: {Sample(f.ResolvedType!)}"))} }}",
        _ => throw new NotSupportedException($"Say what a sample of {type} is."),
    };
}
