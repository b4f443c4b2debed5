using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Parties;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Polls;
using Plenary.Rooms;
using Plenary.Rooms.Notices;
using Plenary.Stage.Backstage;

namespace Plenary.Shows;

/// <summary>Does what cues say. Each may be done again: what it causes bears the id of the cue's firing, or says how things are to be.</summary>
internal sealed class CueActs(IDbContextFactory<Db> dbs, Announcing announcing, Polling polling, Hosting parties, Directing directing, TimeProvider clock)
{
    private const int BreakMinutes = 15;
    private const int AnnounceMinutes = 5;
    private const int MoveSeconds = 15;

    /// <summary>Refused as what it does is: a poll that is gone, a party that runs already.</summary>
    public async Task Do(Cue cue)
    {
        var none = CancellationToken.None;
        await using var db = await dbs.CreateDbContextAsync(none);
        var (run, name, detail) = (cue.RunId!.Value, cue.By.Length > 0 ? cue.By : cue.Author, cue.Detail);
        await CueTargets.Require(db, cue.EventId, cue.Kind, detail, cue.Kind is CueKind.StartSession or CueKind.EndSession ? cue.SessionId : null);
        switch (cue.Kind)
        {
            case CueKind.Announce:
                if (await db.Set<Announcement>().AnyAsync(a => a.Id == run, none)) return;
                var now = clock.GetUtcNow();
                Announcing.Say(db, new() { Id = run, EventId = cue.EventId, RoomId = detail.Room, Text = detail.Text!, PersonId = cue.AuthorId, By = name, At = now, Until = now.AddMinutes(detail.Minutes ?? AnnounceMinutes) });
                await db.SaveChangesAsync(none);
                return;
            case CueKind.Move:
                await announcing.MoveEveryone(db, cue.EventId, detail.From, detail.Room!.Value, detail.Seconds ?? MoveSeconds, name, none, run);
                return;
            case CueKind.OpenPoll:
                // Done before, and closed since: it is not opened a second time.
                if (await db.Set<Poll>().AnyAsync(p => p.Id == detail.Poll && p.OpenedAt >= cue.FiredAt, none)) return;
                await polling.Open(detail.Poll!.Value, none);
                return;
            case CueKind.ClosePoll: await polling.Close(detail.Poll!.Value, none); return;
            case CueKind.StartParty:
                var settings = detail.Groups is { } groups ? new PartySettings(Mode: PartyMode.Groups, Groups: groups, Tickets: true) : new PartySettings();
                await parties.Start(run, cue.EventId, detail.Room!.Value, cue.AuthorId, settings with { Minutes = detail.Minutes ?? settings.Minutes, Rounds = detail.Rounds ?? settings.Rounds }, none);
                return;
            case CueKind.PlayVideo: await Direct(cue, detail.Room!.Value, 0, new(Clip: new(detail.Clip!.Value.ToString()))); return;
            case CueKind.OpenStage: await Direct(cue, detail.Room!.Value, 0, new(Clear: PlanPart.Card)); return;
            case CueKind.StartSession or CueKind.EndSession: await Session(db, cue); return;
        }
        foreach (var stage in await Stages(db, cue)) await Direct(cue, stage.Id, 0, new(Card: await CardOf(db, cue, stage)));
    }

    private async Task<ShowCard> CardOf(Db db, Cue cue, Room stage)
    {
        var now = clock.GetUtcNow();
        var name = await db.Set<Event>().Where(e => e.Id == cue.EventId).Select(e => e.Name).SingleAsync();
        var title = cue.Detail.Text ?? name;
        switch (cue.Kind)
        {
            case CueKind.Intermission: return new(CardKind.Break, title, Seconds: (cue.Detail.Minutes ?? BreakMinutes) * 60);
            case CueKind.DoorsClose: return new(CardKind.Ended, title);
        }
        var next = await db.Set<Session>().Where(s => s.RoomId == stage.Id && s.StartsAt > now).OrderBy(s => s.StartsAt).Select(s => new { s.Title, s.StartsAt }).FirstOrDefaultAsync();
        return new(CardKind.Starting, title, next?.Title, SecondsTo(next?.StartsAt, now));
    }

    /// <summary>On a stage, the beginning takes the card away and counts what is left; the end says what comes next. In other rooms nothing needs to be done.</summary>
    private async Task Session(Db db, Cue cue)
    {
        var now = clock.GetUtcNow();
        var session = await db.Set<Session>().AsNoTracking().SingleAsync(s => s.Id == cue.SessionId);
        if (!await db.Set<Room>().AnyAsync(r => r.Id == session.RoomId && r.Kind == RoomKind.Stage)) return;
        if (cue.Kind == CueKind.StartSession)
        {
            await Direct(cue, session.RoomId, 0, new(Clear: PlanPart.Card));
            if (SecondsTo(session.EndsAt, now) is { } left) await Direct(cue, session.RoomId, 1, new(Timer: new(Short(session.Title, 60), left)));
            return;
        }
        var next = await db.Set<Session>().AsNoTracking().Where(s => s.RoomId == session.RoomId && s.StartsAt >= session.EndsAt.AddMinutes(-1) && s.Id != session.Id).OrderBy(s => s.StartsAt).FirstOrDefaultAsync();
        var name = await db.Set<Event>().Where(e => e.Id == cue.EventId).Select(e => e.Name).SingleAsync();
        var title = cue.Detail.Text ?? (Short(next?.Title ?? name, 120));
        await Direct(cue, session.RoomId, 0, new(Clear: PlanPart.Timer));
        await Direct(cue, session.RoomId, 1, new(Card: next is null ? new(CardKind.Ended, title) : new(CardKind.Break, title, Seconds: SecondsTo(next.StartsAt, now))));
    }

    private static string Short(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    private static int? SecondsTo(DateTimeOffset? at, DateTimeOffset now) => (at - now)?.TotalSeconds is { } seconds and > 0 and < 24 * 3600 ? (int)seconds : null;

    private static async Task<List<Room>> Stages(Db db, Cue cue) =>
        await db.Set<Room>().AsNoTracking().Where(r => r.EventId == cue.EventId && r.Kind == RoomKind.Stage && (cue.Detail.Room == null || r.Id == cue.Detail.Room)).OrderBy(r => r.Position).ToListAsync();

    private Task<StagePlan> Direct(Cue cue, Guid stage, byte step, StageCommand command) =>
        directing.Direct(stage, Step(cue.RunId!.Value, stage, step), cue.AuthorId, cue.By.Length > 0 ? cue.By : cue.Author, command, CancellationToken.None);

    /// <summary>Of a firing that takes several commands, the id of one of them: the same whoever computes it.</summary>
    private static Guid Step(Guid run, Guid stage, byte step) => new(SHA256.HashData([.. run.ToByteArray(), .. stage.ToByteArray(), step]).AsSpan(0, 16));
}

/// <summary>Whether what a cue names is the event's own.</summary>
internal static class CueTargets
{
    /// <summary>Refused: invalid-input, naming the field.</summary>
    public static Task Require(Db db, Guid eventId, CueWish wish) => Require(db, eventId, wish.Kind, wish.Detail, wish.Session);

    /// <summary>Refused: invalid-input, naming the field.</summary>
    public static async Task Require(Db db, Guid eventId, CueKind kind, CueDetail detail, Guid? session)
    {
        var stageOnly = kind is CueKind.OpenStage or CueKind.PlayVideo or CueKind.Intermission or CueKind.DoorsOpen or CueKind.DoorsClose;
        if (detail.Room is { } room && !await db.Set<Room>().AnyAsync(r => r.Id == room && r.EventId == eventId && (stageOnly ? r.Kind == RoomKind.Stage : r.Kind != RoomKind.Backstage)))
            Refusal.Invalid("room", stageOnly ? "This event has no such stage. Choose one of its stages." : "This event has no such room. Choose one of its rooms.").Throw();
        if (detail.From is { } from && !await db.Set<Room>().AnyAsync(r => r.Id == from && r.EventId == eventId && r.Kind != RoomKind.Backstage))
            Refusal.Invalid("from", "This event has no such room. Choose one of its rooms.").Throw();
        if (detail.Poll is { } poll && !await (from p in db.Set<Poll>() join at in db.Set<Room>() on p.RoomId equals at.Id where p.Id == poll && at.EventId == eventId select p.Id).AnyAsync())
            Refusal.Invalid("poll", "This event has no such poll. Choose one of its polls.").Throw();
        if (detail.Clip is { } clip && !await db.Set<StageClip>().AnyAsync(c => c.Id == clip && c.RoomId == detail.Room))
            Refusal.Invalid("clip", "This stage has no such video. Choose one of its videos.").Throw();
        if (session is { } named && !await db.Set<Session>().AnyAsync(s => s.Id == named && s.EventId == eventId))
            Refusal.Invalid("session", "This event has no such session. Choose one of its sessions.").Throw();
    }
}
