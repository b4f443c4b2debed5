namespace Plenary.Platform.Telemetry;

/// <summary>Paths whose end is a key: whoever reads them in a log or a trace could use them.</summary>
public static class PrivatePaths
{
    private static readonly string[] Prefixes = ["/j/", "/sign-in/link/", "/setup/", "/live/", "/replays/", "/captions/", "/mailbox/", "/my-agenda/"];

    /// <summary>The path as it may be written down: <c>/j/…</c>.</summary>
    public static string Redact(string? path)
    {
        var known = Prefixes.FirstOrDefault(p => path?.StartsWith(p, StringComparison.OrdinalIgnoreCase) == true);
        return known is null ? OneLine(path ?? "") : known + "…";
    }

    /// <summary>A path may hold decoded line breaks: without them nobody can write lines of their own into our log.</summary>
    private static string OneLine(string path) => path.Any(char.IsControl) ? string.Concat(path.Select(c => char.IsControl(c) ? '?' : c)) : path;
}
