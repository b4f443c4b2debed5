using System.Globalization;

namespace Plenary.Stage.Media;

/// <summary>A segment in the file of a take.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Start">Seconds since the take began.</param>
/// <param name="Duration">Seconds.</param>
public readonly record struct IndexedSegment(long Offset, long Length, double Start, double Duration);

/// <summary>
/// Where the segments of a take's file are. While the take is recorded, every whole segment adds a line to a journal beside the file; what
/// the journal lacks (its end after a crash, or all of it) is found again in the file itself, which is the truth.
/// </summary>
public sealed record SegmentIndex(long InitLength, IReadOnlyList<IndexedSegment> Segments, bool IsComplete)
{
    /// <summary>Seconds.</summary>
    public double Duration => Segments.Sum(s => s.Duration);

    /// <summary>Reads the journal and whatever of the file it does not cover. A file that holds no stream gives an empty index.</summary>
    public static async Task<SegmentIndex> ReadAsync(string media, string journal, Pace pace, CancellationToken cancellation)
    {
        var length = File.Exists(media) ? new FileInfo(media).Length : 0;
        var (init, segments, complete) = await ReadJournalAsync(journal, length, cancellation);
        var covered = segments.Count > 0 ? segments[^1].Offset + segments[^1].Length : init;
        if (length > covered && !complete) (init, segments) = await ScanAsync(media, init, segments, pace, cancellation);
        return new(init, segments, complete);
    }

    /// <summary>Writes the journal anew, as of a file that is whole.</summary>
    public void Write(string journal)
    {
        var fresh = journal + ".new";
        using (var writer = new SegmentJournal(fresh))
        {
            if (InitLength > 0) writer.Init(InitLength);
            foreach (var segment in Segments) writer.Add(segment);
            writer.End();
        }
        File.Move(fresh, journal, overwrite: true);
    }

    /// <summary>A crash may have cut the last line; a line may also tell of bytes that never reached the disk.</summary>
    private static async Task<(long, List<IndexedSegment>, bool)> ReadJournalAsync(string journal, long length, CancellationToken cancellation)
    {
        var (init, complete) = (0L, false);
        var segments = new List<IndexedSegment>();
        var text = File.Exists(journal) ? await File.ReadAllTextAsync(journal, cancellation) : "";
        var lines = text.Split('\n');
        foreach (var line in lines.AsSpan(0, lines.Length - 1)) // after the last line feed: nothing, or a cut line
        {
            var words = line.Split(' ');
            if (words is ["init", var size] && TryLong(size, out var bytes) && bytes <= length) init = bytes;
            else if (words is ["end"]) complete = true;
            else if (init > 0 && words is [var o, var l, var s, var d] && TryLong(o, out var offset) && TryLong(l, out var count)
                     && TryDouble(s, out var start) && TryDouble(d, out var duration)
                     && offset == (segments.Count > 0 ? segments[^1].Offset + segments[^1].Length : init) && offset + count <= length)
                segments.Add(new(offset, count, start, duration));
            else return (init, segments, false);
        }
        return (init, segments, complete);
    }

    private static async Task<(long, List<IndexedSegment>)> ScanAsync(string media, long init, List<IndexedSegment> known, Pace pace, CancellationToken cancellation)
    {
        var segments = new List<IndexedSegment>(known);
        var reader = new FragmentReader();
        await using var file = new FileStream(media, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20, useAsync: true);
        var buffer = new byte[1 << 20];
        IndexedSegment? open = null;
        try
        {
            if (segments.Count > 0)
            {
                var head = new byte[init];
                await file.ReadExactlyAsync(head, cancellation);
                reader.Push(head);
                var last = segments[^1];
                file.Position = last.Offset + last.Length;
                reader.Resume(file.Position, last.Start + last.Duration);
            }
            for (int read; (read = await file.ReadAsync(buffer, cancellation)) > 0;)
            {
                foreach (var piece in reader.Push(buffer.AsSpan(0, read)))
                {
                    if (piece.Fragment is not { } fragment) init = piece.Data.Length;
                    else if (open is { } segment && !pace.Ends(segment.Duration, fragment))
                        open = segment with { Length = segment.Length + piece.Data.Length, Duration = segment.Duration + fragment.Duration };
                    else
                    {
                        if (open is { } whole) segments.Add(whole);
                        open = new(piece.Offset, piece.Data.Length, fragment.Start, fragment.Duration);
                    }
                }
            }
        }
        catch (Platform.RefusalException) { } // What was readable before is worth having.
        if (open is { } tail) segments.Add(tail);
        return (init, segments);
    }

    private static bool TryLong(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryDouble(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && value >= 0;
}

/// <summary>Writes the journal of a <see cref="SegmentIndex"/>, a line at a time. Not synced: the file can always be read again.</summary>
public sealed class SegmentJournal(string path) : IDisposable
{
    private readonly StreamWriter writer = new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read)) { AutoFlush = true, NewLine = "\n" };

    public void Init(long length) => Line($"init {length}");

    public void Add(IndexedSegment segment) => Line($"{segment.Offset} {segment.Length} {segment.Start:R} {segment.Duration:R}");

    /// <summary>The file holds all that was recorded.</summary>
    public void End() => Line($"end");

    public void Dispose() => writer.Dispose();

    // One write for a whole line.
    private void Line(FormattableString line) => writer.Write(FormattableString.Invariant(line) + "\n");
}
