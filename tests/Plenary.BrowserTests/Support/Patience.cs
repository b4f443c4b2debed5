namespace Plenary.BrowserTests.Support;

/// <summary>
/// How long a journey waits for what must come: longer than the longest pause between two attempts to come back. It says nothing about how fast things should
/// be, which is for load/ to measure; a busy machine gets its time, and a journey that waited so long has failed.
/// </summary>
internal static class Patience
{
    /// <summary>In milliseconds.</summary>
    public const int Ms = 90_000;

    /// <summary>The same as a time.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromMilliseconds(Ms);
}
