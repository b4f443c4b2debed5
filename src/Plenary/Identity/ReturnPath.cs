namespace Plenary.Identity;

/// <summary>Where to go after signing in: a path of this site and nothing else, or a sign-in mail would be somebody's way to a look-alike site.</summary>
public static class ReturnPath
{
    private const int Longest = 500;
    private static readonly Uri Site = new("https://site.invalid");

    /// <summary>The path as it is safe to follow, or null when it leads (or could be read as leading) to another site.</summary>
    public static string? Safe(string? path)
    {
        if (path is null || path.Length > Longest || !path.StartsWith('/')) return null;
        // What is decoded once more on the way (by a router, a proxy) must not turn into another site either.
        for (var (text, rounds) = (path, 0); rounds < 3; (text, rounds) = (Uri.UnescapeDataString(text), rounds + 1))
            if (text.StartsWith("//", StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal) || text.Any(char.IsControl))
                return null;
        return Uri.TryCreate(Site, path, out var address) && address.Authority == Site.Authority && address.Scheme == Site.Scheme && !address.AbsolutePath.StartsWith("//", StringComparison.Ordinal)
            ? address.PathAndQuery + address.Fragment
            : null;
    }
}
