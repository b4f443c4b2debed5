using CsCheck;
using Plenary.Rooms;

namespace Plenary.Tests.Rooms;

/// <summary>The ring that people who come back are told from is a plain list with a short memory.</summary>
public sealed class EntryWindowProperty
{
    private const int Capacity = 40;

    /// <summary>A step and how much of it: so many entries are added, or the window starts anew with so many.</summary>
    private static readonly Gen<(bool Reset, int Count, ulong Shown)[]> Plays = Gen.Select(Gen.Frequency((8, Gen.Const(false)), (1, Gen.Const(true))), Gen.Int[0, 60], Gen.ULong).Array[0, 12];

    [Fact]
    public void WhateverIsAddedAndAskedTheRingAnswersLikeAList() => Plays.Sample(steps =>
    {
        var window = new EntryWindow(Capacity);
        var (all, last) = (new List<(Entry Entry, bool Shown)>(), 0L);
        foreach (var (reset, count, shown) in steps)
        {
            if (reset)
            {
                last += 1_000; // what came in between was never heard
                all.Clear();
                var anew = Enumerable.Range(1, count).Select(n => Chat(last + n)).ToList();
                window.Reset(anew, last);
                all.AddRange(anew.Select(e => (e, true)));
                last += count;
            }
            else
                for (var n = 0; n < count; n++)
                {
                    var (entry, show) = (Chat(++last), (shown >> (n % 64) & 1) == 1);
                    var dropped = all.Count >= Capacity ? all[^Capacity].Entry : null;
                    Assert.Same(dropped, window.Add(entry, show));
                    all.Add((entry, show));
                }
            var held = all.TakeLast(Capacity).ToList();
            Assert.Equal((last, last - held.Count + 1), (window.Last, window.First));
            Assert.Equal(held.Select(h => h.Entry), window.All());
            Assert.Equal(held.Where(h => h.Shown && h.Entry.Kind == EntryKind.Chat).TakeLast(5).Select(h => h.Entry), window.LatestChat(5));
            foreach (var seq in new[] { last - held.Count - 1, last - held.Count, last - held.Count / 2, last - 1, last, last + 1, long.MinValue, long.MaxValue })
            {
                var known = seq >= last - held.Count && seq <= last;
                Assert.Equal(known, window.Reaches(seq));
                Assert.Equal(known ? held.Where(h => h.Entry.Seq > seq).Select(h => h.Entry) : null, window.After(seq));
                if (!known) continue;
                Assert.Equal(held.Where(h => h.Entry.Seq > seq && h.Shown).Select(h => h.Entry), window.ShownAfter(seq));
                Assert.Equal(held.Where(h => h.Entry.Seq > seq && !h.Shown).Select(h => h.Entry), window.LeftAfter(seq));
            }
        }
    }, iter: 500, threads: 1);

    [Fact]
    public void AnEntryThatDoesNotFollowIsNotTaken() =>
        Assert.Throws<InvalidOperationException>(() => new EntryWindow().Add(Chat(2)));

    private static Entry Chat(long seq) => new(seq, Guid.CreateVersion7(), seq % 7 == 0 ? EntryKind.Stage : EntryKind.Chat, seq, null, "Ann", "attendee", $"{seq}", null);
}
