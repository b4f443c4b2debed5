using System.Buffers;
using System.Buffers.Binary;

namespace Plenary.Stage.Ingest;

/// <summary>RTMP's audio and video messages as the file they are made for (Adobe's FLV 10.1, annex E): that is what is recorded and what ffmpeg reads.</summary>
internal static class Flv
{
    /// <summary>What a recording of this kind is called; its picture is H.264, as <see cref="IsKnown"/> sees to.</summary>
    public const string Container = "video/x-flv;codecs=avc1,mp4a";

    /// <summary>The first bytes of the file.</summary>
    public static readonly byte[] Head = [(byte)'F', (byte)'L', (byte)'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0];

    /// <summary>H.264, and AAC or MP3: what all encoders can and the rest of the stage understands.</summary>
    public static bool IsKnown(RtmpMessage message) => message.Body is not [var first, ..] || message.Type switch
    {
        RtmpType.Video => (first & 0x80) == 0 && (first & 0x0f) == 7,
        RtmpType.Audio => first >> 4 is 10 or 2,
        _ => true,
    };

    /// <summary>Appends a message as a tag.</summary>
    public static void Write(IBufferWriter<byte> to, RtmpMessage message)
    {
        var size = message.Body.Length;
        var tag = to.GetSpan(11 + size + 4);
        tag[0] = message.Type;
        tag[1] = (byte)(size >> 16);
        tag[2] = (byte)(size >> 8);
        tag[3] = (byte)size;
        tag[4] = (byte)(message.Time >> 16);
        tag[5] = (byte)(message.Time >> 8);
        tag[6] = (byte)message.Time;
        tag[7] = (byte)(message.Time >> 24);
        tag[8..11].Clear();
        message.Body.CopyTo(tag[11..]);
        BinaryPrimitives.WriteUInt32BigEndian(tag[(11 + size)..], (uint)(11 + size));
        to.Advance(11 + size + 4);
    }
}
