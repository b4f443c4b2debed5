using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Plenary.Platform.Live;
using Plenary.Platform.Live.Transport;

namespace Plenary.Tests.Platform.Live;

/// <summary>
/// Whatever is sent to a slow reader and however little it takes: nothing is ever cut, order is kept, answers are never lost, what waits is bounded,
/// and of each room that lost something a later frame follows.
/// </summary>
public sealed class BacklogProperty
{
    private const int Rooms = 3;

    /// <summary>One move: room -1 is an answer of the hub; a negative size is the reader taking that many bytes.</summary>
    private sealed record Move(int Room, FrameClass Kind, int Size);

    private static readonly Gen<Move> Sends = Gen.Select(Gen.Int[-1, Rooms - 1], Gen.Int[0, 2], Gen.OneOf(Gen.Int[4, 300], Gen.Int[4_000, 70_000]), (room, kind, size) => new Move(room, (FrameClass)kind, size));
    private static readonly Gen<Move> Takes = Gen.OneOf(Gen.Int[1, 200], Gen.Int[1_000, 90_000]).Select(size => new Move(0, default, -size));

    [Fact]
    public void WhatASlowReaderGetsIsWholeInOrderAndEnough()
    {
        using var fanout = new Fanout(TimeProvider.System, NullLogger<Fanout>.Instance);
        var crowds = Enumerable.Range(0, Rooms).Select(_ => fanout.NewCrowd()).ToArray();
        Gen.Frequency((2, Sends), (1, Takes)).Array[1, 120].Sample(moves => Holds(moves, crowds), iter: 300, threads: 1);
    }

    private static void Holds(Move[] moves, Crowd[] crowds)
    {
        var (backlog, sent, read, givenUp) = (new Backlog(), new List<Move>(), new MemoryStream(), false);
        void Take(int size)
        {
            while (size > 0 && !backlog.IsEmpty)
            {
                var part = backlog.Head[..Math.Min(size, backlog.Head.Length)];
                read.Write(part.Span);
                backlog.Advance(part.Length);
                size -= part.Length;
            }
        }
        foreach (var move in moves)
        {
            if (move.Size < 0)
            {
                Take(-move.Size);
                continue;
            }
            // A frame tells its number and its length: 4 bytes, then as many of the number's last byte as it takes.
            var frame = new byte[move.Size];
            Array.Fill(frame, (byte)sent.Count);
            BitConverter.TryWriteBytes(frame, (sent.Count << 20) | move.Size);
            sent.Add(move);
            if (!backlog.Add(frame, begun: false, move.Kind, move.Room < 0 ? null : crowds[move.Room]))
            {
                givenUp = true;
                break;
            }
            Assert.True(backlog.Kept <= Backlog.Most && backlog.Waiting <= Backlog.Most + ((Rooms + 2) * 70_000), $"{backlog.Waiting} bytes wait");
        }
        if (givenUp)
        {
            Assert.True(backlog.Kept > Backlog.Most);
            return;
        }
        Take(int.MaxValue);
        Assert.Equal((0, 0), (backlog.Waiting, backlog.Kept));

        var got = new List<int>();
        for (var rest = read.ToArray().AsSpan(); !rest.IsEmpty;)
        {
            var head = BitConverter.ToInt32(rest);
            var (number, size) = (head >> 20, head & 0xFFFFF);
            Assert.Equal(sent[number].Size, size);
            Assert.False(rest[4..size].ContainsAnyExcept((byte)number));
            got.Add(number);
            rest = rest[size..];
        }
        Assert.Equal(got.Order(), got);
        var lost = Enumerable.Range(0, sent.Count).Except(got).ToList();
        foreach (var number in lost)
        {
            var (room, kind) = (sent[number].Room, sent[number].Kind);
            Assert.True(room >= 0 || kind == FrameClass.Ephemeral, "an answer was lost");
            if (kind == FrameClass.Entries) Assert.Contains(got, later => later > number && sent[later].Room == room && sent[later].Kind == FrameClass.Entries);
            if (kind == FrameClass.State) Assert.Contains(got, later => later > number && sent[later].Room == room && sent[later].Kind == FrameClass.State);
        }
    }
}
