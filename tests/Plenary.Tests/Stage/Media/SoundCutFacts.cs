using CsCheck;
using Plenary.Platform;
using Plenary.Stage.Media;

namespace Plenary.Tests.Stage.Media;

/// <summary>The sound of a stream, without its picture.</summary>
public sealed class SoundCutFacts
{
    private static byte[] Cut(byte[] sample)
    {
        var pieces = Samples.Pieces(sample);
        var cut = SoundCut.Of(pieces[0].Data)!;
        return [.. cut.Init, .. pieces.Skip(1).Select(p => cut.Cut(p.Data)).OfType<byte[]>().SelectMany(b => b)];
    }

    [Theory, InlineData("recorder.mp4", "opus"), InlineData("remuxed.mp4", "mp4a.40.2")]
    public async Task WhatIsLeftIsAllOfTheSoundAndNothingElse(string name, string codec)
    {
        var sample = name == "recorder.mp4" ? Samples.Recorder : Samples.Remuxed;
        var sound = Cut(sample);
        var movie = Movie.Of(Samples.Pieces(sound)[0].Data);
        Assert.False(movie.HasVideo);
        Assert.Equal(codec, movie.Sound!.Name);
        Assert.InRange(Samples.Pieces(sound).Sum(p => p.Fragment?.Duration ?? 0), 4.9, 5.4);
        Assert.InRange(sound.Length, 10_000, sample.Length * 2 / 3); // the picture of the samples is tiny
        if (Probe.Missing is not null) return;
        // ffmpeg decodes it to the same samples as those of the whole.
        Assert.Equal(await Decoded(sample), await Decoded(sound));
    }

    private static async Task<string> Decoded(byte[] media)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, media, TestContext.Current.CancellationToken);
            using var ffmpeg = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(LiveFeed.Ffmpeg, ["-v", "error", "-i", file, "-map", "0:a", "-f", "md5", "-"]) { RedirectStandardOutput = true })!;
            return await ffmpeg.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void AStreamOfSoundAloneHasNothingToBeCut() => Assert.Null(SoundCut.Of(Samples.Pieces(Cut(Samples.Remuxed))[0].Data));

    [Fact]
    public void CodecsAreNamedAsPlayersNeedThem()
    {
        var picture = Movie.Of(Samples.Pieces(Samples.Recorder)[0].Data).Picture!;
        Assert.StartsWith("avc1.42", picture.Name, StringComparison.Ordinal);
        Assert.Equal((160, 90), (picture.Width, picture.Height));
    }

    [Fact]
    public void DamageIsRefusedOrCutButNeverBreaksAnything()
    {
        var pieces = Samples.Pieces(Samples.Remuxed);
        var cut = SoundCut.Of(pieces[0].Data)!;
        Gen.Select(Gen.Int[0, 600], Gen.Byte, Gen.Int[1, 8], Gen.Int[0, 3]).Sample((at, value, count, which) =>
        {
            var damaged = (byte[])pieces[which].Data.Clone();
            for (var i = at; i < Math.Min(at + count, damaged.Length); i++) damaged[i] = value;
            try { _ = which == 0 ? SoundCut.Of(damaged)?.Init : cut.Cut(damaged); }
            catch (RefusalException refused) { Assert.Equal(MalformedMedia.Code, refused.Refusal.Code); }
        }, iter: 3000);
    }
}
