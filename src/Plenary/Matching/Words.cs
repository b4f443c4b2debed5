namespace Plenary.Matching;

/// <summary>Tags as numbers: equal ones, whatever their case, are one.</summary>
internal sealed class Words
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> spelled = [];

    public int Count => spelled.Count;

    /// <summary>As it was first written.</summary>
    public string this[int word] => spelled[word];

    /// <summary>-1 for what is no word.</summary>
    public int Of(string? word)
    {
        word = word?.Trim();
        if (string.IsNullOrEmpty(word)) return -1;
        if (numbers.TryGetValue(word, out var number)) return number;
        numbers.Add(word, spelled.Count);
        spelled.Add(word);
        return spelled.Count - 1;
    }

    /// <summary>In order, each once.</summary>
    public int[] Of(string[] words)
    {
        if (words.Length == 0) return [];
        var found = words.Select(Of).Where(word => word >= 0).Distinct().ToArray();
        Array.Sort(found);
        return found;
    }

    /// <summary>
    /// Two sketches without a common bit are of words without a common one; most pairs of people have nothing in common, and this tells it at once. A filter of one machine
    /// word (B. Bloom, Space/time trade-offs in hash coding with allowable errors, Communications of the ACM 13, 1970), exact for up to 64 words.
    /// </summary>
    public static ulong Sketch(int[] words)
    {
        var sketch = 0ul;
        foreach (var word in words) sketch |= 1ul << (word & 63);
        return sketch;
    }
}
