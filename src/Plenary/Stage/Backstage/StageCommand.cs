using Plenary.Platform;

namespace Plenary.Stage.Backstage;

/// <summary>One command to a stage: exactly one of these is said.</summary>
public sealed record StageCommand(
    BringOn? BringOn = null,
    string? TakeOff = null,
    IReadOnlyList<string>? Order = null,
    StageLayout? Layout = null,
    LowerThird? LowerThird = null,
    CueNext? Next = null,
    bool? Ready = null,
    SetTimer? Timer = null,
    ShowCard? Card = null,
    ShowBanner? Banner = null,
    Mute? Mute = null,
    string? RemoveFromBackstage = null,
    SetBrand? Brand = null,
    TakeHost? Host = null,
    AskHand? AskHand = null,
    string? DismissHand = null,
    bool? HandsOpen = null,
    TurnSlides? Slides = null,
    RollClip? Clip = null,
    PlanPart? Clear = null)
{
    /// <summary>Refused: invalid-input unless exactly one thing is said.</summary>
    public void RequireOne()
    {
        object?[] said = [BringOn, TakeOff, Order, Layout, LowerThird, Next, Ready, Timer, Card, Banner, Mute, RemoveFromBackstage, Brand, Host, AskHand, DismissHand, HandsOpen, Slides, Clip, Clear];
        if (said.Count(one => one is not null) != 1) Refusal.Invalid("command", "Say exactly one thing in a command.").Throw();
    }
}

/// <summary>What a command can put away.</summary>
public enum PlanPart
{
    Next,
    Timer,
    Card,
    Banner,
    Slides,
    Clip,
    Host,
}

/// <summary>The kinds of cards.</summary>
public enum CardKind
{
    Starting,
    Break,
    Ended,
    Custom,
}

/// <param name="Kind">What to show.</param>
/// <param name="Person">Whose picture or screen.</param>
/// <param name="Title">Below the name instead of what the speaker's entry says.</param>
/// <param name="Position">In the order, from 0; last when it is not said.</param>
public sealed record BringOn(SpotKind Kind = SpotKind.Person, string? Person = null, string? Title = null, int? Position = null);

/// <param name="Spot">Whose.</param>
/// <param name="Shown">On or off.</param>
/// <param name="Name">Another name, when it is said.</param>
/// <param name="Title">Another line below it, when it is said.</param>
public sealed record LowerThird(string Spot, bool Shown, string? Name = null, string? Title = null);

/// <param name="Person">Who is next.</param>
/// <param name="Seconds">Until they go on, when it is known.</param>
public sealed record CueNext(string Person, int? Seconds = null);

/// <param name="Label">What ends.</param>
/// <param name="Seconds">From now.</param>
public sealed record SetTimer(string Label, int Seconds);

/// <param name="Kind">What for.</param>
/// <param name="Title">The large line.</param>
/// <param name="Text">Below it.</param>
/// <param name="Seconds">Until it goes on, to count down.</param>
/// <param name="Music">A clip that is heard meanwhile.</param>
/// <param name="Clip">A clip that is seen meanwhile, over and over.</param>
public sealed record ShowCard(CardKind Kind, string Title, string? Text = null, int? Seconds = null, string? Music = null, string? Clip = null);

/// <param name="Text">The words.</param>
/// <param name="By">Whose.</param>
public sealed record ShowBanner(string Text, string? By = null);

/// <param name="Person">Who.</param>
/// <param name="Muted">The audience does not hear them.</param>
public sealed record Mute(string Person, bool Muted);

/// <param name="Accent">#rrggbb.</param>
/// <param name="Logo">Id of an uploaded picture; empty for none, not said for the same as before.</param>
/// <param name="Frame">Around the picture.</param>
public sealed record SetBrand(string? Accent = null, string? Logo = null, StageFrame? Frame = null);

/// <param name="Peer">The viewer's, in the call of the backstage.</param>
/// <param name="Worker">A composer of the installation does it instead.</param>
public sealed record TakeHost(string? Peer = null, bool Worker = false);

/// <param name="Person">Who is asked to come backstage.</param>
/// <param name="Text">What for, such as their question.</param>
public sealed record AskHand(string Person, string? Text = null);

/// <param name="Deck">Another deck; the one on stage when it is not said.</param>
/// <param name="Page">From 0.</param>
/// <param name="By">Who turns the pages from now on.</param>
public sealed record TurnSlides(string? Deck = null, int? Page = null, string? By = null);

/// <param name="Id">Of the clip.</param>
/// <param name="Loop">Begins again at its end.</param>
public sealed record RollClip(string Id, bool Loop = false);
