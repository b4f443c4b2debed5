namespace Plenary.Matching;

/// <summary>
/// Somebody who is ready for a round, with what the matcher may know. Tags and names are compared without regard to case and to blanks around them. What somebody
/// left out never excludes anybody: whoever names no language, no company or no group is taken to fit.
/// </summary>
/// <param name="Group">Their side, where <see cref="MatchMode.Groups"/> meet each other.</param>
/// <param name="TicketGroup">The kind of their ticket, for <see cref="MatchRules.TicketGroups"/>.</param>
/// <param name="Waited">Rounds that they have been without a meeting: whoever waited longer is left out last.</param>
/// <param name="Seen">People whom they have met here: among those who waited equally long, whoever has met fewer is left out last.</param>
public sealed record Candidate(
    Guid Person,
    string? Group,
    string[] Interests,
    string[] LooksFor,
    string[] Offers,
    string[] Languages,
    string? Company,
    string? TicketGroup,
    int Waited,
    int Seen);
