using System.Security.Cryptography;
using SkiaSharp;

namespace Plenary.Platform.Files;

/// <summary>A picture as it is stored.</summary>
/// <param name="Id">Made of the content.</param>
/// <param name="ContentType">image/jpeg, or image/webp when parts of it are transparent.</param>
/// <param name="Content">The encoded bytes.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record Picture(Guid Id, string ContentType, byte[] Content, int Width, int Height);

/// <summary>
/// Makes of an uploaded picture one that is safe to show: decoded and encoded anew, so that neither metadata (where it was taken) nor
/// anything hidden behind the picture survives.
/// </summary>
public static class Pictures
{
    /// <summary>Bytes of the upload.</summary>
    public const int LargestUpload = 8 * 1024 * 1024;

    /// <summary>Pixels of the longest side of what is stored.</summary>
    public const int LongestSide = 2560;

    /// <summary>A small file can unpack to a huge picture; this many pixels take 160 MB while they are decoded.</summary>
    public const int MostPixels = 40_000_000;

    public static readonly Refusal WrongType = new("unsupported-picture", 415, "Upload a PNG, JPEG or WebP picture.");
    public static readonly Refusal Broken = new("broken-picture", 400, "This picture cannot be read. Save it again as PNG, JPEG or WebP and upload that.");
    public static readonly Refusal TooManyPixels = new("picture-too-large", 413, $"This picture has more than {MostPixels / 1_000_000} million pixels. Make it smaller and upload it again.");
    public static readonly Refusal TooManyBytes = new("picture-too-large", 413, $"A picture may have at most {LargestUpload / 1024 / 1024} MiB. Make it smaller and upload it again.");

    private static readonly Dictionary<string, SKEncodedImageFormat> Formats = new()
    {
        ["image/png"] = SKEncodedImageFormat.Png,
        ["image/jpeg"] = SKEncodedImageFormat.Jpeg,
        ["image/webp"] = SKEncodedImageFormat.Webp,
    };

    private static readonly SemaphoreSlim Decoding = new(2);

    /// <summary>Whether uploads may declare this type.</summary>
    public static bool Accepts(string? contentType) => contentType is not null && Formats.ContainsKey(contentType);

    /// <summary>Refused: <see cref="WrongType"/>, <see cref="Broken"/>, <see cref="TooManyPixels"/>.</summary>
    /// <param name="upload">The bytes as they came.</param>
    /// <param name="contentType">What they are said to be; they must be it.</param>
    /// <param name="cancellation">Gives up waiting for a turn.</param>
    /// <param name="longestSide">Pixels of the longest side of what comes out.</param>
    public static async Task<Picture> Read(byte[] upload, string contentType, CancellationToken cancellation, int longestSide = LongestSide)
    {
        await Decoding.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Read(upload, Formats[contentType], longestSide), cancellation);
        }
        finally
        {
            Decoding.Release();
        }
    }

    private static Picture Read(byte[] upload, SKEncodedImageFormat format, int longestSide)
    {
        using var data = SKData.CreateCopy(upload);
        using var codec = SKCodec.Create(data) ?? throw Broken.AsException();
        if (codec.EncodedFormat != format) WrongType.Throw();
        if ((long)codec.Info.Width * codec.Info.Height > MostPixels) TooManyPixels.Throw();
        if (codec.Info.Width < 1 || codec.Info.Height < 1) Broken.Throw();
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        using var decoded = new SKBitmap(info);
        if (codec.GetPixels(info, decoded.GetPixels()) != SKCodecResult.Success) Broken.Throw();
        using var upright = Upright(decoded, codec.EncodedOrigin);
        var scale = Math.Min(1f, longestSide / (float)Math.Max(upright.Width, upright.Height));
        using var sized = scale < 1
            ? upright.Resize(new SKImageInfo(Math.Max(1, (int)Math.Round(upright.Width * scale)), Math.Max(1, (int)Math.Round(upright.Height * scale)), info.ColorType, info.AlphaType, info.ColorSpace), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            : upright.Copy();
        using var encoded = sized.Encode(codec.Info.IsOpaque ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Webp, 86);
        var content = encoded.ToArray();
        return new(IdOf(content), codec.Info.IsOpaque ? "image/jpeg" : "image/webp", content, sized.Width, sized.Height);
    }

    /// <summary>Cameras save as the sensor saw it and note how it was held; the note goes, so the picture is turned.</summary>
    private static SKBitmap Upright(SKBitmap picture, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default) return picture.Copy();
        var swapped = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        float w = picture.Width, h = picture.Height;
        var turn = origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
            _ => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
        };
        var upright = new SKBitmap(picture.Info.WithSize(swapped ? picture.Height : picture.Width, swapped ? picture.Width : picture.Height));
        using var canvas = new SKCanvas(upright);
        canvas.SetMatrix(turn);
        canvas.DrawBitmap(picture, 0, 0, SKSamplingOptions.Default);
        return upright;
    }

    /// <summary>A UUID (version 8) of the content's SHA-256.</summary>
    private static Guid IdOf(byte[] content)
    {
        var hash = SHA256.HashData(content).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
