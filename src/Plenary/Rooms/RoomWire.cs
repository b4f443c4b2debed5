using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using MessagePack;
using Plenary.Rooms.Chat;

namespace Plenary.Rooms;

// The records of docs/develop/protocol.md: what they are called there they are called on the wire, in MessagePack and JSON alike. The ids
// of members are what travels between silos; both outlive a release, so numbers and names are only ever added.

/// <summary>What the stage of a room is doing, as its audience sees it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StageState>))]
public enum StageState
{
    /// <summary>Nobody is live.</summary>
    [EnumMember(Value = "dark"), JsonStringEnumMemberName("dark")]
    Dark,

    [EnumMember(Value = "live"), JsonStringEnumMemberName("live")]
    Live,

    /// <summary>The speaker's picture stopped arriving; it may come back.</summary>
    [EnumMember(Value = "interrupted"), JsonStringEnumMemberName("interrupted")]
    Interrupted,

    [EnumMember(Value = "ended"), JsonStringEnumMemberName("ended")]
    Ended,
}

/// <summary>The stage of a room at one moment.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Broadcast">The latest broadcast, if any.</param>
/// <param name="Playlist">Path of the live playlist, once there is something to play.</param>
/// <param name="Speaker">Name of who is live.</param>
/// <param name="StartedAt">Unix milliseconds.</param>
/// <param name="On">Who is on stage, in order.</param>
/// <param name="Card">Shown instead of the picture.</param>
/// <param name="Banner">Shown across it.</param>
/// <param name="HandsClosed">Nobody raises a hand just now.</param>
/// <param name="External">Path of the page to be framed, when what is live comes from elsewhere.</param>
/// <param name="Seats">So many may watch it without delay, in the call of the room; null when nobody can.</param>
[GenerateSerializer, Immutable, Alias("plenary.stage-now"), MessagePackObject]
public sealed record StageNow(
    [property: Id(0), Key("state")] StageState State,
    [property: Id(1), Key("broadcast")] Guid? Broadcast = null,
    [property: Id(2), Key("playlist")] string? Playlist = null,
    [property: Id(3), Key("speaker")] string? Speaker = null,
    [property: Id(4), Key("startedAt")] long? StartedAt = null,
    [property: Id(5), Key("on")] OnStage[]? On = null,
    [property: Id(6), Key("card")] StageCard? Card = null,
    [property: Id(7), Key("banner")] StageBanner? Banner = null,
    [property: Id(8), Key("external")] string? External = null,
    [property: Id(9), Key("seats")] int? Seats = null,
    [property: Id(10), Key("handsClosed")] bool? HandsClosed = null)
{
    public static readonly StageNow Dark = new(StageState.Dark);
}

/// <summary>Somebody who is on stage, as the audience reads it.</summary>
/// <param name="Person">Who it is.</param>
/// <param name="Name">As the lower third shows it.</param>
/// <param name="Title">What they are, if it is said.</param>
[GenerateSerializer, Immutable, Alias("plenary.on-stage"), MessagePackObject]
public sealed record OnStage(
    [property: Id(0), Key("person")] Guid? Person,
    [property: Id(1), Key("name")] string Name,
    [property: Id(2), Key("title")] string? Title = null);

/// <summary>What is shown instead of the picture: before it begins, in a break, after the end.</summary>
/// <param name="Kind">starting, break, ended or custom.</param>
/// <param name="Title">The large line.</param>
/// <param name="Text">What stands below it.</param>
/// <param name="Music">Path of a sound that plays meanwhile.</param>
/// <param name="Clip">Path of a video that is looped meanwhile.</param>
/// <param name="Until">Unix milliseconds when it goes on, to count down to.</param>
[GenerateSerializer, Immutable, Alias("plenary.stage-card"), MessagePackObject]
public sealed record StageCard(
    [property: Id(0), Key("kind")] string Kind,
    [property: Id(1), Key("title")] string Title,
    [property: Id(2), Key("text")] string? Text = null,
    [property: Id(3), Key("music")] string? Music = null,
    [property: Id(4), Key("clip")] string? Clip = null,
    [property: Id(5), Key("until")] long? Until = null);

/// <summary>A line across the picture, such as the question that is being answered.</summary>
/// <param name="Text">The words.</param>
/// <param name="By">Whose they are.</param>
[GenerateSerializer, Immutable, Alias("plenary.stage-banner"), MessagePackObject]
public sealed record StageBanner(
    [property: Id(0), Key("text")] string Text,
    [property: Id(1), Key("by")] string? By = null);

/// <summary>The plan of a stage at one moment; of two the higher version is true.</summary>
/// <param name="Version">1, 2, 3 … of this stage.</param>
/// <param name="Document">JSON, as docs/develop/stage.md describes it. The live engine carries it and does not read it.</param>
[GenerateSerializer, Immutable, Alias("plenary.plan-now"), MessagePackObject]
public sealed record PlanNow(
    [property: Id(0), Key("version")] int Version,
    [property: Id(1), Key("document")] string Document)
{
    /// <summary>The newer of two.</summary>
    public static PlanNow? Newer(PlanNow? one, PlanNow? other) => other is null || one?.Version > other.Version ? one : other;
}

/// <summary>One entry of a room's log.</summary>
/// <param name="Seq">1, 2, 3 … in its room.</param>
/// <param name="Id">Made by the client.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Name">Of the author.</param>
/// <param name="Role">Of the author.</param>
/// <param name="Text">Of a message, as it is now; null once it was removed.</param>
/// <param name="Stage">Of the stage's entries.</param>
/// <param name="Plan">Of the plan's entries.</param>
/// <param name="Quote">What a message answers.</param>
/// <param name="Mentions">People that a message calls.</param>
/// <param name="Now">What has become of a message.</param>
/// <param name="Changes">Of a change: what it made of its messages, unless a later one has superseded it.</param>
[GenerateSerializer, Immutable, Alias("plenary.entry"), MessagePackObject]
public sealed record Entry(
    [property: Id(0), Key("seq")] long Seq,
    [property: Id(1), Key("id")] Guid Id,
    [property: Id(2), Key("kind")] EntryKind Kind,
    [property: Id(3), Key("at")] long At,
    [property: Id(4), Key("person")] Guid? Person,
    [property: Id(5), Key("name")] string Name,
    [property: Id(6), Key("role")] string Role,
    [property: Id(7), Key("text")] string? Text,
    [property: Id(8), Key("stage")] StageNow? Stage,
    [property: Id(9), Key("plan")] PlanNow? Plan = null,
    [property: Id(10), Key("quote")] Quote? Quote = null,
    [property: Id(11), Key("mentions")] Guid[]? Mentions = null,
    [property: Id(12), Key("now")] MessageNow? Now = null,
    [property: Id(13), Key("changes")] MessageNow[]? Changes = null)
{
    /// <summary>Those who are told of it whatever is left out: who wrote it, whom it calls, whom it answers.</summary>
    [IgnoreMember, JsonIgnore]
    internal IEnumerable<Guid> Concerned
    {
        get
        {
            if (Person is { } author) yield return author;
            foreach (var person in Mentions ?? []) yield return person;
            if (Quote?.Person is { } answered) yield return answered;
        }
    }
}

/// <summary>What happened in a room since the last tick.</summary>
/// <param name="Prev">The number before it. Without entries this and <paramref name="Seq"/> are both the room's latest.</param>
/// <param name="Left">How many entries up to <paramref name="Seq"/> it leaves out, because nobody could read them all.</param>
[GenerateSerializer, Immutable, Alias("plenary.frame"), MessagePackObject]
public sealed record Frame(
    [property: Id(0), Key("room")] Guid Room,
    [property: Id(1), Key("prev")] long Prev,
    [property: Id(2), Key("seq")] long Seq,
    [property: Id(3), Key("entries")] Entry[] Entries,
    [property: Id(4), Key("reactions")] Dictionary<string, int>? Reactions = null,
    [property: Id(5), Key("present")] int? Present = null,
    [property: Id(6), Key("watching")] int? Watching = null,
    [property: Id(7), Key("latencyMs")] int? LatencyMs = null,
    [property: Id(8), Key("left")] int? Left = null,
    [property: Id(9), Key("captions")] Caption[]? Captions = null);

/// <summary>What is being said on the stage, in one language. Ephemeral: whoever needs what was said before reads it from the broadcast.</summary>
/// <param name="Id">Of the line: the same again replaces what was told before, until it is final.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Text">The words so far.</param>
/// <param name="At">When they were begun to be said, in Unix milliseconds of the server's clock: a player that is behind waits for that moment.</param>
/// <param name="Until">About when they end.</param>
/// <param name="Final">They stay as they are, and are kept for the replay.</param>
/// <param name="Speaker">Who says them, when it is known.</param>
[GenerateSerializer, Immutable, Alias("plenary.caption"), MessagePackObject]
public sealed record Caption(
    [property: Id(0), Key("id")] Guid Id,
    [property: Id(1), Key("language")] string Language,
    [property: Id(2), Key("text")] string Text,
    [property: Id(3), Key("at")] long At,
    [property: Id(4), Key("until")] long Until,
    [property: Id(5), Key("final")] bool Final,
    [property: Id(6), Key("speaker")] string? Speaker = null);

/// <summary>Entries that were left out of a frame, told to those whom they concern.</summary>
[MessagePackObject]
public sealed record Also([property: Key("room")] Guid Room, [property: Key("entries")] Entry[] Entries);

/// <summary>Answers a join.</summary>
/// <param name="Ticket">With it the person comes back without waiting in line; null when the one they hold does.</param>
/// <param name="Replayed">True: the entries are exactly those after the asked number. False: they are the latest, and replace what the client held.</param>
/// <param name="Left">How many of the entries after the asked number are left out, as they were when they were new.</param>
/// <param name="Plan">Backstage: the plan of the stage as it is now, whatever is among the entries.</param>
[MessagePackObject]
public sealed record Joined(
    [property: Key("room")] Guid Room,
    [property: Key("seq")] long Seq,
    [property: Key("entries")] SharedEntries Entries,
    [property: Key("replayed")] bool Replayed,
    [property: Key("present")] int Present,
    [property: Key("watching")] int Watching,
    [property: Key("stage")] StageNow Stage,
    [property: Key("you")] You You,
    [property: Key("left")] int? Left = null,
    [property: Key("ticket")] string? Ticket = null,
    [property: Key("plan")] PlanNow? Plan = null);

/// <summary>Who the room takes a client for.</summary>
[MessagePackObject]
public sealed record You(
    [property: Key("id")] Guid Id,
    [property: Key("name")] string Name,
    [property: Key("role")] string Role);

/// <summary>The post is durable.</summary>
/// <param name="Seq">Its number; 0 while it is held.</param>
/// <param name="At">When, in Unix milliseconds.</param>
/// <param name="Held">It is not shown to others yet, and perhaps never.</param>
[MessagePackObject]
public sealed record Posted([property: Key("seq")] long Seq, [property: Key("at")] long At, [property: Key("held")] bool? Held = null);

/// <summary>Tells a client that it was taken out of a room and why; it does not join again by itself.</summary>
[MessagePackObject]
public sealed record Removed(
    [property: Key("room")] Guid Room,
    [property: Key("code")] string Code,
    [property: Key("message")] string Message);

/// <summary>Something for one person alone, in a room or wherever they are at an event, at once and never again: what it is about is asked for where it is kept.</summary>
/// <param name="Room">The room that it is said in, if it is.</param>
/// <param name="About">What it concerns, such as hand.</param>
/// <param name="Data">JSON.</param>
/// <param name="Event">The event, for who attends it.</param>
[MessagePackObject]
public sealed record Told(
    [property: Key("room")] Guid? Room,
    [property: Key("about")] string About,
    [property: Key("data")] string Data,
    [property: Key("event")] Guid? Event = null);

// What clients send is checked by the hub, which says what was wrong: ids are texts until then.

[MessagePackObject]
public sealed record JoinRequest([property: Key("room")] string? Room, [property: Key("after")] long? After = null, [property: Key("ticket")] string? Ticket = null);

[MessagePackObject]
public sealed record PostRequest([property: Key("room")] string? Room, [property: Key("id")] string? Id, [property: Key("text")] string? Text,
    [property: Key("reply")] long? Reply = null, [property: Key("mentions")] string[]? Mentions = null);

[MessagePackObject]
public sealed record ReactRequest([property: Key("room")] string? Room, [property: Key("kind")] string? Kind);

[MessagePackObject]
public sealed record WatchingRequest(
    [property: Key("room")] string? Room,
    [property: Key("latencyMs")] double LatencyMs,
    [property: Key("stalled")] bool Stalled = false);
