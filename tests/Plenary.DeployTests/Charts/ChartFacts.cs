using System.Text.Json.Nodes;
using k8s;
using Plenary.DeployTests.Support;
using YamlDotNet.Core;

namespace Plenary.DeployTests.Charts;

/// <summary>What Helm and Kubernetes' own types say to the charts.</summary>
public sealed class ChartFacts
{
    /// <summary>Helm finds nothing to complain about.</summary>
    [Theory]
    [MemberData(nameof(Variant.Names), MemberType = typeof(Variant))]
    public async Task IsCleanForHelm(string variant)
    {
        var of = Variant.Called(variant);
        (await Helm.Run("lint", "--strict", Repo.At($"deploy/helm/{of.Chart}"), "-f", Repo.At(of.Values))).Succeeded();
    }

    /// <summary>A template that says nothing Helm understands.</summary>
    [Fact]
    public async Task ABrokenTemplateIsFound()
    {
        using var folder = new TempFolder();
        var chart = folder.Copy("deploy/helm/plenary");
        TempFolder.Change(Path.Combine(chart, "templates/web.yaml"), "kind: Service\n", "kind: Service\n  oops: [\n");
        (await Helm.Run("lint", "--strict", chart, "-f", Repo.At(Variant.Production.Values))).Refused("unable to parse YAML");
    }

    /// <summary>For every version of Kubernetes that is promised, and only objects that Kubernetes' types can be made of: no unknown member, no wrong type.</summary>
    [Theory]
    [MemberData(nameof(Variant.Names), MemberType = typeof(Variant))]
    public async Task IsWhatKubernetesKnows(string variant)
    {
        foreach (var version in Variant.Kubernetes)
        {
            var yaml = await Variant.Called(variant).Rendered(version);
            var read = Strictly(yaml);
            Assert.True(read > 1, $"only {read} objects for Kubernetes {version}");
        }
    }

    [Theory]
    [InlineData("terminationGracePeriodSeconds:", "terminationGraceSeconds:", "terminationGraceSeconds")]
    [InlineData("containerPort: 8080", "containerPort: web", "web")]
    [InlineData("minReadySeconds: 5", "minReadySeconds: soon", "soon")]
    public async Task AnUnknownMemberOrAWrongTypeIsFound(string right, string wrong, string told)
    {
        var yaml = await Variant.Production.Rendered("1.34");
        Assert.Contains(right, yaml, StringComparison.Ordinal);
        var error = Assert.ThrowsAny<YamlException>(() => Strictly(yaml.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains(told, error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>An older Kubernetes than promised is refused instead of half served.</summary>
    [Fact]
    public async Task AnOldKubernetesIsRefused() =>
        (await Helm.Template(Repo.At("deploy/helm/plenary"), "1.31", ["-f", Repo.At(Variant.All[3].Values)])).Refused("incompatible with Kubernetes");

    /// <summary>The manifests that stand beside the values.</summary>
    [Theory]
    [InlineData("production")]
    [InlineData("staging")]
    [InlineData("development")]
    public void NamespacesAreWhatKubernetesKnows(string environment)
    {
        var yaml = File.ReadAllText(Repo.At($"deploy/environments/{environment}/namespaces.yaml"));
        Assert.Equal(Manifest.Read(yaml).Count, Strictly(yaml));
        // What is not a media node must fit into a namespace that allows nothing special.
        Assert.Equal("restricted", Manifest.Map(Manifest.Read(yaml).Single(m => m.Name == "plenary").Json, "metadata.labels")["pod-security.kubernetes.io/enforce"]);
    }

    /// <summary>The tables of the README files are those of the values' comments.</summary>
    [Fact]
    public async Task TablesSayWhatValuesAre()
    {
        (await Tool.RunAsync("node", ["deploy/helm/readme.mjs"])).Succeeded();
        using var folder = new TempFolder();
        var chart = folder.Copy("deploy/helm/plenary");
        TempFolder.Change(Path.Combine(chart, "values.yaml"), "  size: 20Gi", "  size: 21Gi");
        (await Tool.RunAsync("node", ["deploy/helm/readme.mjs", chart])).Refused("is not what values.yaml says");
        (await Tool.RunAsync("node", ["deploy/helm/readme.mjs", "--write", chart])).Succeeded();
        (await Tool.RunAsync("node", ["deploy/helm/readme.mjs", chart])).Succeeded();
        await File.AppendAllTextAsync(Path.Combine(chart, "values.yaml"), "\nnobodySaysWhatThisIs: 1\n", TestContext.Current.CancellationToken);
        (await Tool.RunAsync("node", ["deploy/helm/readme.mjs", chart])).Refused("nobodySaysWhatThisIs has no comment");
    }

    /// <summary>Everything in values.yaml may be set, and everything that may be set is in values.yaml.</summary>
    [Theory]
    [InlineData("plenary")]
    [InlineData("observability")]
    public void TheSchemaKnowsTheValuesAndNoOthers(string chart)
    {
        var schema = JsonNode.Parse(File.ReadAllText(Repo.At($"deploy/helm/{chart}/values.schema.json")))!.AsObject();
        var values = Manifest.Read("kind: x\n" + File.ReadAllText(Repo.At($"deploy/helm/{chart}/values.yaml"))).Single().Json;
        values.Remove("kind");
        Assert.Empty(Differences(schema, values, ""));
        schema["properties"]!["ghost"] = new JsonObject { ["type"] = "string" };
        Assert.Contains("ghost may be set and is not in values.yaml", Differences(schema, values, ""));
    }

    private static IEnumerable<string> Differences(JsonObject schema, JsonObject values, string at)
    {
        if (schema["properties"] is not JsonObject known) yield break;
        if (schema["additionalProperties"] is not JsonValue closed || closed.GetValue<bool>()) yield return $"{at} takes anything";
        foreach (var (name, of) in known.Where(p => p.Key != "global"))
        {
            if (!values.ContainsKey(name))
            {
                if (at.Split('.')[^1] is not ("labels" or "requests" or "limits" or "seccompProfile")) yield return $"{at}{(at == "" ? "" : ".")}{name} may be set and is not in values.yaml";
            }
            else if (values[name] is JsonObject inner && of is JsonObject more)
                foreach (var difference in Differences(more, inner, at == "" ? name : $"{at}.{name}")) yield return difference;
        }
    }

    /// <summary>Reads everything that belongs to Kubernetes itself; custom resources are for <see cref="CustomResourceFacts"/>.</summary>
    private static int Strictly(string yaml)
    {
        var builtIn = Manifest.Documents(yaml).Where(d => Manifest.Read(d).All(m => m.BuiltIn)).ToList();
        return builtIn.Sum(d => KubernetesYaml.LoadAllFromString(d, null, strict: true).Count);
    }
}
