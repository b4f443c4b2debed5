using Plenary.Platform;

namespace Plenary.Messages;

/// <summary>What conversations say no to.</summary>
internal static class MessageRefusals
{
    public static readonly Refusal YouBlock = new("you-block-them", 409, "You block this person. Take that back first to write to them.");
    public static readonly Refusal IdTaken = new("id-taken", 409, "This id belongs to another message. Send yours with a new one.", "id");
    public static readonly Refusal TooFast = new("too-many-requests", 429, "You are writing a little fast. Wait a moment; nothing is lost.");
    public static readonly Refusal TooManyNew = new("too-many-requests", 429, "You have written to many new people in a short time. Give them time to answer.");
    public static readonly Refusal Full = new("group-full", 409, $"A group has at most {Conversation.MostPeople} people.", "people");
    public static readonly Refusal NotAGroup = new("not-a-group", 409, "This is a conversation of two. Start a group to talk with more people.");
    public static readonly Refusal FileTooLarge = new("file-too-large", 413, $"A file may have at most {MessageFiles.Largest / 1024 / 1024} MiB.");
    public static readonly Refusal FileType = new("unsupported-file", 415, "Send pictures (PNG, JPEG, WebP), PDF, plain text or office documents.");
    public static readonly Refusal TooManyFiles = new("too-many-files", 429, "You have uploaded a lot today. Send what you have, and try again tomorrow.");
    public static readonly Refusal CallOver = new("call-over", 409, "This call is over.");
}
