namespace Plenary.Matching;

/// <summary>What a round of meetings is made of.</summary>
/// <param name="Waiting">Those who have nobody this time, whoever waited longest first.</param>
public sealed record Round(IReadOnlyList<Match> Matches, IReadOnlyList<Guid> Waiting);

/// <summary>Two people, or three, who meet.</summary>
/// <param name="Score">How well they fit, below 1; about 0 when nothing is known, below 0 when something speaks against it. For three: the mean of their pairs.</param>
public sealed record Match(Guid[] People, double Score, MatchReason Reason);

/// <summary>Why these people meet; true as it stands, for the browser to say in words.</summary>
/// <param name="Kind">One of <see cref="MatchReasons"/>.</param>
/// <param name="Terms">At most three, as one of them wrote them.</param>
public sealed record MatchReason(string Kind, string[] Terms);

/// <summary>The kinds of reasons.</summary>
public static class MatchReasons
{
    /// <summary>One of them looks for what another offers: the terms.</summary>
    public const string Goal = "goal";

    /// <summary>All of them have these interests.</summary>
    public const string Interests = "interests";

    /// <summary>Each of the terms is an interest of one of them and not of all; without terms: they have no interest in common.</summary>
    public const string Different = "different";

    /// <summary>All of them speak these languages.</summary>
    public const string Language = "language";

    /// <summary>No two of them are known to have met before, at any event.</summary>
    public const string New = "new";
}
