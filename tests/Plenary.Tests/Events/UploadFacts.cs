using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Plenary.Tests.Support;
using SkiaSharp;

namespace Plenary.Tests.Events;

/// <summary>Pictures that crews upload.</summary>
public sealed class UploadFacts(SqliteApp app)
{
    [Fact]
    public async Task AnUploadedPictureBecomesTheCover()
    {
        using var owner = await app.NewOwner();
        using var visitor = app.Visitor();
        var made = await owner.NewEvent(publish: true);
        var (status, answer) = await Upload(owner.Browser, Drawing(3000, 1500, SKEncodedImageFormat.Jpeg, opaque: true), "image/jpeg");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2560, 1280), ((int)answer["width"]!, (int)answer["height"]!));
        var changed = await owner.Graph("mutation($input: UpdateEventInput!) { updateEvent(input: $input) { coverUrl version } }",
            new { input = new { id = made.Id(), version = (int)made["version"]!, coverFile = (string)answer["id"]! } });
        var url = (string)changed["updateEvent"]!["coverUrl"]!;
        Assert.Equal((string)answer["url"]!, url);
        using var seen = await visitor.Http.GetAsync(url, TestContext.Current.CancellationToken);
        Assert.Equal("image/jpeg", seen.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", seen.Headers.CacheControl!.ToString().Replace("immutable, max-age=31536000, public", "public, max-age=31536000, immutable", StringComparison.Ordinal));
        Assert.Equal("nosniff", Assert.Single(seen.Headers.GetValues("X-Content-Type-Options")));
        using var shown = SKBitmap.Decode(await seen.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2560, shown.Width);
        var removed = await owner.Graph("mutation($input: UpdateEventInput!) { updateEvent(input: $input) { coverUrl } }",
            new { input = new { id = made.Id(), version = (int)changed["updateEvent"]!["version"]!, coverFile = "" } });
        Assert.Null((string?)removed["updateEvent"]!["coverUrl"]);
    }

    [Fact]
    public async Task WhatIsHiddenBehindThePictureIsGone()
    {
        using var owner = await app.NewOwner();
        var picture = Drawing(40, 30, SKEncodedImageFormat.Png, opaque: false).Concat("<script>alert('secret-payload')</script>"u8.ToArray()).ToArray();
        var (status, answer) = await Upload(owner.Browser, picture, "image/png");
        Assert.Equal(HttpStatusCode.OK, status);
        var kept = await owner.Browser.Http.GetByteArrayAsync((string)answer["url"]!, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("secret-payload", System.Text.Encoding.Latin1.GetString(kept));
        using var decoded = SKBitmap.Decode(kept);
        Assert.Equal(0, decoded.GetPixel(0, 0).Alpha); // and what was transparent still is
    }

    [Fact]
    public async Task TheSamePictureTwiceIsKeptOnce()
    {
        using var owner = await app.NewOwner();
        var picture = Drawing(64, 64, SKEncodedImageFormat.Png, opaque: true);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Upload(owner.Browser, picture, "image/png")));
        Assert.Single(answers.Select(a => (string)a.Answer["id"]!).Distinct());
    }

    [Fact]
    public async Task NeitherStrangersNorPeopleWithoutARoleUpload()
    {
        using var stranger = app.Visitor();
        using var nobody = await app.NewAccount();
        var picture = Drawing(10, 10, SKEncodedImageFormat.Png, opaque: true);
        Assert.Equal((HttpStatusCode.Unauthorized, "sign-in-required"), Code(await Upload(stranger, picture, "image/png")));
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), Code(await Upload(nobody.Browser, picture, "image/png")));
    }

    [Fact]
    public async Task WhatIsNoPictureIsRefusedWithTheReason()
    {
        using var owner = await app.NewOwner();
        var png = Drawing(100, 100, SKEncodedImageFormat.Png, opaque: true);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-picture"), Code(await Upload(owner.Browser, "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "image/svg+xml")));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-picture"), Code(await Upload(owner.Browser, png, "image/jpeg")));
        Assert.Equal((HttpStatusCode.BadRequest, "broken-picture"), Code(await Upload(owner.Browser, "<html><script>alert(1)</script>"u8.ToArray(), "image/png")));
        Assert.Equal((HttpStatusCode.BadRequest, "broken-picture"), Code(await Upload(owner.Browser, png[..(png.Length / 2)], "image/png")));
        Assert.Equal((HttpStatusCode.BadRequest, "broken-picture"), Code(await Upload(owner.Browser, [], "image/png")));
    }

    [Fact]
    public async Task ASmallFileThatUnpacksToAHugePictureIsRefused()
    {
        using var owner = await app.NewOwner();
        var bomb = Drawing(8, 8, SKEncodedImageFormat.Png, opaque: true);
        // The header says 30,000 × 30,000; the check must not wait for the pixels.
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 30_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 30_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Crc(bomb.AsSpan(12, 17)));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "picture-too-large"), Code(await Upload(owner.Browser, bomb, "image/png")));
    }

    [Fact]
    public async Task MoreThanEightMegabytesAreRefused()
    {
        using var owner = await app.NewOwner();
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "picture-too-large"), Code(await Upload(owner.Browser, new byte[8 * 1024 * 1024 + 1], "image/png")));
    }

    [Fact]
    public async Task AFileThatIsNotThereIsNotFound()
    {
        using var visitor = app.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Http.GetAsync("/files/" + Guid.CreateVersion7(), TestContext.Current.CancellationToken)).StatusCode);
    }

    private static (HttpStatusCode, string) Code((HttpStatusCode Status, JsonNode Answer) got) => (got.Status, (string)got.Answer["code"]!);

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> Upload(Browserless browser, byte[] content, string contentType)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var response = await browser.Http.PostAsync("/files", body, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private static byte[] Drawing(int width, int height, SKEncodedImageFormat format, bool opaque)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Premul);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(opaque ? SKColors.Teal : SKColors.Transparent);
        using var paint = new SKPaint { Color = SKColors.Orange };
        canvas.DrawCircle(width / 2f, height / 2f, Math.Min(width, height) / 4f, paint);
        canvas.Flush();
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>CRC-32 as PNG has it.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xffffffffu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xedb88320u : crc >> 1;
        }
        return ~crc;
    }
}
