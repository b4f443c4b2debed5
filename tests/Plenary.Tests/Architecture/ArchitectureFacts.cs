using System.Reflection;
using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Platform.Graph;
using Plenary.Tests.Support;

namespace Plenary.Tests.Architecture;

/// <summary>The rules of the house that a compiler does not know.</summary>
public sealed class ArchitectureFacts(SqliteApp app)
{
    private static readonly Assembly Product = typeof(Program).Assembly;

    [Fact]
    public void ASliceKnowsOnlyTheSlicesItDeclares()
    {
        using var reader = new AssemblyReader(Product.Location);
        var broken = reader.Uses()
            .Select(use => (use.From, use.To, FromSlice: SliceOf(use.From), ToSlice: SliceOf(use.To)))
            .Where(use => use.FromSlice is not null && use.ToSlice is not null && use.FromSlice != use.ToSlice && use.ToSlice != "Platform")
            .Where(use => !MayUse.Table.TryGetValue(use.FromSlice!, out var allowed) || !allowed.Contains(use.ToSlice))
            .Select(use => $"{use.From} uses {use.To}")
            .Distinct().Order().ToList();
        Assert.Empty(broken);
    }

    [Fact]
    public void EveryFolderOfTheProductIsInTheTable()
    {
        using var reader = new AssemblyReader(Product.Location);
        var slices = Product.GetTypes().Select(type => SliceOf(type.FullName ?? "")).OfType<string>().Distinct().Order();
        Assert.Empty(slices.Except(MayUse.Table.Keys));
    }

    [Fact]
    public void TheReaderSeesAUseInsideAMethodBody()
    {
        using var reader = new AssemblyReader(typeof(ArchitectureFacts).Assembly.Location);
        Assert.Contains((typeof(ArchitectureFacts).FullName!, typeof(AssemblyReader).FullName!), reader.Uses());
    }

    [Fact]
    public void EveryGrainMethodAndWireRecordHasAnExplicitName()
    {
        var grains = Product.GetTypes().Where(type => type.IsInterface && (type.IsAssignableTo(typeof(IAddressable)) || type.IsAssignableTo(typeof(IGrainObserver))));
        var unnamed = grains.SelectMany(type => type.GetMethods().Cast<MemberInfo>().Append(type)).Where(member => member.GetCustomAttribute<AliasAttribute>() is null)
            .Concat(Product.GetTypes().Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null && type.GetCustomAttribute<AliasAttribute>() is null))
            .Select(member => $"{member.DeclaringType?.Name}.{member.Name}");
        Assert.Empty(unnamed);
    }

    [Fact]
    public void TheCheckedInSchemaIsTheRealOne()
    {
        using var _ = app.Visitor();
        var schema = app.Services.GetRequiredService<PlenarySchema>();
        schema.Initialize();
        using var stream = Product.GetManifestResourceStream("schema.graphql")!;
        using var text = new StreamReader(stream);
        var expected = GraphDifference.Lines(text.ReadToEnd());
        var actual = GraphDifference.Lines(schema.Print());
        Assert.Empty(expected.Except(actual).Select(line => "only checked in: " + line).Concat(actual.Except(expected).Select(line => "only real: " + line)));
    }

    private static string? SliceOf(string type)
    {
        if (!type.StartsWith("Plenary.", StringComparison.Ordinal)) return null;
        var parts = type.Split('.');
        return parts.Length > 2 && parts[1] != "Migrations" && char.IsUpper(parts[1][0]) ? parts[1] : null;
    }
}
