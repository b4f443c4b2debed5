using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plenary.Calls.Janus;

/// <summary>What a node carries.</summary>
/// <param name="Node">Its name.</param>
/// <param name="State">Whether it takes calls.</param>
/// <param name="Weight">What it carries: one for each who watches, three for each who publishes.</param>
/// <param name="Calls">The calls that are there.</param>
internal sealed record NodeLoad(string Node, NodeState State, int Weight, IReadOnlySet<string> Calls);

/// <summary>At which node a call is.</summary>
internal static class Placement
{
    /// <summary>
    /// Where the call is already, so that a process that has forgotten finds it again; otherwise the node that carries least. Equals are told apart by the call,
    /// so that a thousand tables that open at once do not all go to the first (rendezvous hashing, Thaler and Ravishankar 1996).
    /// </summary>
    /// <returns>The node's name, or null when none takes it.</returns>
    public static string? Choose(string call, IReadOnlyList<NodeLoad> nodes)
    {
        var open = nodes.Where(n => n.State == NodeState.Up).ToList();
        return (open.Find(n => n.Calls.Contains(call)) ?? open.OrderBy(n => n.Weight).ThenBy(n => Draw(call, n.Node)).FirstOrDefault())?.Node;
    }

    private static ulong Draw(string call, string node) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{call} {node}")));
}
