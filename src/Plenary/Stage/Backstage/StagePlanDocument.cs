using System.Text.Json;
using System.Text.Json.Serialization;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>How those on stage share the picture.</summary>
public enum StageLayout
{
    /// <summary>The first alone.</summary>
    Solo,

    /// <summary>The first two side by side.</summary>
    Duo,

    /// <summary>All, equally large.</summary>
    Grid,

    /// <summary>The slides or the shared screen, and beside them the people.</summary>
    Slides,

    /// <summary>The slides or the shared screen over all, one person in a corner.</summary>
    Corner,
}

/// <summary>What may be on stage.</summary>
public enum SpotKind
{
    Person,

    /// <summary>A person's shared screen.</summary>
    Screen,

    /// <summary>The open page of the deck.</summary>
    Slides,

    /// <summary>The video that is rolling.</summary>
    Clip,
}

/// <summary>How the event's colour frames the picture.</summary>
public enum StageFrame
{
    None,
    Line,
    Full,
}

/// <summary>How far a raised hand has come.</summary>
public enum HandState
{
    Raised,

    /// <summary>A moderator asked the person to come backstage.</summary>
    Asked,

    /// <summary>They agreed, and may be backstage.</summary>
    Accepted,
}

/// <summary>
/// What is on stage and what comes next, as everyone backstage sees it and the compositor draws it (docs/develop/stage.md). Its JSON is read by browsers
/// of other versions: only add.
/// </summary>
public sealed record StagePlanDocument
{
    /// <summary>More would be too small to see, and more than a call carries.</summary>
    public const int MostOnStage = 12;

    /// <summary>JSON as it is told.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Of two documents of a stage the higher is true.</summary>
    public int Version { get; init; }

    public StageLayout Layout { get; init; } = StageLayout.Grid;

    /// <summary>In the order of the layout.</summary>
    public IReadOnlyList<Spot> On { get; init; } = [];

    public NextUp? Next { get; init; }

    public StageTimer? Timer { get; init; }

    /// <summary>Covers the picture while it is there.</summary>
    public StageCard? Card { get; init; }

    public SlidesNow? Slides { get; init; }

    public ClipNow? Clip { get; init; }

    public StageBrand Brand { get; init; } = new("#0e6b54", null, StageFrame.Line);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<RaisedHand> Hands { get; init; } = [];

    /// <summary>Nobody raises a hand just now.</summary>
    public bool HandsClosed { get; init; }

    /// <summary>Whose window draws the picture.</summary>
    public PlanHost? Host { get; init; }

    public StageBanner? Banner { get; init; }

    /// <summary>The person's own picture is on stage.</summary>
    public bool IsOn(Guid person) => On.Any(s => s.Kind == SpotKind.Person && s.Person == person);

    /// <summary>The crew took this person's sound.</summary>
    public bool IsMuted(Guid person) => On.Any(s => s.Person == person && s.Muted);

    /// <summary>The same but for everything of this person.</summary>
    public StagePlanDocument Without(Guid person) => this with
    {
        On = [.. On.Where(s => s.Person != person)],
        Next = Next?.Person == person ? null : Next,
        Hands = [.. Hands.Where(h => h.Person != person)],
        Host = Host?.Person == person ? null : Host,
    };

    /// <summary>This person's hand, if it is up.</summary>
    public RaisedHand? HandOf(Guid person) => Hands.FirstOrDefault(h => h.Person == person);

    /// <summary>The same with this hand as it is now: in its place, or last.</summary>
    public StagePlanDocument With(RaisedHand hand) =>
        this with { Hands = HandOf(hand.Person) is null ? [.. Hands, hand] : [.. Hands.Select(h => h.Person == hand.Person ? hand : h)] };


    /// <summary>The part that the audience is told.</summary>
    public StageNow AudienceOf(StageNow stage) => stage with
    {
        On = On.Where(s => s.Kind == SpotKind.Person).Select(s => new OnStage(s.Person, s.Name, s.Title)).ToArray() is { Length: > 0 } on ? on : null,
        Card = Card,
        Banner = Banner,
        HandsClosed = HandsClosed ? true : null,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static StagePlanDocument FromJson(string json) => JsonSerializer.Deserialize<StagePlanDocument>(json, Json)!;
}

/// <summary>One place in the picture.</summary>
/// <param name="Id">Of the place, as long as it is on; in JSON it is called spot.</param>
/// <param name="Kind">What is shown there.</param>
/// <param name="Person">Whose picture or screen.</param>
/// <param name="Name">For the lower third.</param>
/// <param name="Title">Below the name.</param>
/// <param name="Muted">The audience does not hear them.</param>
/// <param name="LowerThird">The name is shown.</param>
public sealed record Spot([property: JsonPropertyName("spot")] Guid Id, SpotKind Kind, Guid? Person, string Name, string? Title, bool Muted, bool LowerThird);

/// <summary>Who is to be ready.</summary>
/// <param name="Person">The person.</param>
/// <param name="Name">As others see it.</param>
/// <param name="At">Unix milliseconds when they go on, if it is known.</param>
/// <param name="Ready">They said so.</param>
public sealed record NextUp(Guid Person, string Name, long? At, bool Ready);

/// <summary>A clock that those on stage see.</summary>
/// <param name="Label">What ends.</param>
/// <param name="EndsAt">Unix milliseconds.</param>
public sealed record StageTimer(string Label, long EndsAt);

/// <summary>The deck on stage.</summary>
/// <param name="Deck">Its id.</param>
/// <param name="Page">The open page, from 0.</param>
/// <param name="Pages">Paths of all pages.</param>
/// <param name="By">Who turns them.</param>
public sealed record SlidesNow(Guid Deck, int Page, IReadOnlyList<string> Pages, Guid By);

/// <summary>The video that is rolling.</summary>
/// <param name="Id">Of the clip.</param>
/// <param name="Url">Its path.</param>
/// <param name="StartedAt">Unix milliseconds of its second 0.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Loop">Begins again at its end.</param>
public sealed record ClipNow(Guid Id, string Url, long StartedAt, double Seconds, bool Loop);

/// <summary>How the picture looks.</summary>
/// <param name="Accent">#rrggbb.</param>
/// <param name="Logo">Path of a picture.</param>
/// <param name="Frame">Around the picture.</param>
public sealed record StageBrand(string Accent, string? Logo, StageFrame Frame);

/// <summary>An attendee who wants to speak.</summary>
/// <param name="Person">The person.</param>
/// <param name="Name">As others see it.</param>
/// <param name="At">Unix milliseconds when it was raised.</param>
/// <param name="State">How far it has come.</param>
/// <param name="By">Name of who asked them to come.</param>
/// <param name="Text">What they are asked to say, such as their question.</param>
public sealed record RaisedHand(Guid Person, string Name, long At, HandState State, string? By = null, string? Text = null);

/// <summary>Whose window, or which worker, draws the picture.</summary>
/// <param name="Peer">In the call of the backstage.</param>
/// <param name="Person">Who that is.</param>
/// <param name="Name">As others see it.</param>
/// <param name="Worker">A composer of the installation does it: the process that runs it, or empty until one has taken it. Null: a person's window.</param>
public sealed record PlanHost(Guid Peer, Guid Person, string Name, string? Worker = null)
{
    /// <summary>How composers of the installation are called.</summary>
    public const string WorkerName = "Composer";

    /// <summary>A composer of the installation, whichever has room; who it is in the call is known once its page is there.</summary>
    /// <param name="person">For whom it acts.</param>
    public static PlanHost Asked(Guid person) => new(Guid.CreateVersion7(), person, WorkerName, "");
}
