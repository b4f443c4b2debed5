using CsCheck;
using Plenary.Rooms;

namespace Plenary.Tests.Rooms;

/// <summary>What is left out of a chat that nobody could read.</summary>
public sealed class ChatSampleProperty
{
    /// <summary>Frames of entries: milliseconds since the entry before, and whether staff or an attendee wrote it.</summary>
    private static readonly Gen<(int Ms, bool Staff)[][]> Talks = Gen.Select(Gen.Int[0, 60], Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))).Array[0, 60].Array[1, 12];

    [Fact]
    public void StaffIsAlwaysShownAndAttendeesAsManyAsCanBeRead() => Talks.Sample(talk =>
    {
        var frames = Frames(talk);
        var shown = Shown(frames, ChatSample.Huge + 1);

        Assert.All(shown.Where(s => s.Entry.Role != "attendee" || s.Entry.Kind == EntryKind.Stage), s => Assert.True(s.Shown));
        var attendees = shown.Where(s => s is { Shown: true, Entry: { Role: "attendee", Kind: EntryKind.Chat } }).Select(s => s.Entry.At).ToArray();
        for (var from = 0; from < attendees.Length; from++)
            for (var to = from; to < attendees.Length; to++)
                // A frame is drawn by its latest entry, so a stretch may end with what the next half second brings.
                Assert.InRange(to - from + 1, 1, 2 * ChatSample.PerSecond + (attendees[to] - attendees[from] + 500) * ChatSample.PerSecond / 1000);
    }, iter: 300, threads: 1);

    [Fact]
    public void EveryProcessThatWasToldTheSameShowsTheSame() => Talks.Sample(talk =>
    {
        var frames = Frames(talk);
        Assert.Equal(Shown(frames, 50_000), Shown(frames, 20_000));
    }, iter: 100, threads: 1);

    [Fact]
    public void InARoomOfHundredsEverybodySeesEverything() => Talks.Sample(talk =>
        Assert.All(Shown(Frames(talk), ChatSample.Huge), s => Assert.True(s.Shown)), iter: 100, threads: 1);

    [Fact]
    public void NobodyIsFavoured()
    {
        var sample = new ChatSample();
        var counts = new int[20];
        for (var frame = 0; frame < 2_000; frame++)
        {
            // Twenty people, always in the same order, twice a second; about five entries are shown.
            var entries = Enumerable.Range(0, 20).Select(n => Chat(frame * 20 + n + 1, 1_000 + frame * 500)).ToArray();
            var shown = sample.Choose(entries, 10_000);
            for (var n = 0; n < 20; n++) counts[n] += shown[n] ? 1 : 0;
        }
        Assert.All(counts, c => Assert.InRange(c, 400, 600));
    }

    private static List<Entry[]> Frames((int Ms, bool Staff)[][] talk)
    {
        var (seq, at) = (0L, 1_000L);
        return [.. talk.Select(frame => frame.Select(f => Chat(++seq, at += f.Ms, f.Staff ? "moderator" : "attendee", seq % 17 == 0 ? EntryKind.Stage : EntryKind.Chat)).ToArray())];
    }

    private static (Entry Entry, bool Shown)[] Shown(List<Entry[]> frames, int people)
    {
        var sample = new ChatSample();
        return [.. frames.SelectMany(frame => frame.Zip(sample.Choose(frame, people)))];
    }

    private static Entry Chat(long seq, long at, string role = "attendee", EntryKind kind = EntryKind.Chat) =>
        new(seq, Guid.CreateVersion7(), kind, at, Guid.CreateVersion7(), "Ann", role, "text", null);
}
