namespace Plenary.Stage.Media;

/// <summary>How long segments and parts of a stream are meant to be, in seconds.</summary>
/// <param name="Part">Usual length of a fragment; a part is a fragment.</param>
/// <param name="Segment">A segment ends at the first key picture after about this long.</param>
public readonly record struct Pace(double Part, double Segment)
{
    /// <summary>Cut by ffmpeg: short fragments, a key picture every two seconds.</summary>
    public static readonly Pace Remuxed = new(0.4, 2);

    /// <summary>As the host's recorder cuts it: a fragment for each group of pictures, of one second.</summary>
    public static readonly Pace Recorded = new(1.1, 2);

    // Key pictures come a little early or late; without any, memory must not grow.
    private const double Early = 0.3, Longest = 12;

    /// <summary>The one rule of segment borders, for the live playlist and for the replay alike.</summary>
    /// <param name="length">Seconds of the segment so far.</param>
    /// <param name="next">What comes next.</param>
    public bool Ends(double length, Fragment next) => length > 0 && ((next.IsKey && length >= Segment - Early) || length + next.Duration > Longest);
}

/// <summary>A part of the live playlist: one fragment.</summary>
/// <param name="Number">Counted over the whole stream, so that the hinted part after a segment's last one comes true.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Fragment">Its place on the timeline.</param>
internal sealed record Part(long Number, byte[] Data, Fragment Fragment);

/// <summary>Parts from one key picture to the next.</summary>
internal sealed class Segment(long number, long offset, double start, DateTimeOffset at)
{
    /// <summary>Its media sequence number.</summary>
    public long Number { get; } = number;

    /// <summary>Where it begins in the stream, in bytes.</summary>
    public long Offset { get; } = offset;

    public double Start { get; } = start;

    /// <summary>The wall clock when its first picture was taken, as well as we know.</summary>
    public DateTimeOffset At { get; } = at;

    public List<Part> Parts { get; } = [];

    public double Duration { get; private set; }

    public long Length { get; private set; }

    public bool IsWhole { get; set; }

    public void Add(Part part)
    {
        Parts.Add(part);
        Duration += part.Fragment.Duration;
        Length += part.Data.Length;
    }

    /// <summary>All its bytes.</summary>
    public byte[] Data()
    {
        var data = new byte[Length];
        var end = 0;
        foreach (var part in Parts)
        {
            part.Data.CopyTo(data, end);
            end += part.Data.Length;
        }
        return data;
    }
}
