using Plenary.Platform;

namespace Plenary.Stage.Backstage;

/// <summary>What directing a stage says no to.</summary>
internal static class BackstageRefusals
{
    public static readonly Refusal NotNext = new("not-next", 409, "You have not been called up next, so there is nothing to be ready for yet.");
    public static readonly Refusal Full = new("stage-full", 409, $"There is room for {StagePlanDocument.MostOnStage} on stage. Take somebody off first.");
    public static readonly Refusal NothingToShow = new("nothing-to-show", 409, "There are no slides or clip on stage yet. Choose some first.");
    public static readonly Refusal NotAGuest = new("not-a-guest", 409, "Only attendees who were asked on stage go back to the audience. Speakers and crew stay backstage.");

    public static Refusal NoSuchSpot(string field) => new("no-such-spot", 409, "This is not on stage any more.", field);

    public static Refusal NotBackstage(string field) => new("not-backstage", 409, "They cannot go on stage: they are neither a speaker or crew of this event nor a guest backstage.", field);

    /// <param name="name">Who has not agreed.</param>
    public static Refusal NoConsent(string name) => new("consent-missing", 409, $"{name} has not agreed to be recorded yet. They are asked when they come backstage.");
}
