using Plenary.Platform;

namespace Plenary.Polls;

/// <summary>What polls say no to.</summary>
public static class PollRefusals
{
    public static readonly Refusal NotOpen = new("poll-closed", 409, "This poll is not open. Its results stay in the panel.");
    public static readonly Refusal Voted = new("already-voted", 409, "Your vote counts already. This poll is anonymous, so nobody can say which it was, and it cannot be changed.");
    public static readonly Refusal Opened = new("poll-opened", 409, "People have voted in this poll. Copy it to ask something else.");
    public static readonly Refusal TooMany = new("too-many-polls", 409, $"There is room for {PollBook.MostPolls} polls in a room. Remove one first.");
    public static readonly Refusal NotKept = new("not-kept", 503, "Your vote could not be saved just now. It is safe to send it again.");
}
