namespace Plenary.Platform.Live.Transport;

/// <summary>Checks text that arrives in pieces, cut anywhere (RFC 3629, section 4; RFC 6455, section 8.1).</summary>
internal struct Utf8Check
{
    private byte missing;
    private byte least;
    private byte most;

    /// <summary>Nothing is missing: the text may end here.</summary>
    public readonly bool IsWhole => missing == 0;

    /// <summary>False as soon as this can be no text.</summary>
    public bool Accepts(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (missing == 0)
            {
                var next = piece.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (next < 0) return true;
                if (!Begin(piece[next])) return false;
                piece = piece[(next + 1)..];
            }
            else
            {
                if (piece[0] < least || piece[0] > most) return false;
                (least, most) = (0x80, 0xBF);
                missing--;
                piece = piece[1..];
            }
        }
        return true;
    }

    private bool Begin(byte lead)
    {
        (byte Missing, byte Least, byte Most) begun = lead switch
        {
            >= 0xC2 and <= 0xDF => (1, 0x80, 0xBF),
            0xE0 => (2, 0xA0, 0xBF), // not longer than need be
            0xED => (2, 0x80, 0x9F), // no surrogates
            >= 0xE1 and <= 0xEF => (2, 0x80, 0xBF),
            0xF0 => (3, 0x90, 0xBF),
            >= 0xF1 and <= 0xF3 => (3, 0x80, 0xBF),
            0xF4 => (3, 0x80, 0x8F), // nothing above U+10FFFF
            _ => (0, 0, 0),
        };
        (missing, least, most) = begun;
        return missing > 0;
    }
}
