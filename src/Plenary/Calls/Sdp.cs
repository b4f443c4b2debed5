namespace Plenary.Calls;

/// <summary>What the server reads of session descriptions (RFC 8866): only whether their author would send.</summary>
internal static class Sdp
{
    /// <summary>
    /// True when a section of sound or pictures is not marked as receiving only or inactive. Without a mark it is taken for sending (RFC 8866, section 6.7), and so is
    /// what is no description at all. Rejected sections count too: their port, 0, is also that of sections that a bundle carries (RFC 8843), and browsers mark them.
    /// </summary>
    public static bool Sends(string sdp)
    {
        var (any, media, sends, unmarked) = (false, false, false, true);
        foreach (var piece in sdp.AsSpan().EnumerateLines())
        {
            var line = piece.Trim();
            if (line.StartsWith("m=", StringComparison.Ordinal))
            {
                if (media && sends) return true;
                (any, media, sends) = (true, !line.StartsWith("m=application", StringComparison.Ordinal), unmarked);
            }
            else if (line is "a=recvonly" or "a=inactive" or "a=sendrecv" or "a=sendonly")
            {
                // Before the first section it is for all that have none of their own.
                sends = line is "a=sendrecv" or "a=sendonly";
                if (!any) unmarked = sends;
            }
        }
        return !any || (media && sends);
    }
}
