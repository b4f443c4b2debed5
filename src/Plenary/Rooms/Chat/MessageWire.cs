using System.Text.Json.Serialization;
using MessagePack;

namespace Plenary.Rooms.Chat;

// How messages answer each other and what becomes of them, on the wire and between silos: names and numbers are only ever added.

/// <summary>What a message answers, as it is shown above it.</summary>
/// <param name="Message">Number of the message that is answered.</param>
/// <param name="Id">Its id.</param>
/// <param name="Person">Its author.</param>
/// <param name="Name">Of the author.</param>
/// <param name="Text">How it begins; null once it was removed.</param>
[GenerateSerializer, Immutable, Alias("plenary.quote"), MessagePackObject]
public sealed record Quote(
    [property: Id(0), Key("message")] long Message,
    [property: Id(1), Key("id")] Guid Id,
    [property: Id(2), Key("person")] Guid? Person,
    [property: Id(3), Key("name")] string Name,
    [property: Id(4), Key("text")] string? Text)
{
    /// <summary>UTF-16 units of what is shown of it.</summary>
    private const int Longest = 140;

    /// <summary>The beginning of a text in one line, never half of a character.</summary>
    internal static string? Begin(string? text)
    {
        if (text is null) return null;
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= Longest) return line;
        var end = char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest;
        return $"{line[..end].TrimEnd()}…";
    }
}

/// <summary>
/// What has become of a message since it was written: always all of it, so of two the one with the higher version is true, and told twice it changes nothing.
/// </summary>
/// <param name="Message">Number of the message.</param>
/// <param name="Version">Number of the entry that says so.</param>
/// <param name="Text">The text as it is now, when it is not the first one; null in the message's own entry, which has it.</param>
/// <param name="EditedAt">Unix milliseconds of the latest edit.</param>
/// <param name="Removed">author or staff: whoever took it away.</param>
/// <param name="Pinned">The staff keeps it in sight.</param>
/// <param name="Reactions">How many people react with what.</param>
/// <param name="Preview">What the first link in it leads to.</param>
[GenerateSerializer, Immutable, Alias("plenary.message-now"), MessagePackObject]
public sealed record MessageNow(
    [property: Id(0), Key("message")] long Message,
    [property: Id(1), Key("version")] long Version,
    [property: Id(2), Key("text")] string? Text = null,
    [property: Id(3), Key("editedAt")] long? EditedAt = null,
    [property: Id(4), Key("removed")] string? Removed = null,
    [property: Id(5), Key("pinned")] bool Pinned = false,
    [property: Id(6), Key("reactions")] Dictionary<string, int>? Reactions = null,
    [property: Id(7), Key("preview")] LinkPreview? Preview = null)
{
    /// <summary>The message with this become of it.</summary>
    internal Entry On(Entry entry)
    {
        if (entry.Seq == Message && (entry.Now is null || entry.Now.Version <= Version))
            return entry with { Text = Removed is null ? Text ?? entry.Text : null, Quote = Removed is null ? entry.Quote : null, Now = Text is null ? this : this with { Text = null } };
        if (entry.Quote is { } quote && quote.Message == Message && (Removed is not null || Text is not null))
            return entry with { Quote = quote with { Text = Removed is null ? Quote.Begin(Text) : null } };
        return entry;
    }
}

/// <summary>What a link leads to, in words alone: readers' browsers ask nobody but us.</summary>
/// <param name="Url">Where it leads.</param>
/// <param name="Site">Its host, or what the site calls itself.</param>
/// <param name="Title">Of the page.</param>
/// <param name="Text">What the page says about itself.</param>
[GenerateSerializer, Immutable, Alias("plenary.link-preview"), MessagePackObject]
public sealed record LinkPreview(
    [property: Id(0), Key("url")] string Url,
    [property: Id(1), Key("site")] string Site,
    [property: Id(2), Key("title")] string Title,
    [property: Id(3), Key("text")] string? Text = null);

/// <summary>What is done about a message.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Deed>))]
public enum Deed
{
    [JsonStringEnumMemberName("edit")]
    Edit,

    [JsonStringEnumMemberName("remove")]
    Remove,

    [JsonStringEnumMemberName("pin")]
    Pin,

    [JsonStringEnumMemberName("unpin")]
    Unpin,

    /// <summary>The server found out where its link leads.</summary>
    [JsonStringEnumMemberName("preview")]
    Preview,
}

/// <summary>A change of a message before it has a number.</summary>
/// <param name="Deed">What is to be done.</param>
/// <param name="Message">Number of the message.</param>
/// <param name="Staff">Whoever wants it may do so with everybody's.</param>
/// <param name="Text">The new text of an edit.</param>
/// <param name="Preview">Of the link, when that is what is added.</param>
[GenerateSerializer, Immutable, Alias("plenary.change-wish")]
public sealed record ChangeWish(
    [property: Id(0)] Deed Deed,
    [property: Id(1)] long Message,
    [property: Id(2)] bool Staff = false,
    [property: Id(3)] string? Text = null,
    [property: Id(4)] LinkPreview? Preview = null);

/// <summary>Somebody reacts to a message, or does not any more. Said twice it changes nothing.</summary>
/// <param name="Message">Number of the message.</param>
/// <param name="Person">Who.</param>
/// <param name="Emoji">One of <see cref="MessageReaction.Known"/>.</param>
/// <param name="On">False takes it back.</param>
[GenerateSerializer, Immutable, Alias("plenary.reaction-wish")]
public sealed record ReactionWish(
    [property: Id(0)] long Message,
    [property: Id(1)] Guid Person,
    [property: Id(2)] string Emoji,
    [property: Id(3)] bool On);
