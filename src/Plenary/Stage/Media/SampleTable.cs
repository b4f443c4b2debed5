namespace Plenary.Stage.Media;

/// <summary>
/// One track of an MP4 file without fragments: where each of its samples is and when it is shown (ISO/IEC 14496-12, 8.6 and 8.7), and what a
/// track of a fragmented file repeats of it.
/// </summary>
internal sealed class SampleTable
{
    /// <summary>Twelve hours at 60 pictures a second have 2.6 million.</summary>
    public const int MostSamples = 3_000_000;

    private uint[] sizes = [], durations = [];
    private int[] shifts = [];
    private long[] offsets = [], times = [];
    private bool[]? keys; // null: every sample is one

    public uint Number { get; private set; }

    /// <summary>Ticks of a second.</summary>
    public uint Timescale { get; private set; }

    public uint Handler { get; private set; }

    /// <summary>What its samples are made of, when we know.</summary>
    public Codec? Codec { get; private set; }

    /// <summary>Bodies of the boxes that stay as they are.</summary>
    public byte[] Header { get; private set; } = [];

    public byte[] MediaHeader { get; private set; } = [];

    public byte[] HandlerBox { get; private set; } = [];

    /// <summary>The box <c>vmhd</c> or <c>smhd</c>, header included.</summary>
    public byte[] KindHeader { get; private set; } = [];

    public byte[] Descriptions { get; private set; } = [];

    /// <summary>Ticks by which decode times are later than said, from the edit list: the pause before it, less what is skipped of the media.</summary>
    public long Edit { get; private set; }

    public int Count => sizes.Length;

    public uint Size(int sample) => sizes[sample];

    public long Offset(int sample) => offsets[sample];

    /// <summary>Decode time in ticks; in the file, the edit list not counted.</summary>
    public long Time(int sample) => times[sample];

    public uint Duration(int sample) => durations[sample];

    /// <summary>Ticks from decoding to showing.</summary>
    public int Shift(int sample) => shifts.Length == 0 ? 0 : shifts[sample];

    public bool IsKey(int sample) => keys?[sample] ?? true;

    public long End => Count == 0 ? 0 : times[^1] + durations[^1];

    /// <summary>Reads the content of a <c>trak</c>. Refused: a table that contradicts another, more samples than this server takes.</summary>
    /// <param name="trak">Its content.</param>
    /// <param name="movieTimescale">Ticks of a second in edit lists.</param>
    public static SampleTable Read(ReadOnlySpan<byte> trak, uint movieTimescale)
    {
        var track = new SampleTable();
        ReadOnlySpan<byte> edits = default;
        var boxes = new Boxes(trak);
        while (boxes.Next(out var type, out var body))
        {
            if (type == BoxType.Tkhd)
            {
                track.Header = body.ToArray();
                track.Number = AfterTimes(body);
            }
            else if (type == BoxType.Edts) edits = body;
            else if (type == BoxType.Mdia) track.ReadMedia(body);
        }
        if (track.Number == 0 || track.Timescale == 0) throw MalformedMedia.Because("a track has no number or no timescale");
        track.ReadEdits(edits, movieTimescale);
        return track;
    }

    private void ReadMedia(ReadOnlySpan<byte> mdia)
    {
        var boxes = new Boxes(mdia);
        while (boxes.Next(out var type, out var body))
        {
            if (type == BoxType.Mdhd)
            {
                MediaHeader = body.ToArray();
                Timescale = AfterTimes(body);
            }
            else if (type == BoxType.Hdlr)
            {
                HandlerBox = body.ToArray();
                var fields = new Fields(body);
                fields.Skip(8);
                Handler = fields.U32();
            }
            else if (type == BoxType.Minf)
            {
                Codec = Codec.Of(body);
                var inner = new Boxes(body);
                while (inner.Next(out var kind, out var content))
                {
                    if (kind is BoxType.Vmhd or BoxType.Smhd) KindHeader = Mp4.Box(kind, content.ToArray());
                    else if (kind == BoxType.Stbl) ReadTables(content);
                }
            }
        }
    }

    private void ReadTables(ReadOnlySpan<byte> stbl)
    {
        ReadOnlySpan<byte> stts = default, ctts = default, stsc = default, chunks = default, stss = default, stsz = default;
        var (wide, allKeys) = (false, true);
        var boxes = new Boxes(stbl);
        while (boxes.Next(out var type, out var body))
            switch (type)
            {
                case BoxType.Stsd: Descriptions = body.ToArray(); break;
                case BoxType.Stts: stts = body; break;
                case BoxType.Ctts: ctts = body; break;
                case BoxType.Stsc: stsc = body; break;
                case BoxType.Stsz: stsz = body; break;
                case BoxType.Stss: stss = body; allKeys = false; break;
                case BoxType.Stco: chunks = body; break;
                case BoxType.Co64: chunks = body; wide = true; break;
            }
        ReadSizes(stsz);
        if (Count == 0) return;
        ReadTimes(stts);
        if (!ctts.IsEmpty) ReadShifts(ctts);
        ReadOffsets(stsc, chunks, wide);
        if (allKeys) return;
        keys = new bool[Count];
        var fields = new Fields(stss);
        fields.Full();
        for (var left = fields.U32(); left > 0; left--)
            if (fields.U32() is var sample && sample >= 1 && sample <= Count) keys[sample - 1] = true;
    }

    private void ReadSizes(ReadOnlySpan<byte> stsz)
    {
        if (stsz.IsEmpty) return;
        var fields = new Fields(stsz);
        fields.Full();
        var (each, count) = (fields.U32(), fields.U32());
        if (count > MostSamples) throw MalformedMedia.Because("it has more pictures than this server takes");
        if (each == 0 && (long)count * 4 > fields.Left) throw MalformedMedia.Because("the list of its samples is cut off");
        sizes = new uint[count];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = each != 0 ? each : fields.U32();
    }

    private void ReadTimes(ReadOnlySpan<byte> stts)
    {
        (times, durations) = (new long[Count], new uint[Count]);
        var fields = new Fields(stts);
        fields.Full();
        var (sample, time) = (0, 0L);
        for (var runs = fields.U32(); runs > 0 && sample < Count; runs--)
        {
            var (length, each) = (fields.U32(), fields.U32());
            for (; length > 0 && sample < Count; length--, sample++)
            {
                (times[sample], durations[sample]) = (time, each);
                time += each;
            }
        }
        if (sample < Count) throw MalformedMedia.Because("some of its samples have no time");
    }

    private void ReadShifts(ReadOnlySpan<byte> ctts)
    {
        shifts = new int[Count];
        var fields = new Fields(ctts);
        fields.Full();
        var sample = 0;
        for (var runs = fields.U32(); runs > 0 && sample < Count; runs--)
        {
            var (length, each) = (fields.U32(), unchecked((int)fields.U32()));
            for (; length > 0 && sample < Count; length--, sample++) shifts[sample] = each;
        }
    }

    /// <summary>Chunks hold runs of samples; <c>stsc</c> says from which chunk on each holds how many (8.7.4).</summary>
    private void ReadOffsets(ReadOnlySpan<byte> stsc, ReadOnlySpan<byte> chunks, bool wide)
    {
        offsets = new long[Count];
        var runs = new Fields(stsc);
        var starts = new Fields(chunks);
        runs.Full();
        starts.Full();
        var (runsLeft, chunkCount) = (runs.U32(), starts.U32());
        var (sample, inEach, description, nextRun) = (0, 0u, 1u, runsLeft > 0 ? runs.U32() : uint.MaxValue);
        for (var chunk = 1u; chunk <= chunkCount && sample < Count; chunk++)
        {
            if (chunk == nextRun)
            {
                (inEach, description) = (runs.U32(), runs.U32());
                nextRun = --runsLeft > 0 ? runs.U32() : uint.MaxValue;
                if (description != 1) throw MalformedMedia.Because("its encoding changes on the way");
            }
            var offset = wide ? (long)Math.Min(starts.U64(), long.MaxValue / 2) : starts.U32();
            for (var left = inEach; left > 0 && sample < Count; left--, sample++)
            {
                offsets[sample] = offset;
                offset += sizes[sample];
            }
        }
        if (sample < Count) throw MalformedMedia.Because("some of its samples are nowhere");
    }

    /// <summary>A pause at the beginning, then where the media begins (8.6.6). Further edits are rare, and not followed.</summary>
    private void ReadEdits(ReadOnlySpan<byte> edts, uint movieTimescale)
    {
        if (edts.IsEmpty) return;
        var boxes = new Boxes(edts);
        while (boxes.Next(out var type, out var body))
        {
            if (type != BoxType.Elst) continue;
            var fields = new Fields(body);
            var wide = fields.Full().Version == 1;
            for (var left = fields.U32(); left > 0; left--)
            {
                var length = wide ? (double)fields.U64() : fields.U32();
                var from = wide ? unchecked((long)fields.U64()) : unchecked((int)fields.U32());
                fields.Skip(4);
                if (from >= 0)
                {
                    Edit -= from;
                    return;
                }
                if (movieTimescale > 0) Edit += (long)Math.Min(length / movieTimescale * Timescale, int.MaxValue);
            }
        }
    }

    private static uint AfterTimes(ReadOnlySpan<byte> body)
    {
        var fields = new Fields(body);
        fields.Skip(fields.Full().Version == 1 ? 16 : 8);
        return fields.U32();
    }
}
