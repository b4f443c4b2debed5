using Plenary.Stage.Media;
using Plenary.Stage.Recordings;

namespace Plenary.Tests.Stage.Media;

/// <summary>The segments of a take are found whatever became of the journal.</summary>
public sealed class SegmentIndexFacts : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-index-").FullName;

    private string File1 => Path.Combine(folder, "take-1.m4s");

    private string Journal => Path.Combine(folder, "take-1.index");

    private Task<SegmentIndex> Read() => SegmentIndex.ReadAsync(File1, Journal, Pace.Remuxed, TestContext.Current.CancellationToken);

    private async Task<SegmentIndex> Record(bool end)
    {
        await File.WriteAllBytesAsync(File1, Samples.Remuxed, TestContext.Current.CancellationToken);
        using var journal = new SegmentJournal(Journal);
        var stream = new LiveStream(Pace.Remuxed, TimeProvider.System) { InitDone = journal.Init, SegmentDone = journal.Add };
        stream.Push(Samples.Remuxed);
        if (end)
        {
            stream.End();
            journal.End();
        }
        return await Read();
    }

    [Fact]
    public async Task AWholeJournalCoversTheWholeFile()
    {
        var index = await Record(end: true);
        Assert.True(index.IsComplete);
        Assert.Equal(3, index.Segments.Count);
        Assert.Equal(index.InitLength, index.Segments[0].Offset);
        Assert.All(index.Segments.Zip(index.Segments.Skip(1)), pair => Assert.Equal(pair.First.Offset + pair.First.Length, pair.Second.Offset));
        Assert.Equal(Samples.Remuxed.Length, index.Segments[^1].Offset + index.Segments[^1].Length);
    }

    [Fact]
    public async Task TheEndThatTheJournalLacksIsFoundInTheFile()
    {
        var whole = await Record(end: true);
        var cut = await Record(end: false);
        Assert.False(cut.IsComplete);
        Assert.Equal(whole.Segments.Select(Rounded), cut.Segments.Select(Rounded));
    }

    [Fact]
    public async Task AnyCutOfTheJournalGivesTheSameSegments()
    {
        var whole = await Record(end: true);
        var text = await File.ReadAllTextAsync(Journal, TestContext.Current.CancellationToken);
        for (var length = 0; length < text.Length; length++)
        {
            await File.WriteAllTextAsync(Journal, text[..length], TestContext.Current.CancellationToken);
            var index = await Read();
            Assert.Equal(whole.InitLength, index.InitLength);
            Assert.Equal(whole.Segments.Select(Rounded), index.Segments.Select(Rounded));
        }
        File.Delete(Journal);
        Assert.Equal(whole.Segments.Select(Rounded), (await Read()).Segments.Select(Rounded));
    }

    [Fact]
    public async Task LinesAboutBytesThatNeverReachedTheDiskAreIgnored()
    {
        var whole = await Record(end: true);
        await using (var file = File.OpenWrite(File1)) file.SetLength(whole.Segments[2].Offset + 5);
        var index = await Read();
        Assert.Equal(whole.Segments.Take(2), index.Segments);
        Assert.False(index.IsComplete);
    }

    [Fact]
    public async Task AFileThatHoldsNoStreamHasNoSegments()
    {
        await File.WriteAllTextAsync(File1, "not a film", TestContext.Current.CancellationToken);
        Assert.Empty((await Read()).Segments);
        File.Delete(File1);
        Assert.Equal(0, (await Read()).Duration);
    }

    [Fact]
    public void TheReplaysPlaylistIsTheSegmentsOfTheTakes()
    {
        var first = new SegmentIndex(700, [new(700, 1000, 0, 2), new(1700, 500, 2, 1.5)], true);
        var second = new SegmentIndex(710, [new(710, 900, 0, 1.96)], true);
        var recording = new Recording([(1, "one", first), (3, "three", second)]);
        Assert.Equal("""
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:2
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-MAP:URI="1-init.mp4"
            #EXTINF:2.00000,
            1-0.m4s
            #EXTINF:1.50000,
            1-1.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="3-init.mp4"
            #EXTINF:1.96000,
            3-0.m4s
            #EXT-X-ENDLIST

            """.ReplaceLineEndings("\n"), Recording.Playlist(recording.Segments));
        Assert.Equal(new FilePart("one", 1700, 500), recording.Segment(1, 1));
        Assert.Equal(new FilePart("three", 0, 710), recording.Init(3));
        Assert.Null(recording.Segment(1, 2));
        Assert.Null(recording.Segment(2, 0));
        Assert.Equal((2.0, 3.5), (recording.BorderBefore(3.4), recording.BorderAfter(2.1)));
        Assert.Equal((0.0, 5.46), (recording.BorderBefore(1.9), Math.Round(recording.BorderAfter(9), 2)));
        Assert.Equal([(1, 1), (3, 0)], recording.Between(2, 9).Select(s => (s.Take, s.Number)));
    }

    private static (long, long, double, double) Rounded(IndexedSegment s) => (s.Offset, s.Length, Math.Round(s.Start, 4), Math.Round(s.Duration, 4));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
