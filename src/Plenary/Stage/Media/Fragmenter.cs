using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Plenary.Stage.Media;

/// <summary>
/// Makes fragmented MP4 (ISO/IEC 14496-12, 8.8) of an ordinary MP4 file with H.264, its sound AAC or Opus, without any program: nothing is encoded, the
/// samples are put in another order. For servers without ffmpeg; fragments begin at key pictures.
/// </summary>
internal sealed class Fragmenter
{
    /// <summary>Largest description of a file, in bytes: twelve hours have about 40 MB.</summary>
    private const int LargestMovie = 80 << 20;

    private const int LargestSample = 16 << 20;
    private const double Shortest = 1.7, Longest = 10, LongestSound = 60;
    private const uint KeyFlags = 0x02000000, OtherFlags = 0x01010000; // sample_depends_on, sample_is_non_sync_sample (8.6.4.3)

    private readonly SafeFileHandle file;
    private readonly long length;
    private readonly byte[] header;
    private readonly SampleTable picture;
    private readonly SampleTable? sound;
    private long written;

    private Fragmenter(SafeFileHandle file, long length, byte[] header, SampleTable picture, SampleTable? sound) =>
        (this.file, this.length, this.header, this.picture, this.sound) = (file, length, header, picture, sound);

    /// <summary>Whether the file has fragments already: a <c>moof</c> on the outermost level. Refused: no MP4.</summary>
    public static bool HasFragments(string path)
    {
        using var file = File.OpenHandle(path);
        foreach (var (type, _, _) in Outermost(file))
            if (type == BoxType.Moof) return true;
        return false;
    }

    /// <summary>Writes the fragmented file. Refused: see <see cref="MalformedMedia"/>; and unsupported pictures, as null.</summary>
    /// <param name="path">The ordinary file.</param>
    /// <param name="to">The fragmented one.</param>
    /// <param name="cancellation">Stops between fragments.</param>
    /// <returns>False when its picture or sound is of a kind that not every browser plays.</returns>
    public static bool Convert(string path, string to, CancellationToken cancellation)
    {
        using var file = File.OpenHandle(path);
        if (Open(file) is not { } fragmenter) return false;
        using var output = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        fragmenter.Write(output, cancellation);
        output.Flush(flushToDisk: true);
        return true;
    }

    private static Fragmenter? Open(SafeFileHandle file)
    {
        byte[]? moov = null;
        foreach (var (type, offset, size) in Outermost(file))
        {
            if (type != BoxType.Moov) continue;
            if (size > LargestMovie) throw MalformedMedia.Because("its description is larger than this server takes");
            moov = Read(file, offset, (int)size);
        }
        if (moov is null) throw MalformedMedia.Because("it has no tracks");
        byte[] header = [];
        uint timescale = 0;
        var boxes = new Boxes(moov);
        while (boxes.Next(out var type, out var body))
            if (type == BoxType.Mvhd)
            {
                header = body.ToArray();
                var fields = new Fields(body);
                fields.Skip(fields.Full().Version == 1 ? 16 : 8);
                timescale = fields.U32();
            }
        var tracks = new List<SampleTable>();
        boxes = new Boxes(moov);
        while (boxes.Next(out var type, out var body))
            if (type == BoxType.Trak && tracks.Count < 32) tracks.Add(SampleTable.Read(body, timescale));
        var pictures = tracks.FindAll(t => t.Handler == BoxType.Vide && t.Count > 1);
        if (pictures.Count == 0 || header.Length < 32) throw MalformedMedia.Because("it has no picture");
        var sounds = tracks.FindAll(t => t.Handler == BoxType.Soun && t.Count > 0);
        var picture = pictures.Find(t => t.Codec is { Width: > 0 });
        var sound = sounds.Find(t => t.Codec is not null);
        return picture is null || (sound is null && sounds.Count > 0) ? null : new(file, RandomAccess.GetLength(file), header, picture, sound);
    }

    private void Write(Stream output, CancellationToken cancellation)
    {
        output.Write(Mp4.Box(BoxType.Ftyp, "iso5"u8.ToArray(), Mp4.Words(512), "iso5iso6mp41"u8.ToArray()));
        output.Write(Mp4.Box(BoxType.Moov, [Mp4.Box(BoxType.Mvhd, Endless(header)), Track(picture), .. sound is null ? [] : (byte[][])[Track(sound)],
            Mp4.Box(BoxType.Mvex, [Defaults(picture, OtherFlags), .. sound is null ? [] : (byte[][])[Defaults(sound, KeyFlags)]])]));
        var (first, heard, number) = (0, 0, 1u);
        // What the edit list skips of the sound, a codec's run-in, is left out.
        while (sound is not null && heard < sound.Count && sound.Time(heard) + sound.Duration(heard) + sound.Edit <= 0) heard++;
        while (first < picture.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = EndOf(first);
            var from = heard;
            if (sound is not null)
            {
                var until = next < picture.Count ? Seconds(picture, picture.Time(next)) : Seconds(picture, picture.End) + LongestSound;
                while (heard < sound.Count && Seconds(sound, sound.Time(heard)) < until) heard++;
            }
            WriteFragment(output, number++, first, next, from, heard);
            first = next;
        }
    }

    /// <summary>The picture after a fragment's last: a key picture, unless that is far.</summary>
    private int EndOf(int first)
    {
        long bytes = picture.Size(first);
        var sample = first + 1;
        for (; sample < picture.Count; sample++)
        {
            var seconds = (picture.Time(sample) - picture.Time(first)) / (double)picture.Timescale;
            if ((picture.IsKey(sample) && seconds >= Shortest) || seconds >= Longest || (bytes += picture.Size(sample)) > FragmentReader.LargestMedia * 3L / 4) break;
        }
        return sample;
    }

    private void WriteFragment(Stream output, uint number, int first, int next, int from, int until)
    {
        byte[] Moof(uint pictureData, uint soundData) => Mp4.Box(BoxType.Moof, [Mp4.Box(BoxType.Mfhd, Mp4.Words(0, number)),
            Run(picture, first, next, pictureData), .. until > from ? (byte[][])[Run(sound!, from, until, soundData)] : []]);
        long seen = 0, heard = 0;
        for (var i = first; i < next; i++) seen += picture.Size(i);
        for (var i = from; i < until; i++) heard += sound!.Size(i);
        if (seen + heard > FragmentReader.LargestMedia) throw MalformedMedia.Because("its pictures or its sound are larger than this server takes");
        // Samples that lie over each other would make a huge file of a small one.
        if ((written += seen + heard) > length * 2) throw MalformedMedia.Because("its samples are larger than the file");
        var data = (uint)Moof(0, 0).Length + 8;
        output.Write(Moof(data, data + (uint)seen));
        output.Write(Mp4.Words((uint)(8 + seen + heard), BoxType.Mdat));
        Copy(output, picture, first, next);
        if (sound is not null) Copy(output, sound, from, until);
    }

    /// <summary>Decode times are the file's, moved to be positive; what the edit list says of the picture is in the composition offsets, which may be negative (8.8.8).</summary>
    private static byte[] Run(SampleTable track, int first, int next, uint data)
    {
        var isPicture = track.Handler == BoxType.Vide;
        // A skip is no reason to move decode times below zero; a pause moves them.
        var (pause, skip) = isPicture ? (Math.Max(0, track.Edit), Math.Min(0, track.Edit)) : (track.Edit, 0);
        var width = isPicture ? 16 : 8;
        var run = new byte[12 + (next - first) * width];
        BinaryPrimitives.WriteUInt32BigEndian(run, isPicture ? 0x01000f01u : 0x01000301u); // version 1; offset of the data, and of each: duration, size, (flags, composition)
        BinaryPrimitives.WriteUInt32BigEndian(run.AsSpan(4), (uint)(next - first));
        BinaryPrimitives.WriteUInt32BigEndian(run.AsSpan(8), data);
        for (var (i, at) = (first, 12); i < next; i++, at += width)
        {
            BinaryPrimitives.WriteUInt32BigEndian(run.AsSpan(at), track.Duration(i));
            BinaryPrimitives.WriteUInt32BigEndian(run.AsSpan(at + 4), track.Size(i));
            if (!isPicture) continue;
            BinaryPrimitives.WriteUInt32BigEndian(run.AsSpan(at + 8), track.IsKey(i) ? KeyFlags : OtherFlags);
            BinaryPrimitives.WriteInt32BigEndian(run.AsSpan(at + 12), (int)Math.Max(int.MinValue, track.Shift(i) + skip));
        }
        return Mp4.Box(BoxType.Traf, Mp4.Box(BoxType.Tfhd, Mp4.Words(0x020000, track.Number)), // default-base-is-moof
            Mp4.Box(BoxType.Tfdt, Mp4.Words(0x01000000), Mp4.Word64((ulong)Math.Max(0, track.Time(first) + pause))), Mp4.Box(BoxType.Trun, run));
    }

    private void Copy(Stream output, SampleTable track, int first, int next)
    {
        for (var i = first; i < next;)
        {
            // Samples that lie in a row are read at once.
            var (offset, bytes) = (track.Offset(i), 0L);
            do bytes += track.Size(i++);
            while (i < next && track.Offset(i) == offset + bytes && bytes < LargestSample);
            if (bytes > LargestSample * 2L) throw MalformedMedia.Because("one of its pictures is larger than this server takes");
            if (offset < 0 || offset + bytes > length) throw MalformedMedia.Because("it ends before its last picture");
            output.Write(Read(file, offset, (int)bytes));
        }
    }

    private static byte[] Track(SampleTable track) => Mp4.Box(BoxType.Trak, Mp4.Box(BoxType.Tkhd, Endless(track.Header, 4)), Mp4.Box(BoxType.Mdia,
        Mp4.Box(BoxType.Mdhd, Endless(track.MediaHeader)), Mp4.Box(BoxType.Hdlr, track.HandlerBox), Mp4.Box(BoxType.Minf, track.KindHeader,
            Mp4.Box(BoxType.Dinf, Mp4.Box(BoxType.Dref, Mp4.Words(0, 1), Mp4.Box(BoxType.Url, Mp4.Words(1)))),
            Mp4.Box(BoxType.Stbl, Mp4.Box(BoxType.Stsd, track.Descriptions), Mp4.Box(BoxType.Stts, Mp4.Words(0, 0)), Mp4.Box(BoxType.Stsc, Mp4.Words(0, 0)),
                Mp4.Box(BoxType.Stsz, Mp4.Words(0, 0, 0)), Mp4.Box(BoxType.Stco, Mp4.Words(0, 0))))));

    private static byte[] Defaults(SampleTable track, uint flags) => Mp4.Box(BoxType.Trex, Mp4.Words(0, track.Number, 1, 0, 0, flags));

    /// <summary>A header with no duration: that of the fragments counts. It follows the two times and a number (8.2.2, 8.4.2), in <c>tkhd</c> after four bytes more (8.3.2).</summary>
    private static byte[] Endless(byte[] body, int further = 0)
    {
        var wide = body.Length > 0 && body[0] == 1;
        var (at, bytes) = ((wide ? 24 : 16) + further, wide ? 8 : 4);
        if (body.Length < at + bytes) throw MalformedMedia.Because("a box is shorter than its fields");
        var copy = (byte[])body.Clone();
        copy.AsSpan(at, bytes).Clear();
        return copy;
    }

    private static double Seconds(SampleTable track, long time) => (time + track.Edit) / (double)track.Timescale;

    /// <summary>The outermost boxes: type, and where their content is.</summary>
    private static List<(uint Type, long Offset, long Size)> Outermost(SafeFileHandle file)
    {
        var boxes = new List<(uint, long, long)>();
        var (position, length) = (0L, RandomAccess.GetLength(file));
        var head = new byte[16];
        while (position + 8 <= length && boxes.Count < 1_000_000)
        {
            var read = RandomAccess.Read(file, head, position);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4));
            var before = 8;
            if (size == 1 && read == 16) (size, before) = ((long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(8)), long.MaxValue / 2), 16);
            else if (size == 0) size = length - position; // to the end of the file
            if (!BoxType.Plausible(type) || size < before) throw MalformedMedia.Because("it is not MP4");
            if (position + size > length) throw MalformedMedia.Because("it is cut off");
            boxes.Add((type, position + before, size - before));
            position += size;
        }
        return boxes;
    }

    private static byte[] Read(SafeFileHandle file, long offset, int count)
    {
        var bytes = new byte[count];
        for (int read, done = 0; done < count; done += read)
            if ((read = RandomAccess.Read(file, bytes.AsSpan(done), offset + done)) == 0) throw MalformedMedia.Because("it is cut off");
        return bytes;
    }
}
