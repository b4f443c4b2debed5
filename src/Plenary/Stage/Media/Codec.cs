using System.Globalization;

namespace Plenary.Stage.Media;

/// <summary>What the samples of a track are, as playlists name it.</summary>
/// <param name="Name">As RFC 6381 has it: <c>avc1.4d401f</c>, <c>mp4a.40.2</c>, <c>opus</c>.</param>
/// <param name="Width">Of a picture, in pixels; 0 for sound.</param>
/// <param name="Height">Of a picture, in pixels; 0 for sound.</param>
public sealed record Codec(string Name, int Width = 0, int Height = 0)
{
    /// <summary>Reads the sample description inside a <c>minf</c> (ISO/IEC 14496-12, 8.5.2); null when there is none that we know.</summary>
    internal static Codec? Of(ReadOnlySpan<byte> minf)
    {
        try { return Read(minf); }
        catch (Platform.RefusalException) { return null; } // The stream can be passed on without it.
    }

    private static Codec? Read(ReadOnlySpan<byte> minf)
    {
        if (!Child(minf, BoxType.Stbl, out var stbl) || !Child(stbl, BoxType.Stsd, out var stsd) || stsd.Length < 8) return null;
        var entries = new Boxes(stsd[8..]); // after version, flags and the number of entries
        if (!entries.Next(out var type, out var entry)) return null;
        if (type == BoxType.Mp4a) return new("mp4a.40.2"); // AAC-LC, the only one that browsers and encoders agree on
        if (type == BoxType.Opus) return new("opus");
        if (type is not (BoxType.Avc1 or BoxType.Avc3)) return null;
        var fields = new Fields(entry);
        fields.Skip(24); // reserved and predefined (12.1.3)
        var (width, height) = (fields.U16(), fields.U16());
        fields.Skip(50);
        if (!Child(fields.Rest, BoxType.AvcC, out var avc) || avc.Length < 4) return null;
        // Profile, constraints and level (ISO/IEC 14496-15, 5.3.3.1).
        return new(string.Create(CultureInfo.InvariantCulture, $"{BoxType.Name(type)}.{avc[1]:x2}{avc[2]:x2}{avc[3]:x2}"), width, height);
    }

    private static bool Child(ReadOnlySpan<byte> content, uint wanted, out ReadOnlySpan<byte> body)
    {
        var boxes = new Boxes(content);
        while (boxes.Next(out var type, out body))
            if (type == wanted) return true;
        return false;
    }
}
