using System.Text;

namespace Plenary.Stage.Media;

/// <summary>
/// The origin of one take's LL-HLS (draft-pantos-hls-rfc8216bis): fed with fragmented MP4 by one writer, asked by any number of players.
/// Keeps the latest <see cref="Kept"/> segments in memory and nothing else.
/// </summary>
public sealed class LiveStream(Pace pace, TimeProvider clock)
{
    /// <summary>Segments in memory: those listed, and older ones for as long as a slow player may still ask for them.</summary>
    public const int Kept = 20;

    /// <summary>How long a request for what is not there yet may wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    private readonly FragmentReader reader = new();
    private readonly Lock gate = new();
    private readonly List<Segment> segments = [];
    private TaskCompletionSource changed = NewSignal();
    private long segmentCount, partCount;
    private double partTarget = pace.Part;
    private int targetDuration = (int)Math.Ceiling(pace.Segment) + 1;
    private int longest = (int)Math.Round(pace.Segment, MidpointRounding.AwayFromZero); // of the segments so far, rounded as the format rounds
    private byte[]? playlist, plain;

    /// <summary>Tells of every segment that became whole: where it is in the stream and when on the timeline. Called by the writer.</summary>
    public Action<IndexedSegment>? SegmentDone { get; init; }

    /// <summary>Tells of the initialization section's length in bytes. Called by the writer.</summary>
    public Action<long>? InitDone { get; init; }

    /// <summary>Tells of every piece as it comes. Called by the writer.</summary>
    public Action<Piece>? PieceDone { get; init; }

    /// <summary>The stream that this one is made of: their times are the same, however long the making takes.</summary>
    public LiveStream? Source { get; init; }

    /// <summary><c>ftyp</c> and <c>moov</c>, once they are there.</summary>
    public byte[]? Init { get; private set; }

    /// <summary>What picture and sound are made of, once known.</summary>
    public (Codec? Picture, Codec? Sound) Codecs { get; private set; }

    /// <summary>Bits per second of the heaviest segment so far.</summary>
    public double Peak { get; private set; }

    /// <summary>True when a player finds something to play.</summary>
    public bool HasSegment { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>When the newest part came; null before the first.</summary>
    public DateTimeOffset? NewestPartAt { get; private set; }

    /// <summary>The wall clock at second 0 of the timeline.</summary>
    public DateTimeOffset? BeganAt { get; private set; }

    /// <summary>Takes the next bytes. Refused: <see cref="MalformedMedia"/>.</summary>
    public void Push(ReadOnlySpan<byte> chunk)
    {
        foreach (var piece in reader.Push(chunk))
        {
            if (piece.Fragment is { } fragment) Add(piece, fragment);
            else
            {
                var movie = Movie.Of(piece.Data);
                Codecs = (movie.Picture, movie.Sound);
                Init = piece.Data;
                InitDone?.Invoke(piece.Data.Length);
                Wake();
            }
            PieceDone?.Invoke(piece);
        }
    }

    /// <summary>Nothing more comes: the open segment is closed and players are told to stop asking.</summary>
    public void End()
    {
        lock (gate)
        {
            if (HasEnded) return;
            HasEnded = true;
            CloseSegment();
        }
        Wake();
    }

    private void Add(Piece piece, Fragment fragment)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            NewestPartAt = now;
            BeganAt ??= Source?.BeganAt ?? now - TimeSpan.FromSeconds(fragment.Duration);
            if (segments.Count == 0 || segments[^1].IsWhole || pace.Ends(segments[^1].Duration, fragment))
            {
                CloseSegment();
                segments.Add(new Segment(segmentCount++, piece.Offset, fragment.Start, BeganAt.Value + TimeSpan.FromSeconds(fragment.Start)));
                if (segments.Count > Kept) segments.RemoveAt(0);
            }
            segments[^1].Add(new Part(partCount++, piece.Data, fragment));
            // Both targets are fixed by the format; a recorder that keeps another pace than agreed may only raise them.
            partTarget = Math.Max(partTarget, fragment.Duration);
        }
        Wake();
    }

    private void CloseSegment()
    {
        if (segments.Count == 0 || segments[^1] is not { IsWhole: false } last) return;
        last.IsWhole = true;
        HasSegment = true;
        if (last.Duration > 0) Peak = Math.Max(Peak, last.Length * 8 / last.Duration);
        longest = Math.Max(longest, (int)Math.Round(last.Duration, MidpointRounding.AwayFromZero));
        targetDuration = Math.Max(targetDuration, longest);
        SegmentDone?.Invoke(new IndexedSegment(last.Offset, last.Length, last.Start, last.Duration));
    }

    private void Wake()
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            playlist = plain = null;
            (signal, changed) = (changed, NewSignal());
        }
        signal.SetResult();
    }

    /// <summary>The playlist as it is now, in UTF-8: with parts and blocking reload, or without for players that shall ask less often.</summary>
    public byte[] Playlist(bool isPlain = false)
    {
        lock (gate)
        {
            if (isPlain) return plain ??= Encoding.UTF8.GetBytes(LivePlaylist.WritePlain(segments, Math.Max(1, longest), HasEnded));
            return playlist ??= Encoding.UTF8.GetBytes(LivePlaylist.Write(segments, targetDuration, partTarget, HasEnded ? null : partCount));
        }
    }

    /// <summary>The playlist of what is said in each whole segment.</summary>
    public byte[] CaptionPlaylist()
    {
        lock (gate) return Encoding.UTF8.GetBytes(LivePlaylist.WriteCaptions(segments, Math.Max(1, longest), HasEnded));
    }

    /// <summary>From when to when a whole segment lasts, in seconds of the stream; null when it is gone or not whole yet.</summary>
    public (double Start, double End)? SpanOf(long number)
    {
        lock (gate) return segments.Find(s => s.Number == number && s.IsWhole) is { } found ? (found.Start, found.Start + found.Duration) : null;
    }

    /// <summary>Whether a request for this segment (and part) is so far ahead that it cannot be a player's (6.2.5.2).</summary>
    public bool IsTooFarAhead(long segment)
    {
        lock (gate) return segment > segmentCount + 1;
    }

    /// <summary>Waits until the playlist has this segment, or this part of it (6.2.5.2). False when the time ran out.</summary>
    public Task<bool> WaitForAsync(long segment, long? part, CancellationToken cancellation) => WaitAsync(() => IsListed(segment, part), cancellation);

    private bool IsListed(long number, long? part)
    {
        if (HasEnded) return true;
        // A part beyond a segment's last one means the first of the next: it is there as soon as the next segment is.
        if (segmentCount - 1 > number) return true;
        if (segmentCount - 1 < number) return false;
        return part is { } index && segments[^1].Parts.Count > index;
    }

    /// <summary>A part's bytes; waits for it when it is the one hinted at. Null when it is gone or not to be expected.</summary>
    public async Task<byte[]?> PartAsync(long number, CancellationToken cancellation)
    {
        lock (gate)
            if (number > partCount || (number == partCount && HasEnded)) return null;
        await WaitAsync(() => partCount > number || HasEnded, cancellation);
        lock (gate)
        {
            for (var i = segments.Count - 1; i >= 0; i--)
                if (segments[i].Parts is [{ Number: var first }, ..] parts && first <= number)
                    return number - first < parts.Count ? parts[(int)(number - first)].Data : null;
            return null;
        }
    }

    /// <summary>A whole segment's bytes, or null when it is gone or not whole yet.</summary>
    public byte[]? SegmentData(long number)
    {
        Segment? segment;
        lock (gate) segment = segments.Find(s => s.Number == number && s.IsWhole);
        return segment?.Data(); // a whole segment never changes
    }

    private async Task<bool> WaitAsync(Func<bool> there, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(LongestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        while (true)
        {
            Task signal;
            lock (gate)
            {
                if (there()) return true;
                signal = changed.Task;
            }
            try { await signal.WaitAsync(either.Token); }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested) { return false; }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
