using CsCheck;
using Plenary.Platform;
using Plenary.Shows;

namespace Plenary.Tests.Shows;

/// <summary>
/// Whatever the crew does, in whatever order, and whenever the process that runs it is lost: no cue fires twice, none that was due is missed, what waits fires after what it waits for, a shift keeps the
/// distances of what is to come, and undoing it at once brings everything back.
/// </summary>
public sealed class CueSheetProperty
{
    private const int MostCues = 12;

    private static readonly DateTimeOffset Start = new(2030, 5, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly CrewMember Crew = new(Guid.CreateVersion7(), "Ann");

    private enum Step { Wait, Fire, Skip, Restore, Hold, Resume, Shift, Undo, Lose, Fail }

    private static readonly Gen<(CueAnchor Anchor, int At, int Session, int After, int Offset)[]> Sheets =
        Gen.Select(Gen.Enum<CueAnchor>(), Gen.Int[0, 400], Gen.Int[0, 2], Gen.Int[0, MostCues - 1], Gen.Int[-20, 40]).Array[1, MostCues];

    private static readonly Gen<(Step Step, int Which, int Amount)[]> Plays =
        Gen.Select(Gen.Frequency((10, Gen.Const(Step.Wait)), (10, Gen.Enum<Step>())), Gen.Int[0, MostCues - 1], Gen.Int[1, 40]).Array[5, 60];

    [Fact]
    public void WhateverHappensEachCueFiresOnceInOrderAndNoneIsMissed() => Gen.Select(Sheets, Plays).Sample((sheet, plays) =>
    {
        var world = new World(sheet);
        foreach (var play in plays) world.Do(play);
        world.RunOut();
    }, iter: 2_000);

    [Fact]
    public void AShiftMovesWhatIsToComeByTheSameAndUndoneAtOnceItNeverWas() => Gen.Select(Sheets, Plays, Gen.Int[-30, 60].Where(m => m != 0)).Sample((sheet, plays, minutes) =>
    {
        var world = new World(sheet);
        foreach (var play in plays) world.Do(play);
        world.ShiftAndUndo(minutes);
    }, iter: 1_000);

    [Fact]
    public void CuesThatWouldWaitForEachOtherAreRefused() => Gen.Select(Gen.Int[1, 8], Gen.Int[0, 7]).Sample((length, back) =>
    {
        var run = NewRun([]);
        var ids = Enumerable.Range(0, length).Select(_ => Guid.CreateVersion7()).ToArray();
        for (var n = 0; n < length; n++) run.Apply(new(Save: Wish(ids[n], n == 0 ? null : ids[n - 1])), Crew, true, Start);
        var refused = Assert.Throws<RefusalException>(() => run.Apply(new(Save: Wish(ids[Math.Min(back, length - 1)], ids[^1])), Crew, true, Start));
        Assert.Equal(("invalid-input", "after"), (refused.Refusal.Code, refused.Refusal.Field));

        static CueWish Wish(Guid id, Guid? after) => new(id, CueKind.DoorsOpen, after is null ? CueAnchor.Hand : CueAnchor.Cue, "", null, null, after, 0, new());
    });

    [Fact]
    public void AShiftOfTodayLeavesTomorrowAlone()
    {
        SessionTimes[] sessions = [Session(0, 60), Session(70, 120), Session(24 * 60, 25 * 60)];
        Cue[] cues = [Timed(65), Timed(122), Timed((24 * 60) - 5)];
        var plan = new CueSheet(cues, sessions).Plan(TimeSpan.FromMinutes(6), Start.AddMinutes(30));
        Assert.Equal([sessions[1].Id], plan.Sessions);
        Assert.Equal([sessions[0].Id], plan.Ends);
        Assert.Equal(cues.Take(2).Select(c => c.Id).Order(), plan.Cues.Order());
    }

    [Fact]
    public void ASessionWhoseCueIsStillToComeHasNotBegunAndMovesWhole()
    {
        var session = Session(0, 60);
        var cue = new Cue { Kind = CueKind.StartSession, Anchor = CueAnchor.SessionStart, SessionId = session.Id, Held = true, Detail = new() };
        var plan = new CueSheet([cue], [session]).Plan(TimeSpan.FromMinutes(6), Start.AddMinutes(2));
        Assert.Equal([session.Id], plan.Sessions);
        Assert.Equal((0, 0), (plan.Ends.Count, plan.Cues.Count));
        cue.State = CueState.Done;
        plan = new CueSheet([cue], [session]).Plan(TimeSpan.FromMinutes(6), Start.AddMinutes(2));
        Assert.Equal([session.Id], plan.Ends);
        Assert.Empty(plan.Sessions);
    }

    private static SessionTimes Session(int from, int to) => new(Guid.CreateVersion7(), Start.AddMinutes(from), Start.AddMinutes(to));

    private static Cue Timed(int minute) => new() { Anchor = CueAnchor.Time, At = Start.AddMinutes(minute), Detail = new() };

    private static RunOfShow NewRun(List<Cue> cues, IReadOnlyList<SessionTimes>? sessions = null, List<ShowShift>? shifts = null) =>
        new(new Show { ControllerId = Crew.Id, Controller = Crew.Name, Autopilot = true }, cues, sessions ?? [], shifts ?? [], false);

    /// <summary>A show as it is kept, what it did, and what must hold.</summary>
    private sealed class World
    {
        private readonly List<Cue> kept = [];
        private readonly List<ShowShift> shifts = [];
        private readonly Dictionary<(Guid Cue, Guid Run), int> done = [];
        private readonly HashSet<Guid> renewed = [];
        private SessionTimes[] sessions = [Session(0, 60), Session(70, 120), Session(150, 200)];
        private DateTimeOffset now = Start.AddMinutes(-1);
        private bool failsNext;

        public World((CueAnchor Anchor, int At, int Session, int After, int Offset)[] sheet)
        {
            foreach (var (anchor, at, session, after, offset) in sheet)
            {
                // What waits for a cue that is not there yet waits for a hand instead.
                var waits = anchor == CueAnchor.Cue && after >= kept.Count ? CueAnchor.Hand : anchor;
                kept.Add(new()
                {
                    Position = kept.Count,
                    Kind = CueKind.Announce,
                    Anchor = waits,
                    At = waits == CueAnchor.Time ? Start.AddMinutes(at) : null,
                    SessionId = waits is CueAnchor.SessionStart or CueAnchor.SessionEnd ? sessions[session].Id : null,
                    AfterId = waits == CueAnchor.Cue ? kept[after].Id : null,
                    Offset = 60 * (waits == CueAnchor.Cue ? Math.Abs(offset) : offset),
                    Detail = new(Text: "x"),
                });
            }
        }

        public void Do((Step Step, int Which, int Amount) play)
        {
            var cue = kept[play.Which % kept.Count];
            switch (play.Step)
            {
                case Step.Wait: now = now.AddMinutes(play.Amount); break;
                case Step.Fire: Try(new(Fire: cue.Id)); break;
                case Step.Skip: Try(new(Skip: cue.Id)); break;
                case Step.Restore:
                    if (cue.State is CueState.Skipped or CueState.Failed) renewed.Add(cue.Id);
                    Try(new(Restore: cue.Id));
                    break;
                case Step.Hold: Try(new(Hold: cue.Id)); break;
                case Step.Resume: Try(new(Resume: cue.Id)); break;
                case Step.Shift: Try(new(Shift: new(Guid.CreateVersion7(), play.Amount - 15 is var by && by == 0 ? 1 : by))); break;
                case Step.Undo:
                    if (shifts.Count > 0) Try(new(Undo: shifts[play.Which % shifts.Count].Id));
                    break;
                case Step.Lose:
                    // Decided and kept, done or not, and the process is gone before it could say so.
                    Run().FireDue(now);
                    Act();
                    now = now.AddMinutes(play.Amount);
                    break;
                case Step.Fail: failsNext = true; break;
            }
            Turn();
        }

        /// <summary>Time passes until nothing more is due; then nothing that the clock was to fire is left.</summary>
        public void RunOut()
        {
            failsNext = false;
            Turn();
            for (var steps = 0; Run().Sheet.NextDue() is { } next; steps++)
            {
                Assert.InRange(steps, 0, 2 * MostCues);
                now = next;
                Turn();
            }
            Assert.DoesNotContain(kept, c => c is { State: CueState.Pending, Held: false, Anchor: CueAnchor.Time or CueAnchor.SessionStart or CueAnchor.SessionEnd });
            Assert.All(kept.Where(c => c.State == CueState.Done), c => Assert.True(done.ContainsKey((c.Id, c.RunId!.Value))));
        }

        public void ShiftAndUndo(int minutes)
        {
            var by = TimeSpan.FromMinutes(minutes);
            var before = Picture();
            var run = Run();
            var id = Guid.CreateVersion7();
            run.Apply(new(Shift: new(id, minutes)), Crew, true, now);
            Take(run);
            var after = Picture();
            var moved = kept.Where(c => c.State == CueState.Pending && before[c.Id] is { } at && at <= run.Moved!.Value.Plan.Until).ToList();
            Assert.All(moved, c => Assert.Equal(before[c.Id] + by, after[c.Id]));
            Assert.All(kept.Where(c => c.State != CueState.Pending), c => Assert.Equal(before[c.Id], after[c.Id]));
            run = Run();
            run.Apply(new(Undo: id), Crew, true, now);
            Take(run);
            Assert.Equal(before, Picture());
        }

        private Dictionary<Guid, DateTimeOffset?> Picture()
        {
            var sheet = Run().Sheet;
            return kept.ToDictionary(c => c.Id, sheet.ExpectedOf);
        }

        /// <summary>As the next process reads it.</summary>
        private RunOfShow Run() => NewRun(kept, sessions, shifts);

        private void Try(ShowCommand command)
        {
            var run = Run();
            try
            {
                run.Apply(command, Crew, true, now);
            }
            catch (RefusalException) { }
            Take(run);
        }

        private void Take(RunOfShow run)
        {
            if (run.Moved is not { } moved) return;
            sessions = [.. sessions.Select(s => moved.Plan.Sessions.Contains(s.Id) ? s with { StartsAt = s.StartsAt + moved.By, EndsAt = s.EndsAt + moved.By } : moved.Plan.Ends.Contains(s.Id) ? s with { EndsAt = s.EndsAt + moved.By } : s)];
        }

        private void Turn()
        {
            for (var rounds = 0; ; rounds++)
            {
                Assert.InRange(rounds, 0, 200);
                var any = Run().FireDue(now);
                foreach (var cue in kept.Where(c => c.State == CueState.Firing))
                {
                    Waited(cue);
                    any = true;
                }
                Act();
                foreach (var cue in kept.Where(c => c.State == CueState.Firing).ToList())
                {
                    Run().Finish(cue.Id, cue.RunId!.Value, failsNext ? "It failed." : null);
                    failsNext = false;
                }
                if (!any) return;
            }
        }

        /// <summary>Whatever was decided is done, again if need be: each firing has its effect once, and each cue one firing unless it was renewed by hand.</summary>
        private void Act()
        {
            foreach (var cue in kept.Where(c => c.State == CueState.Firing))
            {
                done.TryAdd((cue.Id, cue.RunId!.Value), 1);
                var runs = done.Keys.Count(k => k.Cue == cue.Id);
                Assert.True(runs == 1 || renewed.Contains(cue.Id) || failed.Contains(cue.Id), "a cue fired twice");
                if (failsNext) failed.Add(cue.Id);
            }
        }

        private readonly HashSet<Guid> failed = [];

        private void Waited(Cue cue)
        {
            if (cue.Anchor != CueAnchor.Cue) return;
            var before = kept.Single(c => c.Id == cue.AfterId);
            Assert.True(before.State is CueState.Done or CueState.Skipped || renewed.Contains(before.Id), "a cue did not wait for the other");
            if (cue.By == "" && !renewed.Contains(before.Id)) Assert.True(cue.FiredAt >= before.FiredAt + TimeSpan.FromSeconds(cue.Offset + cue.Shift), "a cue came too soon");
        }
    }
}
