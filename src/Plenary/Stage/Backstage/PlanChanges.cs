using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Files;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Platform.Live;
using Plenary.Platform.Text;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>What each command makes of a plan, and who may give it.</summary>
public sealed partial class PlanChanges(FileStore files, TimeProvider clock)
{
    /// <summary>Of timers and countdowns.</summary>
    private const int LongestWait = 24 * 3600;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The plan of a stage that has none: empty, in the event's colour.</summary>
    internal static async Task<StagePlanDocument> First(Db db, Guid stage, CancellationToken cancellation)
    {
        var accent = await (from room in db.Set<Room>() join at in db.Set<Event>() on room.EventId equals at.Id where room.Id == stage select at.Accent).SingleAsync(cancellation);
        var empty = new StagePlanDocument();
        return Colour().IsMatch(accent) ? empty with { Brand = empty.Brand with { Accent = accent } } : empty;
    }

    /// <summary>Refused: forbidden without the standing; invalid-input; no-such-spot; stage-full; consent-missing.</summary>
    internal async Task<StagePlanDocument> Apply(Db db, BackstagePass who, StagePlanDocument plan, StageCommand command, CancellationToken cancellation)
    {
        var me = who.Pass.Person;
        switch (command)
        {
            case { Ready: { } ready }:
                return plan.Next is { } next && next.Person == me ? plan with { Next = next with { Ready = ready } } : throw BackstageRefusals.NotNext.AsException();
            case { TakeOff: { } spot }:
                var off = Find(plan, spot, "takeOff");
                Require(who, off.Person == me ? Standing.Present : Standing.Moderator);
                return plan with { On = [.. plan.On.Where(s => s != off)] };
            case { BringOn: { } bring }:
                Require(who, bring.Kind == SpotKind.Person ? Standing.Moderator : Standing.Director);
                return await Bring(db, who, plan, bring, cancellation);
            case { Mute: { } mute }:
                Require(who, Standing.Moderator);
                var muted = GraphContext.ParseId(mute.Person, "person");
                return plan with { On = [.. plan.On.Select(s => s.Person == muted ? s with { Muted = mute.Muted } : s)] };
            case { Banner: { } banner }:
                Require(who, Standing.Moderator);
                return plan with { Banner = new(Input.Line(banner.Text, "text", 300), Optional(banner.By, "by", 80)) };
            case { RemoveFromBackstage: { } person }:
                Require(who, Standing.Moderator);
                return await Remove(db, who, plan, GraphContext.ParseId(person, "removeFromBackstage"), cancellation);
            case { AskHand: { } ask }:
                Require(who, Standing.Moderator);
                return await Ask(db, who, plan, ask, cancellation);
            case { DismissHand: { } person }:
                Require(who, Standing.Moderator);
                return await Hands.Leave(db, who.Stage, who.Pass.EventId, plan, GraphContext.ParseId(person, "dismissHand"), clock.GetUtcNow(), cancellation);
            case { HandsOpen: { } open }:
                Require(who, Standing.Moderator);
                return plan with { HandsClosed = !open };
            case { Slides: { } slides }:
                return plan with { Slides = await Turn(db, who, plan.Slides, slides, cancellation) };
            case { Clear: { } part }:
                Require(who, part == PlanPart.Banner ? Standing.Moderator : Standing.Director);
                return Clear(plan, part);
        }
        Require(who, Standing.Director);
        return command switch
        {
            { Layout: { } layout } => plan with { Layout = layout },
            { Order: { } order } => plan with { On = Ordered(plan, order) },
            { LowerThird: { } lower } => Named(plan, lower),
            { Next: { } cue } => plan with { Next = await Cue(db, who, cue, cancellation) },
            { Timer: { } timer } => plan with { Timer = new(Input.Line(timer.Label, "label", 60), In(timer.Seconds)) },
            { Card: { } card } => plan with { Card = await CardOf(db, who, card, cancellation) },
            { Clip: { } clip } => await Roll(db, who, plan, clip, cancellation),
            { Brand: { } brand } => plan with { Brand = BrandOf(plan.Brand, brand) },
            { Host: { Worker: true } } => plan with { Host = PlanHost.Asked(me) },
            { Host: { } host } => plan with { Host = new(GraphContext.ParseId(host.Peer, "peer"), me, who.Pass.Name) },
            _ => throw new InvalidOperationException("This command is unknown."),
        };
    }

    private static void Require(BackstagePass who, Standing least)
    {
        if (who.Standing < least) Refusal.Forbidden.Throw();
    }

    private static async Task<StagePlanDocument> Bring(Db db, BackstagePass who, StagePlanDocument plan, BringOn bring, CancellationToken cancellation)
    {
        if (bring.Kind is SpotKind.Slides or SpotKind.Clip)
        {
            if (plan.On.Any(s => s.Kind == bring.Kind)) return plan;
            if (bring.Kind == SpotKind.Slides ? plan.Slides is null : plan.Clip is null) BackstageRefusals.NothingToShow.Throw();
            return plan with { On = Insert(plan, new(Guid.CreateVersion7(), bring.Kind, null, "", null, false, false), bring.Position) };
        }
        var person = GraphContext.ParseId(bring.Person, "person");
        if (plan.On.FirstOrDefault(s => s.Kind == bring.Kind && s.Person == person) is not null) return plan;
        var (name, title, isGuest) = await Backstage(db, who, person, "person", cancellation);
        // Who may only moderate decides about attendees, not about the programme.
        if (!isGuest) Require(who, Standing.Director);
        if (!await db.Set<RecordingConsent>().AnyAsync(c => c.RoomId == who.Stage && c.PersonId == person, cancellation)) throw BackstageRefusals.NoConsent(name).AsException();
        var spot = new Spot(Guid.CreateVersion7(), bring.Kind, person, name, Optional(bring.Title, "title", 160) ?? title, false, bring.Kind == SpotKind.Person);
        return plan with { On = Insert(plan, spot, bring.Position), Next = bring.Kind == SpotKind.Person && plan.Next?.Person == person ? null : plan.Next };
    }

    private static List<Spot> Insert(StagePlanDocument plan, Spot spot, int? position)
    {
        if (plan.On.Count >= StagePlanDocument.MostOnStage) BackstageRefusals.Full.Throw();
        var on = plan.On.ToList();
        on.Insert(Math.Clamp(position ?? on.Count, 0, on.Count), spot);
        return on;
    }

    /// <summary>Somebody who may be backstage. Refused, naming the field, when they may not.</summary>
    private static async Task<(string Name, string? Title, bool IsGuest)> Backstage(Db db, BackstagePass who, Guid person, string field, CancellationToken cancellation)
    {
        if (await db.RoomPassOf(new Viewer(person, null), who.Pass.Room.Id, cancellation) is not { } pass) throw BackstageRefusals.NotBackstage(field).AsException();
        var speaker = await db.Set<Speaker>().Where(s => s.EventId == pass.EventId && s.PersonId == person).Select(s => new { s.Name, s.Headline }).FirstOrDefaultAsync(cancellation);
        return (speaker?.Name ?? pass.Name, string.IsNullOrEmpty(speaker?.Headline) ? null : speaker.Headline, pass.IsGuest);
    }

    private async Task<StagePlanDocument> Ask(Db db, BackstagePass who, StagePlanDocument plan, AskHand ask, CancellationToken cancellation)
    {
        var person = GraphContext.ParseId(ask.Person, "person");
        if (plan.HandOf(person) is { State: HandState.Accepted }) return plan;
        if (await db.RoomPassOf(new Viewer(person, null), who.Stage, cancellation) is not { } pass || RoomAccess.BelongsBackstage(pass.Roles)) throw BackstageRefusals.NotInAudience.AsException();
        var hand = plan.HandOf(person) ?? new(person, pass.Name, Now, HandState.Raised);
        return plan.With(hand with { State = HandState.Asked, By = who.Pass.Name, Text = Optional(ask.Text, "text", 300) });
    }

    /// <summary>Who turns the pages may turn them, directors may do everything.</summary>
    private static async Task<SlidesNow> Turn(Db db, BackstagePass who, SlidesNow? now, TurnSlides wish, CancellationToken cancellation)
    {
        Require(who, wish is { Deck: null, By: null } && now?.By == who.Pass.Person ? Standing.Present : Standing.Director);
        if (wish.Deck is { } deck) now = await Decks.Open(db, who.Stage, GraphContext.ParseId(deck, "deck"), now, cancellation);
        if (now is null) throw BackstageRefusals.NothingToShow.AsException();
        var by = wish.By is { } other ? GraphContext.ParseId(other, "by") : now.By;
        return now with { Page = Math.Clamp(wish.Page ?? now.Page, 0, now.Pages.Count - 1), By = by };
    }

    private async Task<StagePlanDocument> Roll(Db db, BackstagePass who, StagePlanDocument plan, RollClip roll, CancellationToken cancellation)
    {
        var clip = await Clips.Find(db, who.Stage, GraphContext.ParseId(roll.Id, "id"), video: true, cancellation);
        if (!plan.On.Any(s => s.Kind == SpotKind.Clip)) plan = plan with { On = Insert(plan, new(Guid.CreateVersion7(), SpotKind.Clip, null, "", null, false, false), null) };
        var now = new ClipNow(clip.Id, clip.Url, Now, clip.Seconds, roll.Loop);
        if (!roll.Loop) db.AddJob(EndClip.JobKind, new EndClip.Rolling(who.Stage, now.Id, now.StartedAt), clock.GetUtcNow().AddSeconds(clip.Seconds));
        return plan with { Clip = now };
    }

    private async Task<StagePlanDocument> Remove(Db db, BackstagePass who, StagePlanDocument plan, Guid person, CancellationToken cancellation)
    {
        if (!await db.Set<RoomGuest>().AnyAsync(g => g.RoomId == who.Pass.Room.Id && g.PersonId == person, cancellation)) BackstageRefusals.NotAGuest.Throw();
        return await Hands.Leave(db, who.Stage, who.Pass.EventId, plan, person, clock.GetUtcNow(), cancellation);
    }

    private static StagePlanDocument Clear(StagePlanDocument plan, PlanPart part) => part switch
    {
        PlanPart.Next => plan with { Next = null },
        PlanPart.Timer => plan with { Timer = null },
        PlanPart.Card => plan with { Card = null },
        PlanPart.Banner => plan with { Banner = null },
        PlanPart.Slides => plan with { Slides = null, On = [.. plan.On.Where(s => s.Kind != SpotKind.Slides)] },
        PlanPart.Clip => plan with { Clip = null, On = [.. plan.On.Where(s => s.Kind != SpotKind.Clip)] },
        PlanPart.Host => plan with { Host = null },
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };

    /// <summary>Those that are named first, in this order; who was brought on meanwhile stays behind them.</summary>
    private static IReadOnlyList<Spot> Ordered(StagePlanDocument plan, IReadOnlyList<string> order)
    {
        var ids = order.Select(text => GraphContext.ParseId(text, "order")).ToList();
        return [.. plan.On.OrderBy(s => ids.IndexOf(s.Id) is var at && at < 0 ? int.MaxValue : at)];
    }

    private static StagePlanDocument Named(StagePlanDocument plan, LowerThird lower)
    {
        var spot = Find(plan, lower.Spot, "spot");
        var name = lower.Name is { } other ? Input.Line(other, "name", 80) : spot.Name;
        var title = lower.Title is { } line ? Optional(line, "title", 160) : spot.Title;
        return plan with { On = [.. plan.On.Select(s => s == spot ? s with { LowerThird = lower.Shown, Name = name, Title = title } : s)] };
    }

    private async Task<NextUp> Cue(Db db, BackstagePass who, CueNext cue, CancellationToken cancellation)
    {
        var person = GraphContext.ParseId(cue.Person, "person");
        var (name, _, _) = await Backstage(db, who, person, "person", cancellation);
        return new(person, name, cue.Seconds is { } seconds ? In(seconds) : null, false);
    }

    private async Task<StageCard> CardOf(Db db, BackstagePass who, ShowCard card, CancellationToken cancellation) => new(
        card.Kind.ToString().ToLowerInvariant(), Input.Line(card.Title, "title", 120), Optional(card.Text, "text", 300),
        card.Music is { } music ? (await Clips.Find(db, who.Stage, GraphContext.ParseId(music, "music"), video: false, cancellation)).Url : null,
        card.Clip is { } clip ? (await Clips.Find(db, who.Stage, GraphContext.ParseId(clip, "clip"), video: true, cancellation)).Url : null,
        card.Seconds is { } seconds ? In(seconds) : null);

    private StageBrand BrandOf(StageBrand brand, SetBrand wish)
    {
        if (wish.Accent is { } accent && !Colour().IsMatch(accent)) Refusal.Invalid("accent", "A colour is written #rrggbb.").Throw();
        var logo = wish.Logo is { } id ? files.Chosen(id, "logo") is { } file ? $"/files/{file}" : null : brand.Logo;
        return new((wish.Accent ?? brand.Accent).ToLowerInvariant(), logo, wish.Frame ?? brand.Frame);
    }

    private static Spot Find(StagePlanDocument plan, string spot, string field)
    {
        var id = GraphContext.ParseId(spot, field);
        return plan.On.FirstOrDefault(s => s.Id == id) ?? throw BackstageRefusals.NoSuchSpot(field).AsException();
    }

    private long In(int seconds) =>
        seconds is >= 0 and <= LongestWait ? Now + (seconds * 1000L) : throw Refusal.Invalid("seconds", "A countdown has from 0 seconds to a day.").AsException();

    private static string? Optional(string? text, string field, int longest) => Input.OptionalLine(text, field, longest) is { Length: > 0 } line ? line : null;

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Colour();
}
