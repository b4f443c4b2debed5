namespace Plenary.Load.Bench;

/// <summary>
/// The heaviest of all matchings of a general graph, by Edmonds' primal-dual method in O(n³): J. Edmonds, Maximum matching and a polyhedron with 0,1-vertices, Journal of
/// Research of the National Bureau of Standards 69B, 1965; Z. Galil, Efficient algorithms for finding maximum matching in graphs, ACM Computing Surveys
/// 18, 1986. The product is measured against it and does not use it. Vertices count from 1, 0 is nobody; numbers above the vertices are blossoms.
/// </summary>
internal sealed class HeaviestMatching
{
    private const int Free = -1, Outer = 0, Inner = 1;

    private readonly int vertices;
    private readonly Edge[,] edges;
    private readonly long[] dual;
    private readonly int[] mate, slack, top, parent, label, visited;
    private readonly int[,] holds;
    private readonly List<int>[] petals;
    private readonly Queue<int> queue = new();
    private int last, visit;

    private HeaviestMatching(long[,] weights)
    {
        vertices = last = weights.GetLength(0);
        var most = 2 * vertices + 1;
        edges = new Edge[most, most];
        (dual, holds, petals) = (new long[most], new int[most, vertices + 1], new List<int>[most]);
        (mate, slack, top, parent, label, visited) = (new int[most], new int[most], new int[most], new int[most], new int[most], new int[most]);
        var heaviest = 0L;
        for (var a = 1; a < most; a++)
        {
            petals[a] = [];
            for (var b = 1; b < most; b++) edges[a, b] = new(a, b, a <= vertices && b <= vertices && a != b ? weights[a - 1, b - 1] : 0);
        }
        foreach (var weight in weights) heaviest = Math.Max(heaviest, weight);
        for (var a = 1; a <= vertices; a++) (top[a], dual[a], holds[a, a]) = (a, heaviest, a);
    }

    /// <summary>For each vertex, from 0, its mate; -1 for none.</summary>
    /// <param name="weights">Symmetric; only edges above 0 are there. With the same large number added to each, as many as possible are matched.</param>
    public static int[] Of(long[,] weights)
    {
        var graph = new HeaviestMatching(weights);
        while (graph.Augment()) { }
        return [.. Enumerable.Range(1, graph.vertices).Select(vertex => graph.mate[vertex] - 1)];
    }

    /// <summary>One stage: a matching of one edge more, or the heaviest is found.</summary>
    private bool Augment()
    {
        Array.Fill(label, Free, 0, last + 1);
        Array.Clear(slack, 0, last + 1);
        queue.Clear();
        for (var x = 1; x <= last; x++)
            if (top[x] == x && mate[x] == 0)
            {
                (parent[x], label[x]) = (0, Outer);
                Push(x);
            }
        if (queue.Count == 0) return false;
        while (true)
        {
            while (queue.TryDequeue(out var u))
            {
                if (label[top[u]] == Inner) continue;
                for (var v = 1; v <= vertices; v++)
                {
                    if (edges[u, v].Weight <= 0 || top[u] == top[v]) continue;
                    if (Slack(edges[u, v]) > 0) Tighten(u, top[v]);
                    else if (Found(edges[u, v])) return true;
                }
            }
            if (!Relax()) return false;
            for (var x = 1; x <= last; x++)
                if (top[x] == x && slack[x] != 0 && top[slack[x]] != x && Slack(edges[slack[x], x]) == 0 && Found(edges[slack[x], x])) return true;
            for (var b = vertices + 1; b <= last; b++)
                if (top[b] == b && label[b] == Inner && dual[b] == 0) Expand(b);
        }
    }

    /// <summary>Changes the duals as far as an edge becomes tight; false when vertices may stay free from here on.</summary>
    private bool Relax()
    {
        var delta = long.MaxValue;
        for (var b = vertices + 1; b <= last; b++)
            if (top[b] == b && label[b] == Inner) delta = Math.Min(delta, dual[b] / 2);
        for (var x = 1; x <= last; x++)
            if (top[x] == x && slack[x] != 0 && label[x] != Inner) delta = Math.Min(delta, Slack(edges[slack[x], x]) / (label[x] == Free ? 1 : 2));
        for (var u = 1; u <= vertices; u++)
            if (label[top[u]] == Outer)
            {
                if (dual[u] <= delta) return false;
                dual[u] -= delta;
            }
            else if (label[top[u]] == Inner) dual[u] += delta;
        for (var b = vertices + 1; b <= last; b++)
            if (top[b] == b) dual[b] += label[b] == Outer ? 2 * delta : label[b] == Inner ? -2 * delta : 0;
        queue.Clear();
        return true;
    }

    private long Slack(in Edge edge) => dual[edge.A] + dual[edge.B] - 2 * edges[edge.A, edge.B].Weight;

    private void Tighten(int u, int x)
    {
        if (slack[x] == 0 || Slack(edges[u, x]) < Slack(edges[slack[x], x])) slack[x] = u;
    }

    private void FindSlack(int x)
    {
        slack[x] = 0;
        for (var u = 1; u <= vertices; u++)
            if (edges[u, x].Weight > 0 && top[u] != x && label[top[u]] == Outer) Tighten(u, x);
    }

    private void Push(int x)
    {
        if (x <= vertices) queue.Enqueue(x);
        else foreach (var petal in petals[x]) Push(petal);
    }

    private void SetTop(int x, int blossom)
    {
        top[x] = blossom;
        if (x > vertices)
            foreach (var petal in petals[x]) SetTop(petal, blossom);
    }

    /// <summary>A tight edge from an outer vertex; true when the matching grew.</summary>
    private bool Found(Edge edge)
    {
        var (u, v) = (top[edge.A], top[edge.B]);
        if (label[v] == Free)
        {
            (parent[v], label[v]) = (edge.A, Inner);
            var next = top[mate[v]];
            slack[v] = slack[next] = 0;
            label[next] = Outer;
            Push(next);
        }
        else if (label[v] == Outer)
        {
            var stem = Stem(u, v);
            if (stem == 0)
            {
                Flip(u, v);
                Flip(v, u);
                return true;
            }
            Contract(u, stem, v);
        }
        return false;
    }

    private int Stem(int u, int v)
    {
        for (visit++; u != 0 || v != 0; (u, v) = (v, u))
        {
            if (u == 0) continue;
            if (visited[u] == visit) return u;
            visited[u] = visit;
            u = top[mate[u]];
            if (u != 0) u = top[parent[u]];
        }
        return 0;
    }

    private void Flip(int u, int v)
    {
        while (true)
        {
            var next = top[mate[u]];
            Match(u, v);
            if (next == 0) return;
            Match(next, top[parent[next]]);
            (u, v) = (top[parent[next]], next);
        }
    }

    private void Match(int u, int v)
    {
        var edge = edges[u, v];
        mate[u] = edge.B;
        if (u <= vertices) return;
        var at = holds[u, edge.A];
        var place = EvenPlace(u, at);
        for (var n = 0; n < place; n++) Match(petals[u][n], petals[u][n ^ 1]);
        Match(at, v);
        petals[u] = [.. petals[u][place..], .. petals[u][..place]];
    }

    /// <summary>Where a petal is, counted in the direction in which it is at an even place.</summary>
    private int EvenPlace(int blossom, int petal)
    {
        var place = petals[blossom].IndexOf(petal);
        if (place % 2 == 0) return place;
        petals[blossom].Reverse(1, petals[blossom].Count - 1);
        return petals[blossom].Count - place;
    }

    private void Contract(int u, int stem, int v)
    {
        var b = vertices + 1;
        while (b <= last && top[b] != 0) b++;
        last = Math.Max(last, b);
        (dual[b], label[b], mate[b]) = (0, Outer, mate[stem]);
        petals[b] = [stem];
        Climb(u);
        petals[b].Reverse(1, petals[b].Count - 1);
        Climb(v);
        SetTop(b, b);
        for (var x = 1; x <= last; x++) edges[b, x].Weight = edges[x, b].Weight = 0;
        for (var x = 1; x <= vertices; x++) holds[b, x] = 0;
        foreach (var petal in petals[b])
        {
            for (var x = 1; x <= last; x++)
                if (edges[b, x].Weight == 0 || Slack(edges[petal, x]) < Slack(edges[b, x])) (edges[b, x], edges[x, b]) = (edges[petal, x], edges[x, petal]);
            for (var x = 1; x <= vertices; x++)
                if (holds[petal, x] != 0) holds[b, x] = petal;
        }
        FindSlack(b);

        void Climb(int x)
        {
            while (x != stem)
            {
                var next = top[mate[x]];
                petals[b].Add(x);
                petals[b].Add(next);
                Push(next);
                x = top[parent[next]];
            }
        }
    }

    private void Expand(int b)
    {
        foreach (var petal in petals[b]) SetTop(petal, petal);
        var at = holds[b, edges[b, parent[b]].A];
        var place = EvenPlace(b, at);
        for (var n = 0; n < place; n += 2)
        {
            var (inner, outer) = (petals[b][n], petals[b][n + 1]);
            (parent[inner], label[inner], label[outer], slack[inner]) = (edges[outer, inner].A, Inner, Outer, 0);
            FindSlack(outer);
            Push(outer);
        }
        (label[at], parent[at]) = (Inner, parent[b]);
        foreach (var petal in petals[b][(place + 1)..])
        {
            label[petal] = Free;
            FindSlack(petal);
        }
        top[b] = 0;
    }

    private struct Edge(int a, int b, long weight)
    {
        public readonly int A = a;
        public readonly int B = b;
        public long Weight = weight;
    }
}
