using System.Text.Json;
using Orleans.Concurrency;
using Plenary.Platform;
using Plenary.Rooms.Chat;

namespace Plenary.Rooms;

/// <summary>
/// The single writer of a room's log: rules, order and numbers, the open batch and the window those who come back are told from. Its key
/// is the room's id. It is never the sole keeper of anything acknowledged.
/// </summary>
[Alias("plenary.room")]
public interface IRoomGrain : IGrainWithGuidKey
{
    /// <summary>Answers once the entry is durable. The same id again is the same entry.</summary>
    [Alias("append")]
    Task<Appended> Append(NewEntry entry);

    /// <summary>The same for several that came to one process at about the same time, each answered by itself, in their order.</summary>
    [Alias("append-many")]
    Task<Appended[]> AppendMany(NewEntry[] entries);

    /// <summary>Answers once the reaction is counted durably. Those of half a second are counted together and told in one entry.</summary>
    [Alias("react")]
    Task<AppendOutcome> React(ReactionWish wish);

    /// <summary>Counts a process's relay in, or keeps it counted, and tells what it lacks after a number.</summary>
    [Alias("subscribe")]
    Task<Tail> Subscribe(IRoomObserver observer, RelayReport report, long after);

    [Alias("unsubscribe")]
    Task Unsubscribe(string relay);

    /// <summary>What a relay's members did meanwhile. Throws when it is not subscribed (any more).</summary>
    [Alias("report")]
    Task Report(RelayReport report);

    /// <summary>Who is here, without waking the log.</summary>
    [Alias("audience")]
    Task<Audience> Audience();

    /// <summary>Tells everybody what is being said, with the next tick. Nothing is kept: of a line that changes meanwhile only the latest is told.</summary>
    [Alias("caption")]
    Task Caption(Caption caption);

    /// <summary>Has every relay look again at what this person may do.</summary>
    [Alias("reconsider")]
    Task Reconsider(Guid person);

    /// <summary>Has the room read anew who may say what in it, and what was decided about held messages: from when this returns on it is so.</summary>
    [Alias("conduct")]
    Task Conduct();

    /// <summary>Tells one person in the room something that is theirs alone; nothing is kept of it.</summary>
    [Alias("tell")]
    Task Tell(Guid person, string about, string data);

    /// <summary>Tells everybody in the room; nothing is kept of it, and of what comes in quick succession about the same only the latest is told.</summary>
    [Alias("tell-all")]
    Task TellAll(string about, string data);

    /// <summary>Which of these people are in the room now, in whatever process. Null when a process did not say.</summary>
    [Alias("here")]
    Task<Guid[]?> Here(Guid[] people);
}

/// <summary>A process's ear in a room.</summary>
[Alias("plenary.room-observer")]
public interface IRoomObserver : IGrainObserver
{
    [Alias("frame"), OneWay]
    Task OnFrame(Frame frame);

    /// <summary>This activation of the room ends: subscribe to the next.</summary>
    [Alias("lost"), OneWay]
    Task OnLost();

    [Alias("reconsider"), OneWay]
    Task OnReconsider(Guid person);

    [Alias("tell"), OneWay]
    Task OnTell(Guid person, string about, string data);

    [Alias("tell-all"), OneWay]
    Task OnTellAll(string about, string data);

    /// <summary>Which of these people have a connection here.</summary>
    [Alias("here")]
    Task<Guid[]> OnHere(Guid[] people);
}

/// <summary>An entry before it has a number.</summary>
[GenerateSerializer, Immutable, Alias("plenary.new-entry")]
public sealed record NewEntry(
    [property: Id(0)] Guid Id,
    [property: Id(1)] EntryKind Kind,
    [property: Id(2)] Guid? Person,
    [property: Id(3)] string Name,
    [property: Id(4)] string Role,
    [property: Id(5)] string? Text,
    [property: Id(6)] StageNow? Stage,
    [property: Id(7)] PlanNow? Plan = null,
    [property: Id(8)] long? ReplyTo = null,
    [property: Id(9)] Guid[]? Mentions = null,
    [property: Id(10)] ChangeWish? Change = null);

/// <summary>What became of a new entry.</summary>
public enum AppendOutcome
{
    /// <summary>It is durable.</summary>
    Kept,

    /// <summary>It is unknown whether it is: ask again with the same id.</summary>
    Again,

    /// <summary>The room takes no more for the moment.</summary>
    Busy,

    /// <summary>There is no such room.</summary>
    Gone,

    /// <summary>The id belongs to an entry of somebody else.</summary>
    Taken,

    /// <summary>It is durable and not shown yet.</summary>
    Held,

    /// <summary>A restriction or a rule of the room says no.</summary>
    Refused,

    /// <summary>There is no such message, or not any more.</summary>
    NoMessage,

    /// <summary>It is somebody else's message.</summary>
    NotYours,

    /// <summary>The time in which authors may change it is over.</summary>
    TooLate,

    /// <summary>As many messages are pinned as may be.</summary>
    TooManyPins,
}

/// <summary>Answers <see cref="IRoomGrain.Append"/>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Seq">Its number.</param>
/// <param name="At">When, in Unix milliseconds.</param>
/// <param name="Why">JSON of the refusal, when there is one.</param>
[GenerateSerializer, Immutable, Alias("plenary.appended")]
public sealed record Appended(
    [property: Id(0)] AppendOutcome Outcome,
    [property: Id(1)] long Seq = 0,
    [property: Id(2)] long At = 0,
    [property: Id(3)] string? Why = null)
{
    internal static Appended No(Refusal refusal) => new(AppendOutcome.Refused, Why: JsonSerializer.Serialize(refusal, JsonSerializerOptions.Web));

    /// <summary>The "no", with what the person needs to know about it.</summary>
    internal Refusal ToRefusal() => JsonSerializer.Deserialize<Refusal>(Why!, JsonSerializerOptions.Web)!;
}

/// <summary>What one process's relay knows of its members.</summary>
/// <param name="Relay">Names the process.</param>
/// <param name="Present">People.</param>
/// <param name="Watching">Players that reported lately.</param>
/// <param name="LatencyMs">The median of theirs.</param>
/// <param name="Reactions">Since the last report.</param>
/// <param name="Joined">Somebody joined, who will compare the number of the next frame with what it was given: let there be one.</param>
/// <param name="Connections">Members: somebody with three tabs is three.</param>
/// <param name="LagMs">How long the latest frame took until the last member had it.</param>
[GenerateSerializer, Immutable, Alias("plenary.relay-report")]
public sealed record RelayReport(
    [property: Id(0)] string Relay,
    [property: Id(1)] int Present,
    [property: Id(2)] int Watching,
    [property: Id(3)] int? LatencyMs,
    [property: Id(4)] Dictionary<string, int>? Reactions = null,
    [property: Id(5)] bool Joined = false,
    [property: Id(6)] int Connections = 0,
    [property: Id(7)] int LagMs = 0);

/// <summary>The end of a room's log and what goes on in it now.</summary>
/// <param name="Seq">The latest number.</param>
/// <param name="Entries">Those after the asked number, or all that are held when some of those are not.</param>
/// <param name="Stage">What the stage does.</param>
/// <param name="Audience">Who is here.</param>
/// <param name="Reconsider">People to look at again, who changed while the relay could not hear it.</param>
/// <param name="Plan">Of the stage, when this is a backstage.</param>
[GenerateSerializer, Immutable, Alias("plenary.tail")]
public sealed record Tail(
    [property: Id(0)] long Seq,
    [property: Id(1)] Entry[] Entries,
    [property: Id(2)] StageNow Stage,
    [property: Id(3)] Audience Audience,
    [property: Id(4)] Guid[]? Reconsider = null,
    [property: Id(5)] PlanNow? Plan = null);

/// <summary>Who is in a room.</summary>
/// <param name="Present">People in the room.</param>
/// <param name="Watching">Players that are playing its stage.</param>
/// <param name="LatencyMs">Median delay from the speaker to those players; null while nobody watches.</param>
[GenerateSerializer, Immutable, Alias("plenary.audience")]
public sealed record Audience(
    [property: Id(0)] int Present,
    [property: Id(1)] int Watching,
    [property: Id(2)] int? LatencyMs);
