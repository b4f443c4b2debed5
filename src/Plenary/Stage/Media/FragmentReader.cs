using System.Buffers.Binary;

namespace Plenary.Stage.Media;

/// <summary>What a stream is made of: first its initialization section (<c>ftyp</c> and <c>moov</c>), then fragments.</summary>
/// <param name="Offset">Where it begins in the stream, in bytes.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Fragment">Null for the initialization section; else what the fragment holds.</param>
public sealed record Piece(long Offset, byte[] Data, Fragment? Fragment);

/// <summary>One <c>moof</c> and its <c>mdat</c>.</summary>
/// <param name="Start">Seconds since the stream began, on the stream's own timeline without its gaps.</param>
/// <param name="Duration">Seconds until the end; the durations of all fragments add up to the length of the stream.</param>
/// <param name="IsKey">Its first picture needs no earlier one: a player may begin here.</param>
public sealed record Fragment(double Start, double Duration, bool IsKey);

/// <summary>
/// Cuts a stream of fragmented MP4 (ISO/IEC 14496-12, 8.8) into its initialization section and its fragments, whatever the size of the
/// chunks it arrives in. Holds one fragment at most; refuses with <see cref="MalformedMedia"/> what is not such a stream or wants more memory.
/// </summary>
public sealed class FragmentReader
{
    /// <summary>Largest initialization section, and largest sum of the boxes around one fragment's media, in bytes.</summary>
    public const int LargestHeader = 1 << 20;

    /// <summary>Largest media of one fragment, in bytes.</summary>
    public const int LargestMedia = 32 << 20;

    private const double LongestFragment = 60, LongestGap = 10;

    private byte[] unit = new byte[64 * 1024];
    private int filled, box; // bytes of the unit that are here; where its current box begins
    private long position;
    private Movie? movie;
    private Movie.Span? span;
    private double? rawEnd;
    private double timeline;

    /// <summary>How many bytes of the stream belong to whole pieces.</summary>
    public long Whole => position;

    /// <summary>Goes on in the middle of a stream whose initialization section was read: at a fragment's first byte.</summary>
    public void Resume(long offset, double start)
    {
        if (movie is null || filled > 0) throw new InvalidOperationException("Resume after the initialization section.");
        (position, timeline, rawEnd) = (offset, start, null);
    }

    /// <summary>Takes the next bytes; answers the pieces they complete. After a refusal the reader is of no more use.</summary>
    public List<Piece> Push(ReadOnlySpan<byte> chunk)
    {
        var pieces = new List<Piece>();
        while (!chunk.IsEmpty)
        {
            // Never take more than the current box needs: what follows belongs to the next unit.
            var wanted = Math.Min(Wanted(), chunk.Length);
            Append(chunk[..wanted]);
            chunk = chunk[wanted..];
            if (Header() is not { } header || filled - box < header.Size) continue;
            if (Close(header) is { } piece) pieces.Add(piece);
        }
        return pieces;
    }

    private int Wanted()
    {
        var here = filled - box;
        if (Header() is { } header) return (int)(header.Size - here);
        return here < 8 ? 8 - here : 16 - here;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (filled + bytes.Length > unit.Length) Array.Resize(ref unit, Math.Max(unit.Length * 2, filled + bytes.Length));
        bytes.CopyTo(unit.AsSpan(filled));
        filled += bytes.Length;
    }

    /// <summary>The current box's header, once it is here. Refused as soon as it cannot be right, before its content is taken in.</summary>
    private (uint Type, long Size, int Length)? Header()
    {
        var here = unit.AsSpan(box, filled - box);
        if (here.Length < 8) return null;
        long size = BinaryPrimitives.ReadUInt32BigEndian(here);
        var type = BinaryPrimitives.ReadUInt32BigEndian(here[4..]);
        var length = 8;
        if (!BoxType.Plausible(type)) throw MalformedMedia.Because("it is not MP4");
        if (size == 1)
        {
            if (here.Length < 16) return null;
            (size, length) = ((long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(here[8..]), long.MaxValue), 16);
        }
        if (size < length) throw MalformedMedia.Because($"the size of the box “{BoxType.Name(type)}” is wrong");
        if (position == 0 && box == 0 && type != BoxType.Ftyp) throw MalformedMedia.Because("it does not begin as MP4 does");
        var (room, kind) = type == BoxType.Mdat ? (LargestMedia, "media") : (LargestHeader - box, "headers");
        if (size > room) throw MalformedMedia.Because($"the {kind} of one fragment are larger than this server takes");
        return (type, size, length);
    }

    /// <summary>The current box is whole.</summary>
    private Piece? Close((uint Type, long Size, int Length) header)
    {
        var body = unit.AsSpan(box + header.Length, (int)header.Size - header.Length);
        box = filled;
        switch (header.Type)
        {
            case BoxType.Moov:
                if (movie is not null) throw MalformedMedia.Because("it describes its tracks twice");
                movie = Movie.Read(body);
                return Cut(null);
            case BoxType.Moof:
                if (movie is null) throw MalformedMedia.Because("a fragment came before the description of the tracks");
                if (span is not null) throw MalformedMedia.Because("a fragment has no media");
                span = movie.ReadFragment(body);
                return null;
            case BoxType.Mdat:
                if (span is not { } here) throw MalformedMedia.Because("it is an MP4 file without fragments");
                span = null;
                return Cut(Place(here));
            default:
                return null; // Boxes we do not know are to be ignored (4.1); they stay part of what follows them.
        }
    }

    private Piece Cut(Fragment? fragment)
    {
        var piece = new Piece(position, unit[..filled], fragment);
        position += filled;
        filled = box = 0;
        if (unit.Length > 4 << 20) unit = new byte[64 * 1024];
        return piece;
    }

    /// <summary>
    /// Recorders guess the duration of a fragment's last picture; the next fragment's decode time tells the truth. So a fragment counts
    /// from the end of the one before, unless the clock jumped.
    /// </summary>
    private Fragment Place(Movie.Span here)
    {
        if (here.Duration is < 0 or > LongestFragment || !double.IsFinite(here.Start)) throw MalformedMedia.Because("a fragment lasts longer than a minute");
        var step = rawEnd is { } end ? here.End - end : here.Duration;
        if (step <= 0 || step > here.Duration + LongestGap) step = here.IsVideo || !movie!.HasVideo ? here.Duration : 0;
        if (rawEnd is null || here.IsVideo || here.End > rawEnd) rawEnd = here.End;
        var fragment = new Fragment(timeline, step, here.IsKey || !movie!.HasVideo);
        timeline += step;
        return fragment;
    }
}
