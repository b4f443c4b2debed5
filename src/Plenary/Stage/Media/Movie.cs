namespace Plenary.Stage.Media;

/// <summary>What the fragments of a stream share: its tracks (<c>moov</c>; ISO/IEC 14496-12, 8.2 to 8.4) and their defaults (<c>trex</c>, 8.8.3).</summary>
internal sealed class Movie
{
    private const int MostTracks = 8;
    private const int MostSamples = 100_000;
    private const uint NonSync = 0x10000; // sample_is_non_sync_sample (8.8.3.1)
    private readonly Dictionary<uint, Track> tracks = [];

    private sealed class Track
    {
        public uint Timescale { get; set; }
        public bool IsVideo { get; set; }
        public bool IsSound { get; set; }
        public Codec? Codec { get; set; }
        public uint DefaultDuration { get; set; }
        public uint DefaultSize { get; set; }
        public uint DefaultFlags { get; set; }
    }

    /// <summary>True when the stream has a picture.</summary>
    public bool HasVideo => tracks.Values.Any(t => t.IsVideo);

    /// <summary>What the picture is made of, when there is one and we know its kind.</summary>
    public Codec? Picture => tracks.Values.FirstOrDefault(t => t.IsVideo)?.Codec;

    /// <summary>What the sound is made of, when there is any and we know its kind.</summary>
    public Codec? Sound => tracks.Values.FirstOrDefault(t => t.IsSound)?.Codec;

    /// <summary>The number of the first sound track and the usual size of its samples; null when there is none.</summary>
    internal (uint Track, uint SampleSize)? SoundTrack => tracks.Where(t => t.Value.IsSound).OrderBy(t => t.Key).Select(t => ((uint, uint)?)(t.Key, t.Value.DefaultSize)).FirstOrDefault();

    /// <summary>Reads the initialization section of a stream. Refused: see <see cref="Read"/>.</summary>
    public static Movie Of(ReadOnlySpan<byte> init)
    {
        var boxes = new Boxes(init);
        while (boxes.Next(out var type, out var body))
            if (type == BoxType.Moov) return Read(body);
        throw MalformedMedia.Because("it has no tracks");
    }

    /// <summary>Reads the content of a <c>moov</c> box. Refused: no track, or none with a timescale.</summary>
    public static Movie Read(ReadOnlySpan<byte> moov)
    {
        var movie = new Movie();
        var boxes = new Boxes(moov);
        while (boxes.Next(out var type, out var body))
            if (type == BoxType.Trak) movie.ReadTrack(body);
        // trex may stand before trak.
        boxes = new Boxes(moov);
        while (boxes.Next(out var type, out var body))
            if (type == BoxType.Mvex) movie.ReadDefaults(body);
        if (movie.tracks.Count == 0) throw MalformedMedia.Because("it has no tracks");
        return movie;
    }

    private void ReadTrack(ReadOnlySpan<byte> trak)
    {
        uint id = 0;
        var track = new Track();
        var boxes = new Boxes(trak);
        while (boxes.Next(out var type, out var body))
        {
            if (type == BoxType.Tkhd) id = AfterTimes(body);
            else if (type == BoxType.Mdia)
            {
                var media = new Boxes(body);
                while (media.Next(out var inner, out var content))
                {
                    if (inner == BoxType.Mdhd) track.Timescale = AfterTimes(content);
                    else if (inner == BoxType.Hdlr)
                    {
                        var fields = new Fields(content);
                        fields.Skip(8);
                        var handler = fields.U32();
                        (track.IsVideo, track.IsSound) = (handler == BoxType.Vide, handler == BoxType.Soun);
                    }
                    else if (inner == BoxType.Minf) track.Codec = Codec.Of(content);
                }
            }
        }
        if (id == 0 || track.Timescale == 0) throw MalformedMedia.Because("a track has no number or no timescale");
        if (tracks.Count == MostTracks) throw MalformedMedia.Because($"it has more than {MostTracks} tracks");
        tracks[id] = track;
    }

    /// <summary>The field after creation and modification time: the track's number in <c>tkhd</c> (8.3.2), the timescale in <c>mdhd</c> (8.4.2).</summary>
    private static uint AfterTimes(ReadOnlySpan<byte> body)
    {
        var fields = new Fields(body);
        fields.Skip(fields.Full().Version == 1 ? 16 : 8);
        return fields.U32();
    }

    private void ReadDefaults(ReadOnlySpan<byte> mvex)
    {
        var boxes = new Boxes(mvex);
        while (boxes.Next(out var type, out var body))
        {
            if (type != BoxType.Trex) continue;
            var fields = new Fields(body);
            fields.Full();
            if (!tracks.TryGetValue(fields.U32(), out var track)) continue;
            fields.Skip(4);
            track.DefaultDuration = fields.U32();
            track.DefaultSize = fields.U32();
            track.DefaultFlags = fields.U32();
        }
    }

    /// <summary>
    /// When the samples of a <c>moof</c> (8.8.4) begin and end, of the picture if it has any, else of the sound; and whether its first
    /// picture stands alone.
    /// </summary>
    public Span ReadFragment(ReadOnlySpan<byte> moof)
    {
        Span? video = null, other = null;
        var boxes = new Boxes(moof);
        while (boxes.Next(out var type, out var body))
        {
            if (type != BoxType.Traf) continue;
            var (track, span) = ReadTrackFragment(body);
            if (track.IsVideo) video ??= span;
            else if (other is not { } known || span.End > known.End) other = span;
        }
        return video ?? other ?? throw MalformedMedia.Because("a fragment has no track");
    }

    private (Track Track, Span Span) ReadTrackFragment(ReadOnlySpan<byte> traf)
    {
        Track? track = null;
        ulong? decodeTime = null;
        ulong ticks = 0;
        uint duration = 0, flags = 0;
        uint? first = null;
        var boxes = new Boxes(traf);
        while (boxes.Next(out var type, out var body))
        {
            var fields = new Fields(body);
            if (type == BoxType.Tfhd)
            {
                var (_, has) = fields.Full();
                if (!tracks.TryGetValue(fields.U32(), out track)) throw MalformedMedia.Because("a fragment belongs to an unknown track");
                (duration, flags) = (track.DefaultDuration, track.DefaultFlags);
                if ((has & 0x1) != 0) fields.Skip(8);
                if ((has & 0x2) != 0) fields.Skip(4);
                if ((has & 0x8) != 0) duration = fields.U32();
                if ((has & 0x10) != 0) fields.Skip(4);
                if ((has & 0x20) != 0) flags = fields.U32();
            }
            else if (type == BoxType.Tfdt) decodeTime = fields.Full().Version == 1 ? fields.U64() : fields.U32();
            else if (type == BoxType.Trun)
            {
                if (track is null) throw MalformedMedia.Because("a fragment has samples before its header");
                ticks += ReadRun(ref fields, duration, flags, ref first);
            }
        }
        if (track is null || decodeTime is not { } start) throw MalformedMedia.Because("a fragment does not say when it begins");
        return (track, new Span(start / (double)track.Timescale, ticks / (double)track.Timescale, track.IsVideo, track.IsVideo && first is { } f && (f & NonSync) == 0));
    }

    /// <summary>Adds up the durations of a <c>trun</c> (8.8.8); notes the flags of the first sample.</summary>
    private static ulong ReadRun(ref Fields fields, uint duration, uint flags, ref uint? first)
    {
        var (_, has) = fields.Full();
        var count = fields.U32();
        if ((has & 0x1) != 0) fields.Skip(4);
        if ((has & 0x4) != 0)
        {
            var own = fields.U32();
            first ??= own;
        }
        var each = ((has & 0x100) != 0 ? 4 : 0) + ((has & 0x200) != 0 ? 4 : 0) + ((has & 0x400) != 0 ? 4 : 0) + ((has & 0x800) != 0 ? 4 : 0);
        if (count > MostSamples || count * each > fields.Left) throw MalformedMedia.Because("a fragment says it has more samples than it holds");
        ulong ticks = 0;
        for (var i = 0u; i < count; i++)
        {
            ticks += (has & 0x100) != 0 ? fields.U32() : duration;
            if ((has & 0x200) != 0) fields.Skip(4);
            if ((has & 0x400) != 0)
            {
                var own = fields.U32();
                first ??= own;
            }
            if ((has & 0x800) != 0) fields.Skip(4);
        }
        if (count > 0) first ??= flags;
        return ticks;
    }

    /// <summary>Part of the timeline, in seconds.</summary>
    internal readonly record struct Span(double Start, double Duration, bool IsVideo, bool IsKey)
    {
        public double End => Start + Duration;
    }
}
