using Plenary.Calls.Janus;

namespace Plenary.Tests.Calls;

/// <summary>At which media server a call is held.</summary>
public sealed class PlacementFacts
{
    [Fact]
    public void ACallGoesToTheServerThatCarriesLeast() =>
        Assert.Equal("b", Placement.Choose("call", [Node("a", 7), Node("b", 3), Node("c", 4)]));

    [Fact]
    public void ACallStaysWhereItIs() =>
        Assert.Equal("a", Placement.Choose("call", [Node("a", 70, calls: "call"), Node("b", 3)]));

    [Fact]
    public void AServerThatIsBeingEmptiedOrAwayTakesNone()
    {
        Assert.Equal("c", Placement.Choose("call", [Node("a", 0, NodeState.Draining, "call"), Node("b", 0, NodeState.Down), Node("c", 90)]));
        Assert.Null(Placement.Choose("call", [Node("a", 0, NodeState.Draining), Node("b", 0, NodeState.Down)]));
        Assert.Null(Placement.Choose("call", []));
    }

    [Fact]
    public void CallsThatBeginAtOnceAreSpreadOverEqualServers()
    {
        NodeLoad[] nodes = [Node("a", 0), Node("b", 0), Node("c", 0), Node("d", 0)];
        var chosen = Enumerable.Range(0, 400).Select(_ => Placement.Choose(Guid.CreateVersion7().ToString(), nodes)!).CountBy(n => n).ToDictionary(n => n.Key, n => n.Value);
        Assert.Equal(4, chosen.Count);
        Assert.All(chosen.Values, count => Assert.InRange(count, 55, 160));
    }

    private static NodeLoad Node(string name, int weight, NodeState state = NodeState.Up, params string[] calls) => new(name, state, weight, calls.ToHashSet());
}
