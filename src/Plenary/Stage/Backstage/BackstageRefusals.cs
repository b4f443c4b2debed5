using Plenary.Platform;

namespace Plenary.Stage.Backstage;

/// <summary>What directing a stage says no to.</summary>
internal static class BackstageRefusals
{
    public static readonly Refusal NotNext = new("not-next", 409, "You have not been called up next, so there is nothing to be ready for yet.");
    public static readonly Refusal Full = new("stage-full", 409, $"There is room for {StagePlanDocument.MostOnStage} on stage. Take somebody off first.");
    public static readonly Refusal NothingToShow = new("nothing-to-show", 409, "There are no slides or clip on stage yet. Choose some first.");
    public static readonly Refusal NotAGuest = new("not-a-guest", 409, "Only attendees who were asked on stage go back to the audience. Speakers and crew stay backstage.");

    public static readonly Refusal HandsClosed = new("hands-closed", 409, "Hands cannot be raised just now. Watch for the crew to open them again.");
    public static readonly Refusal HandsFull = new("hands-full", 409, "Many hands are up already. Try again when some have had their turn.");
    public static readonly Refusal BackstageAlready = new("backstage-already", 409, "You belong backstage: speakers and crew need not raise a hand.");
    public static readonly Refusal NotInAudience = Refusal.Invalid("person", "Only attendees are asked on stage, and this person is not one.");
    public static readonly Refusal NotAsked = new("not-asked", 409, "Nobody has asked you on stage, or they have changed their mind.");
    public static readonly Refusal NoSuchDeck = new("no-such-deck", 409, "These slides are not here any more.", "deck");
    public static readonly Refusal NoSuchClip = new("no-such-clip", 409, "This clip is not here any more.");
    public static readonly Refusal ClipInUse = new("clip-in-use", 409, "This clip is on stage. Take it off first.");
    public static readonly Refusal TooManyDecks = new("too-many-decks", 409, $"A stage keeps {Decks.MostDecks} decks. Remove one first.");
    public static readonly Refusal TooManyClips = new("too-many-clips", 409, $"A stage keeps {Clips.MostClips} clips. Remove one first.");
    public static readonly Refusal NotAPicture = Refusal.Invalid("pages", "A page is not here. Upload the pages first, then save the slides.");
    public static readonly Refusal ClipType = new("unsupported-clip", 415, "Upload a video as MP4 or WebM, or music as MP3, M4A or OGG.");
    public static readonly Refusal BrokenClip = new("broken-clip", 400, "This file cannot be played in browsers. Save the video with H.264, VP8, VP9 or AV1 and the sound with AAC, Opus or MP3, at most 3,840 pixels wide and four hours long.");

    /// <param name="megabytes">The limit.</param>
    public static Refusal ClipTooLarge(long megabytes) => new("clip-too-large", 413, $"A clip may have at most {megabytes:N0} MB. Make it smaller or shorter and upload it again.");

    public static Refusal NoSuchSpot(string field) => new("no-such-spot", 409, "This is not on stage any more.", field);

    public static Refusal NotBackstage(string field) => new("not-backstage", 409, "They cannot go on stage: they are neither a speaker or crew of this event nor a guest backstage.", field);

    /// <param name="name">Who has not agreed.</param>
    public static Refusal NoConsent(string name) => new("consent-missing", 409, $"{name} has not agreed to be recorded yet. They are asked when they come backstage.");
}
