using System.Buffers.Binary;
using CsCheck;
using Plenary.Platform;
using Plenary.Stage.Media;

namespace Plenary.Tests.Stage.Media;

/// <summary>What the reader makes of recordings, and of what only pretends to be one.</summary>
public sealed class FragmentReaderFacts
{
    public static readonly TheoryData<string> Names = ["recorder", "remuxed"];

    private static byte[] Sample(string name) => name == "recorder" ? Samples.Recorder : Samples.Remuxed;

    [Fact]
    public void ARecordersFragmentsAreItsGroupsOfPictures()
    {
        var pieces = Samples.Pieces(Samples.Recorder);
        Assert.Null(pieces[0].Fragment);
        var fragments = pieces.Skip(1).Select(p => p.Fragment!).ToList();
        // The encoder adds key pictures of its own to those asked for each second.
        Assert.Equal([0, 0.7266, 1.0067, 2.0466, 2.8067, 3.0467, 4.0867, 4.7667, 5.0868], fragments.Select(f => Math.Round(f.Start, 4)), (a, b) => Math.Abs(a - b) < 0.01);
        Assert.All(fragments, f => Assert.True(f.IsKey));
        Assert.InRange(fragments.Sum(f => f.Duration), 5.2, 5.35);
    }

    [Fact]
    public void ARemuxedStreamHasShortFragmentsWhateverItsKeyPictures()
    {
        var fragments = Samples.Pieces(Samples.Remuxed).Skip(1).Select(p => p.Fragment!).ToList();
        Assert.Equal(21, fragments.Count);
        Assert.All(fragments, f => Assert.InRange(f.Duration, 0, 0.45));
        Assert.Equal(6, fragments.Count(f => f.IsKey));
        Assert.InRange(fragments.Sum(f => f.Duration), 5.0, 5.4);
    }

    [Theory, MemberData(nameof(Names))]
    public void PiecesAreTheStreamWithoutGaps(string name)
    {
        var sample = Sample(name);
        var reader = new FragmentReader();
        var pieces = reader.Push(sample);
        var end = 0L;
        var time = 0.0;
        foreach (var piece in pieces)
        {
            Assert.Equal(end, piece.Offset);
            Assert.Equal(sample[(int)end..(int)(end + piece.Data.Length)], piece.Data);
            end += piece.Data.Length;
            if (piece.Fragment is not { } fragment) continue;
            Assert.Equal(time, fragment.Start, 6);
            time += fragment.Duration;
        }
        Assert.Equal(reader.Whole, end);
    }

    [Theory, MemberData(nameof(Names))]
    public void EveryPlaceToCutGivesTheSamePieces(string name)
    {
        var sample = Sample(name);
        var expected = Shape(Samples.Pieces(sample));
        for (var cut = 1; cut < sample.Length; cut++)
        {
            var reader = new FragmentReader();
            var pieces = reader.Push(sample.AsSpan(0, cut));
            pieces.AddRange(reader.Push(sample.AsSpan(cut)));
            if (Shape(pieces) != expected) Assert.Fail($"cut at {cut}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void ByteByByteGivesTheSamePieces(string name)
    {
        var sample = Sample(name);
        var reader = new FragmentReader();
        var pieces = new List<Piece>();
        for (var i = 0; i < sample.Length; i++) pieces.AddRange(reader.Push(sample.AsSpan(i, 1)));
        Assert.Equal(Shape(Samples.Pieces(sample)), Shape(pieces));
    }

    private static string Shape(List<Piece> pieces) => string.Join(' ', pieces.Select(p => $"{p.Offset}+{p.Data.Length}:{p.Fragment?.Start:0.000}+{p.Fragment?.Duration:0.000}"));

    [Theory, MemberData(nameof(Names))]
    public void ATruncatedStreamGivesItsWholePieces(string name)
    {
        var sample = Sample(name);
        var pieces = Samples.Pieces(sample);
        var cut = (int)pieces[^1].Offset + 20;
        Assert.Equal(Shape(pieces[..^1]), Shape(Samples.Pieces(sample[..cut])));
    }

    [Fact]
    public void DamageIsRefusedOrReadButNeverBreaksTheReader() =>
        Gen.Select(Gen.Int[0, Samples.Remuxed.Length - 1], Gen.Byte, Gen.Int[1, 8]).Sample((at, value, count) =>
        {
            var damaged = (byte[])Samples.Remuxed.Clone();
            for (var i = at; i < Math.Min(at + count, damaged.Length); i++) damaged[i] = value;
            try { Samples.Pieces(damaged); }
            catch (RefusalException refused) { Assert.Equal(MalformedMedia.Code, refused.Refusal.Code); }
        }, iter: 3000);

    [Fact]
    public void GarbageIsRefused() =>
        Gen.Byte.Array[8, 4000].Sample(garbage =>
        {
            if (garbage.AsSpan(4, 4).SequenceEqual("ftyp"u8)) return;
            var refused = Assert.Throws<RefusalException>(() => Samples.Pieces(garbage));
            Assert.Equal(MalformedMedia.Code, refused.Refusal.Code);
        });

    public static readonly TheoryData<string, byte[]> Wrong = new()
    {
        { "WebM", Samples.WebM },
        { "a size smaller than its header", [0, 0, 0, 4, .. "ftyp"u8] },
        { "a size to the end of the file", [0, 0, 0, 0, .. "ftyp"u8] },
        { "a header of four gigabytes", [0xff, 0xff, 0xff, 0xff, .. "ftyp"u8] },
        { "a 64-bit size beyond everything", [.. Head(), .. new byte[] { 0, 0, 0, 1 }, .. "mdat"u8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff] },
        { "media larger than memory", [.. Head(), .. Moof(), 0x7f, 0xff, 0xff, 0xff, .. "mdat"u8] },
        { "boxes without end that hold no media", [.. Head(), .. Enumerable.Repeat(Samples.Box("free", new byte[60_000]), 20).SelectMany(b => b)] },
        { "media without a fragment", [.. Head(), .. Samples.Box("mdat", new byte[100])] },
        { "a fragment before its tracks", [.. Samples.Box("ftyp", new byte[8]), .. Moof()] },
        { "tracks twice", [.. Head(), .. Head()[(int)BinaryPrimitives.ReadUInt32BigEndian(Head())..]] },
        { "no tracks", [.. Samples.Box("ftyp", new byte[8]), .. Samples.Box("moov", Samples.Box("mvhd", new byte[100]))] },
        { "a track box longer than what holds it", [.. Samples.Box("ftyp", new byte[8]), .. Samples.Box("moov", [0, 0, 1, 0, .. "trak"u8])] },
        { "more samples than bytes", [.. Head(), .. Samples.Box("moof", Samples.Box("traf", Samples.Box("tfhd", [0, 0, 0, 0, 0, 0, 0, 1]), Samples.Box("trun", [0, 0, 1, 0, 0xff, 0xff, 0xff, 0xff])))] },
        { "a fragment without a time", [.. Head(), .. Samples.Box("moof", Samples.Box("traf", Samples.Box("tfhd", [0, 0, 0, 0, 0, 0, 0, 1])))] },
        { "a fragment of an unknown track", [.. Head(), .. Samples.Box("moof", Samples.Box("traf", Samples.Box("tfhd", [0, 0, 0, 0, 0, 0, 0, 99])))] },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void WhatIsNotAFragmentedStreamIsRefusedWithASentence(string what, byte[] bytes)
    {
        var refused = Assert.Throws<RefusalException>(() => Samples.Pieces(bytes));
        Assert.True(refused.Refusal.Code == MalformedMedia.Code, what);
        Assert.StartsWith("The recording cannot be read: ", refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Head() => Samples.Pieces(Samples.Remuxed)[0].Data;

    private static byte[] Moof()
    {
        var fragment = Samples.Pieces(Samples.Remuxed)[1].Data;
        return fragment[..(int)BinaryPrimitives.ReadUInt32BigEndian(fragment)];
    }
}
