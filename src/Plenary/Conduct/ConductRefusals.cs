using Plenary.Platform;

namespace Plenary.Conduct;

/// <summary>What the rules of a room say no to.</summary>
public static class ConductRefusals
{
    public static readonly Refusal Locked = new("room-locked", 403, "The chat of this room is closed for now. You can read it, and it may open again.");
    public static readonly Refusal Words = new("words-refused", 400, "Your message has words that are not used here. Say it in other words.", "text");
    public static readonly Refusal Links = new("links-refused", 400, "Links are off in this room. Send your message without one.", "text");

    public static readonly Refusal NoChanges = new("no-changes", 403, "Messages of this room are looked at before others see them, so they cannot be changed. Send a new one.");

    /// <summary>The next message of the person may be sent in so many seconds.</summary>
    public static Refusal Slow(int seconds, int wait) =>
        new("slow-mode", 429, $"This room is in slow mode: one message every {seconds} seconds. Yours can be sent in {wait} s; nothing is lost.", Details: new Dictionary<string, object> { ["wait"] = wait });
}
