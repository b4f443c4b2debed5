namespace Plenary.Tests.Parties;

/// <summary>How long the parts of a party take in tests.</summary>
internal static class ShortParties
{
    public static readonly (string Length, string Seconds)[] Lengths = [("CheckIn", "60"), ("Countdown", "0.3"), ("Card", "0.3"), ("Between", "0.3"), ("Minute", "1")];

    /// <summary>The same, as arguments of a process.</summary>
    public static string[] Arguments => [.. Lengths.Select(l => $"--Parties:{l.Length}Seconds={l.Seconds}")];
}
