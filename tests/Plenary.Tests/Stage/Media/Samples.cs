using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Plenary.Stage.Media;

namespace Plenary.Tests.Stage.Media;

/// <summary>Recordings of a 160×90 picture with a tone: five seconds each, made by Chromium's MediaRecorder and by ffmpeg from one of those.</summary>
internal static class Samples
{
    /// <summary>MediaRecorder, <c>video/mp4;codecs=avc1,opus</c>: a fragment each second.</summary>
    public static readonly byte[] Recorder = Read("recorder.mp4");

    /// <summary>MediaRecorder, <c>video/webm;codecs=h264,opus</c>.</summary>
    public static readonly byte[] WebM = Read("recorder-h264.webm");

    /// <summary>MediaRecorder, <c>video/webm;codecs=vp8,opus</c>.</summary>
    public static readonly byte[] Vp8 = Read("recorder-vp8.webm");

    /// <summary><see cref="WebM"/> remuxed by ffmpeg as a stage does: fragments of 0.3 s, H.264 and AAC.</summary>
    public static readonly byte[] Remuxed = Read("remuxed.mp4");

    /// <summary>As editing programs save it: no fragments, its description at the end, pictures that are shown in another order than decoded. Made by ffmpeg.</summary>
    public static readonly byte[] Ordinary = Read("ordinary.mp4");

    public static byte[] Box(string type, params byte[][] contents)
    {
        var body = contents.SelectMany(c => c).ToArray();
        var box = new byte[8 + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)box.Length);
        Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        body.CopyTo(box, 8);
        return box;
    }

    /// <summary>The pieces of a whole stream.</summary>
    public static List<Piece> Pieces(byte[] stream) => new FragmentReader().Push(stream);

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder(), name));

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}

/// <summary>A clock that stands still until it is told to move; timers fire on the way.</summary>
internal sealed class StoppedClock : TimeProvider
{
    private DateTimeOffset now = new(2027, 3, 4, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => now += by;
}
