namespace Plenary.Rooms.Chat;

/// <summary>How long and how often messages may be changed, as docs/organize/chat.md tells it.</summary>
public static class ChatRules
{
    /// <summary>Authors may say it in other words for so long.</summary>
    public static readonly TimeSpan EditWithin = TimeSpan.FromMinutes(15);

    /// <summary>Authors may take it back for so long; the staff always may.</summary>
    public static readonly TimeSpan RemoveWithin = TimeSpan.FromHours(24);

    /// <summary>Messages of a room that are pinned at a time.</summary>
    public const int MostPins = 5;

    /// <summary>People that one message calls.</summary>
    public const int MostMentions = 8;
}
