using Plenary.Platform;

namespace Plenary.Calls;

/// <summary>What calls say no to.</summary>
public static class CallRefusals
{
    public static readonly Refusal NotInCall = new("not-in-call", 409, "You are not in this call. Enter it first.");
    public static readonly Refusal MayNotPublish = new("may-not-publish", 403, "You may watch and listen here. The hosts decide who is seen and heard.");
    public static readonly Refusal PeerGone = new("peer-gone", 409, "This person has left the call.", "to");
    public static readonly Refusal PeerAway = new("peer-away", 503, "This person's connection is lost for the moment. Try again in a second.", "to");
    public static readonly Refusal NotBetweenPeers = new("not-between-peers", 409, "In this call everything goes through the server.", "to");
    public static readonly Refusal OnlyBetweenPeers = new("only-between-peers", 409, "In this call browsers speak to each other. Say to whom.", "to");

    public static readonly Refusal NotThroughServer = new("not-through-server", 409, "In this call browsers speak to the media server themselves.");

    /// <summary>This stay in the call is over, or it is somebody else's: enter as a new peer.</summary>
    public static readonly Refusal PeerOver = new("peer-over", 409, "This stay in the call is over. Enter again as a new one.", "peer");

    public static readonly Refusal TooManyCalls = new("too-many-calls", 409, "You are in too many calls at once. Leave one first.");

    /// <summary>Why the hosts' button puts somebody out.</summary>
    public static readonly Refusal Removed = new("removed-from-call", 403, "The hosts have taken you out of the call.");

    /// <summary>The same person came again, and said that it is instead of this.</summary>
    public static readonly Refusal TakenOver = new("taken-over", 409, "You have entered this call in another window.");

    /// <summary>There are as many people as the call takes.</summary>
    public static Refusal Full(int most) => new("call-full", 503, $"This call is full: it takes {most} people.", Details: new Dictionary<string, object> { ["most"] = most });

    /// <summary>As many people are seen and heard as the call takes.</summary>
    public static Refusal StageFull(int most) => new("stage-full", 503, $"{most} people are seen and heard already, which is as many as this call takes. You can come in and watch.",
        Details: new Dictionary<string, object> { ["most"] = most });
}
