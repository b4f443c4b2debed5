using System.Buffers.Binary;
using System.Text;
using Plenary.Platform;
using Plenary.Stage.Media;

namespace Plenary.Tests.Stage.Media;

/// <summary>Ordinary MP4 files become fragmented ones without any program.</summary>
public sealed class FragmenterFacts : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-fragments-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void EverySampleIsThereInItsTime()
    {
        var pieces = Samples.Pieces(Converted(Samples.Ordinary));
        Assert.Null(pieces[0].Fragment);
        var movie = Movie.Of(pieces[0].Data);
        Assert.Equal(("avc1.4d400b", "mp4a.40.2"), (movie.Picture!.Name, movie.Sound!.Name));
        // A key picture every two seconds begins a fragment.
        Assert.Equal(3, pieces.Count - 1);
        Assert.All(pieces.Skip(1), p => Assert.True(p.Fragment!.IsKey));
        Assert.Equal(5, pieces.Skip(1).Sum(p => p.Fragment!.Duration), 0.001);
        // The media of all fragments is that of the file, but for the run-in of the sound.
        var media = pieces.Skip(1).Sum(p => p.Data.Length - 8 - (int)BinaryPrimitives.ReadUInt32BigEndian(p.Data));
        Assert.InRange(MediaOf(Samples.Ordinary) - media, 0, 400);
    }

    [Fact]
    public async Task ItPlaysAsTheFileDid()
    {
        Assert.SkipWhen(Probe.Missing is not null, Probe.Missing ?? "");
        var path = Path.Combine(folder, "made.mp4");
        await File.WriteAllBytesAsync(path, Converted(Samples.Ordinary), TestContext.Current.CancellationToken);
        var (seconds, codecs) = await Probe.Read(path);
        Assert.Equal("aac+h264", codecs);
        Assert.InRange(seconds, 4.9, 5.1);
    }

    [Fact]
    public void FilesWithFragmentsAreTold()
    {
        Assert.True(Fragmenter.HasFragments(Saved(Samples.Recorder)));
        Assert.False(Fragmenter.HasFragments(Saved(Samples.Ordinary)));
    }

    [Fact]
    public void WhatIsBrokenIsRefusedWhereverItIs()
    {
        foreach (var length in new[] { 0, 7, 30, 1000, Samples.Ordinary.Length / 2, Samples.Ordinary.Length - 1 })
            Assert.Equal(MalformedMedia.Code, Assert.Throws<RefusalException>(() => Converted(Samples.Ordinary[..length])).Refusal.Code);
        // Any byte of the description may be wrong: it is read, or refused, and nothing else.
        var begin = Samples.Ordinary.AsSpan().LastIndexOf("moov"u8);
        for (var at = begin; at < Samples.Ordinary.Length; at += 3)
            foreach (var value in new byte[] { 0xff, 0x7f, 0 })
            {
                var wrong = (byte[])Samples.Ordinary.Clone();
                wrong[at] = value;
                try { Assert.True(Converted(wrong).Length < Samples.Ordinary.Length * 3); }
                catch (RefusalException refused) { Assert.Equal(MalformedMedia.Code, refused.Refusal.Code); }
            }
    }

    [Fact]
    public void PicturesThatNotEveryBrowserPlaysAreNotTaken()
    {
        var other = (byte[])Samples.Ordinary.Clone();
        var at = other.AsSpan().LastIndexOf("avc1"u8);
        Encoding.ASCII.GetBytes("hvc1", other.AsSpan(at));
        Assert.False(Fragmenter.Convert(Saved(other), Path.Combine(folder, "never"), TestContext.Current.CancellationToken));
    }

    private static int MediaOf(byte[] file)
    {
        var at = file.AsSpan().IndexOf("mdat"u8);
        return (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at - 4)) - 8;
    }

    private byte[] Converted(byte[] file)
    {
        var made = Path.Combine(folder, "made");
        Fragmenter.Convert(Saved(file), made, TestContext.Current.CancellationToken);
        return File.Exists(made) ? File.ReadAllBytes(made) : [];
    }

    private string Saved(byte[] file)
    {
        var path = Path.Combine(folder, "file");
        File.WriteAllBytes(path, file);
        return path;
    }
}
