namespace Plenary.Calls.Janus;

/// <summary>What is to be received.</summary>
internal readonly record struct Aim(string Feed, FeedStream Stream, int Layer);

/// <summary>What is received.</summary>
/// <param name="Mid">Its section in the browser's description.</param>
/// <param name="Feed">Whose.</param>
/// <param name="FeedMid">Its section in the publisher's.</param>
/// <param name="IsVideo">Picture, or else sound.</param>
internal sealed record Received(string Mid, string Feed, string FeedMid, bool IsVideo)
{
    /// <summary>After this long, a size that Janus does not send is asked for again; then after twice as long, and so on.</summary>
    internal static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>So often a size is asked for: a publisher may not send it at all.</summary>
    private const int MostAsks = 5;

    /// <summary>The size that was asked for; null when it is to be asked for.</summary>
    public int? Layer { get; init; }

    /// <summary>The size that Janus sends; null while it has not said so.</summary>
    public int? Sent { get; init; }

    private int? LastAskedFor { get; init; }

    private int Asks { get; init; }

    private long AskedAt { get; init; }

    public bool Is(Aim aim) => Feed == aim.Feed && FeedMid == aim.Stream.Mid;

    /// <summary>This, after Janus was asked for a size.</summary>
    public Received AskedFor(int layer, TimeProvider clock) =>
        this with { Layer = layer, LastAskedFor = layer, Asks = LastAskedFor == layer ? Asks + 1 : 1, AskedAt = clock.GetTimestamp() };

    /// <summary>Whether a size was asked for, and did not come, for so long that it is to be asked for again.</summary>
    public bool IsMissing(TimeProvider clock) =>
        Layer is not null && Sent != Layer && Asks < MostAsks && clock.GetElapsedTime(AskedAt) >= Again * (1 << (Asks - 1));
}
