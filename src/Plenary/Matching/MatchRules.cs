namespace Plenary.Matching;

/// <summary>Who may meet whom.</summary>
public enum MatchMode
{
    /// <summary>Everyone may meet everyone.</summary>
    Everyone,

    /// <summary>Only people of different groups meet, as at a career fair.</summary>
    Groups,
}

/// <summary>What makes a good meeting.</summary>
public enum MatchBy
{
    /// <summary>What people have in common.</summary>
    Shared,

    /// <summary>What they do not have in common. Goals of one that the other can help with count either way.</summary>
    Different,
}

/// <summary>The rules of a party. All but <see cref="By"/> are kept in every round, whatever it costs.</summary>
/// <param name="CommonLanguage">Two who both named languages must have one in common.</param>
/// <param name="NotSameCompany">Two of the same company do not meet.</param>
/// <param name="TicketGroups">The kinds of tickets whose holders may meet, in either order; null: all. Whoever has no kind counts as "".</param>
/// <param name="Trio">With an odd number of people, one meeting of the round is of three.</param>
/// <param name="Host">
/// Steps in when the number of the others is odd, and neither meets anybody nor waits otherwise. Need not be among the candidates; only blocks and earlier meetings
/// bind the host.
/// </param>
public sealed record MatchRules(
    MatchMode Mode = MatchMode.Everyone,
    MatchBy By = MatchBy.Shared,
    bool CommonLanguage = false,
    bool NotSameCompany = false,
    IReadOnlyList<(string, string)>? TicketGroups = null,
    bool Trio = true,
    Guid? Host = null);

/// <summary>What lies between people, each pair in either order. People who are not candidates do no harm.</summary>
/// <param name="Blocked">Never meet, whoever of them blocked the other.</param>
/// <param name="Here">Have met at this event: do not meet again.</param>
/// <param name="Elsewhere">Have met at another event: meet again only when there is nothing better.</param>
public sealed record MetBefore(IReadOnlyCollection<(Guid, Guid)> Blocked, IReadOnlyCollection<(Guid, Guid)> Here, IReadOnlyCollection<(Guid, Guid)> Elsewhere)
{
    /// <summary>Everybody is new to everybody.</summary>
    public static MetBefore Nobody { get; } = new([], [], []);
}
