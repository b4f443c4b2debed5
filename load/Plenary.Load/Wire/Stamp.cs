using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;

namespace Plenary.Load.Wire;

/// <summary>
/// What every measured message begins with, whichever engine carries it: <c>@T</c>, when it was sent in nanoseconds of the machine's monotonic
/// clock (19 digits), <c>#</c> and its number (8 digits), filled up to its size. All processes of a machine share that clock.
/// </summary>
/// <param name="SentAt">Nanoseconds.</param>
/// <param name="Number">1, 2, 3 … within a run.</param>
internal readonly record struct Stamp(long SentAt, int Number)
{
    public const int Length = 30;

    /// <summary>Nanoseconds of CLOCK_MONOTONIC: what Stopwatch counts on Linux.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>The text of a message of this many bytes.</summary>
    public string ToText(int size) =>
        string.Create(CultureInfo.InvariantCulture, $"@T{SentAt:D19}#{Number:D8}").PadRight(Math.Max(size, Length), 'x');

    /// <summary>The stamp at the start of a text; false when it carries none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out Stamp stamp)
    {
        stamp = default;
        if (text.Length < Length || text[0] != '@' || text[1] != 'T' || text[21] != '#') return false;
        if (!Utf8Parser.TryParse(text.Slice(2, 19), out long at, out var digits) || digits != 19) return false;
        if (!Utf8Parser.TryParse(text.Slice(22, 8), out int number, out digits) || digits != 8) return false;
        stamp = new(at, number);
        return true;
    }

    /// <summary>The first stamp anywhere in a payload; false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> payload, out Stamp stamp)
    {
        var at = payload.IndexOf("@T"u8);
        stamp = default;
        return at >= 0 && TryRead(payload[at..], out stamp);
    }

}
