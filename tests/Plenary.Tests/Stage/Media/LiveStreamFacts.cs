using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Plenary.Stage.Media;

namespace Plenary.Tests.Stage.Media;

/// <summary>What a player of a live stream may rely on.</summary>
public sealed partial class LiveStreamFacts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static LiveStream Remuxed(int pieces = int.MaxValue)
    {
        var stream = new LiveStream(Pace.Remuxed, new StoppedClock());
        foreach (var piece in Samples.Pieces(Samples.Remuxed).Take(pieces)) stream.Push(piece.Data);
        return stream;
    }

    private static string Text(LiveStream stream) => Encoding.UTF8.GetString(stream.Playlist());

    [Fact]
    public void ThePlaylistIsAsTheFormatWantsIt()
    {
        var stream = new LiveStream(Pace.Recorded, new StoppedClock());
        stream.Push(Samples.Recorder.AsSpan(0, (int)Samples.Pieces(Samples.Recorder)[^1].Offset));
        var parts = Samples.Pieces(Samples.Recorder).Skip(1).SkipLast(1).Select(p => p.Fragment!.Duration.ToString("0.00000", CultureInfo.InvariantCulture)).ToList();
        string Part(int n) => $"#EXT-X-PART:DURATION={parts[n]},URI=\"p{n}.m4s\",INDEPENDENT=YES\n";
        var text = Text(stream);
        Assert.StartsWith("#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:3\n#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=3.300,HOLD-BACK=9.0\n#EXT-X-PART-INF:PART-TARGET=1.100\n"
            + "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXT-X-PROGRAM-DATE-TIME:2027-03-04T", text, StringComparison.Ordinal);
        Assert.Contains(Part(0) + Part(1) + Part(2) + "#EXTINF:", text, StringComparison.Ordinal);
        Assert.Contains(",\ns0.m4s\n#EXT-X-PROGRAM-DATE-TIME:", text, StringComparison.Ordinal);
        Assert.EndsWith($"#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"p{parts.Count}.m4s\"\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryHintedPartComesTrueOverSegmentBorders()
    {
        var stream = new LiveStream(Pace.Remuxed, new StoppedClock());
        string? hinted = null;
        foreach (var piece in Samples.Pieces(Samples.Remuxed))
        {
            stream.Push(piece.Data);
            var text = Text(stream);
            if (hinted is not null) Assert.Contains($"URI=\"{hinted}\"", text.Replace("PRELOAD-HINT", "", StringComparison.Ordinal)[..text.LastIndexOf("#EXT-X-", StringComparison.Ordinal)], StringComparison.Ordinal);
            if (piece.Fragment is not null) hinted = Hint().Match(text).Groups[1].Value;
        }
        Assert.Contains("s1.m4s", Text(stream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PartsMakeUpTheirSegmentByteForByte()
    {
        var stream = Remuxed();
        stream.End();
        var whole = new List<byte>();
        for (var n = 0; ; n++)
        {
            if (await stream.PartAsync(n, Cancellation) is not { } part) break;
            whole.AddRange(part);
        }
        var segments = Enumerable.Range(0, 3).SelectMany(n => stream.SegmentData(n)!).ToArray();
        Assert.Equal(segments, whole);
        Assert.Equal(Samples.Remuxed[stream.Init!.Length..(stream.Init.Length + whole.Count)], whole);
        Assert.Null(stream.SegmentData(3));
    }

    [Fact]
    public async Task ABlockedReloadIsAnsweredWhenThePartIsThere()
    {
        var pieces = Samples.Pieces(Samples.Remuxed);
        var stream = Remuxed(3); // the initialization section and two parts
        var waiting = stream.WaitForAsync(0, 2, Cancellation);
        var part = stream.PartAsync(2, Cancellation);
        Assert.True(await stream.WaitForAsync(0, 1, Cancellation));
        Assert.False(waiting.IsCompleted);
        Assert.False(part.IsCompleted);
        stream.Push(pieces[3].Data);
        Assert.True(await waiting);
        Assert.Equal(pieces[3].Data, await part);
    }

    [Fact]
    public async Task APartBeyondASegmentsLastMeansTheNextSegmentsFirst()
    {
        var stream = Remuxed(3);
        var waiting = stream.WaitForAsync(0, 40, Cancellation);
        foreach (var piece in Samples.Pieces(Samples.Remuxed).Skip(3))
        {
            Assert.Equal(stream.HasSegment, waiting.IsCompleted);
            stream.Push(piece.Data);
            if (stream.HasSegment) await waiting;
        }
        Assert.True(stream.HasSegment);
    }

    [Fact]
    public async Task TheEndOfAStreamAnswersEverybodyWhoWaits()
    {
        var stream = Remuxed(3);
        var waiting = stream.WaitForAsync(1, 0, Cancellation);
        var part = stream.PartAsync(2, Cancellation);
        stream.End();
        Assert.True(await waiting);
        Assert.Null(await part);
        Assert.EndsWith("s0.m4s\n#EXT-X-ENDLIST\n", Text(stream), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatNobodyCanWaitForIsTooFarAhead()
    {
        var stream = Remuxed(3);
        Assert.False(stream.IsTooFarAhead(0));
        Assert.False(stream.IsTooFarAhead(1));
        Assert.True(stream.IsTooFarAhead(3));
    }

    [Fact]
    public async Task OnlyTheLatestSegmentsAreKept()
    {
        var clock = new StoppedClock();
        var stream = new LiveStream(Pace.Recorded, clock);
        stream.Push(Samples.Pieces(Samples.Recorder)[0].Data);
        var fragment = Samples.Pieces(Samples.Recorder)[1].Data;
        for (var n = 0; n < 4 * LiveStream.Kept; n++) stream.Push(fragment);
        var text = Text(stream);
        Assert.InRange(EveryWholeSegment().Count(text), 6, 8);
        Assert.Null(stream.SegmentData(0));
        Assert.Null(await stream.PartAsync(0, Cancellation));
        Assert.DoesNotContain("MEDIA-SEQUENCE:0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TimesOfSegmentsFollowThePictureNotTheNetwork()
    {
        var clock = new StoppedClock();
        var stream = new LiveStream(Pace.Remuxed, clock);
        foreach (var piece in Samples.Pieces(Samples.Remuxed))
        {
            clock.Advance(TimeSpan.FromSeconds(3)); // a slow network
            stream.Push(piece.Data);
        }
        var times = EveryTime().Matches(Text(stream)).Select(m => DateTimeOffset.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(3, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 1.8, 2.2));
    }

    [GeneratedRegex("PRELOAD-HINT:TYPE=PART,URI=\"(p[0-9]+\\.m4s)\"")]
    private static partial Regex Hint();

    [GeneratedRegex("#EXTINF")]
    private static partial Regex EveryWholeSegment();

    [GeneratedRegex("PROGRAM-DATE-TIME:(\\S+)")]
    private static partial Regex EveryTime();
}
