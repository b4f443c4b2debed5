using Plenary.Platform;

namespace Plenary.Moderation;

/// <summary>What moderation says no to.</summary>
public static class ModerationRefusals
{
    public static readonly Refusal Yourself = new("yourself", 409, "You cannot do this to yourself.", "person");
    public static readonly Refusal Outranked = new("outranked", 403, "This person's role is not below yours. Ask an organizer.", "person");
    public static readonly Refusal ByHigher = new("outranked", 403, "Somebody with a higher role has done this. Ask them.", "restriction");
    public static readonly Refusal Member = new("member", 409, "This person is of the organization. Take them out of its team first.", "person");
    public static readonly Refusal Decided = new("already-decided", 409, "Somebody has decided this already.");
    public static readonly Refusal Appealed = new("already-appealed", 409, "You have written about this already. The organizers will answer here.");
}
