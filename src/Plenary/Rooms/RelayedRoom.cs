using Plenary.Platform.Live;

namespace Plenary.Rooms;

/// <summary>
/// One room in this process: its members, a copy of its window, and the ear in its grain. Frames are passed on once and in order, whatever
/// order they arrive in; whoever joins is answered from the copy, so a thousand people coming back cost the room nothing.
/// </summary>
internal sealed class RelayedRoom : IRoomObserver
{
    /// <summary>Presence and reactions of members are told to the room together.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    /// <summary>What players tell is only told on this often: nobody reads it faster.</summary>
    private static readonly TimeSpan WatchingTick = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly RoomMembers members = new();
    private readonly EntryWindow window = new();
    private readonly ChatSample sample = new();
    private readonly RoomAnswers answers;
    private readonly Watchers watchers;
    private readonly Reconsidered reconsidered;
    private readonly Crowd crowd;
    private readonly IRoomGrain grain;
    private readonly IRoomObserver reference;
    private readonly Func<Guid, RelayedRoom, Task> reconsider;
    private readonly LiveMeters meters;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly string relay;
    private Dictionary<string, int> reactions = [];
    private StageNow stage = StageNow.Dark;
    private PlanNow? plan;
    private Audience audience = new(0, 0, null);
    private int toldPresent;
    private Task? subscribing;
    private volatile bool known;
    private bool joined;
    private long reporting;
    private long heard;

    public RelayedRoom(Guid room, string relay, IGrainFactory grains, Crowd crowd, Func<Guid, RelayedRoom, Task> reconsider, LiveMeters meters, TimeProvider clock, ILogger logger)
    {
        Room = room;
        grain = grains.GetGrain<IRoomGrain>(room);
        reference = grains.CreateObjectReference<IRoomObserver>(this);
        (answers, watchers, reconsidered) = (new(window), new(clock), new(clock));
        (this.relay, this.crowd, this.reconsider, this.meters, this.clock, this.logger) = (relay, crowd, reconsider, meters, clock, logger);
    }

    public Guid Room { get; }

    /// <summary>The event it is of; unknown until somebody joins.</summary>
    public Guid Event { get; private set; }

    /// <summary>Connections of this process that are in it.</summary>
    public int Members
    {
        get { lock (gate) return members.Count; }
    }

    /// <summary>Nobody was here at the last beat: the relay has let go of it.</summary>
    public bool Closed { get; private set; }

    /// <summary>What the room's log holds is known here, so that joins are answered at once.</summary>
    public bool Known => known;

    /// <summary>
    /// Brings the connection in and answers what it lacks. Null when this object is closed and another must be asked, or when the right to be here
    /// has changed since it was looked up (<see cref="IsStale"/>). The room must be known.
    /// </summary>
    /// <param name="newcomer">The connection.</param>
    /// <param name="after">The latest number it has, if any.</param>
    /// <param name="asked">When its right was asked for: a timestamp of the clock.</param>
    public (RoomMember Member, Joined Joined)? Join(RoomMember newcomer, long? after, long asked)
    {
        lock (gate)
        {
            if (Closed || reconsidered.Since(newcomer.Pass.Person, asked)) return null;
            var before = members.Count;
            Event = newcomer.Pass.EventId;
            var member = members.Add(newcomer);
            meters.Members(members.Count - before);
            // From here on the lane gets every frame; those it gets before this answer are not newer than what the answer lacks.
            crowd.Add(member.Lane);
            var answer = answers.For(after, member.Pass);
            meters.Joined(after is not null, answer.Replayed);
            joined = true;
            Stir(Tick);
            return (member, new(Room, window.Last, answer.Entries, answer.Replayed,
                Math.Max(audience.Present - toldPresent, 0) + members.People, audience.Watching, stage,
                new(member.Pass.Person, member.Pass.Name, member.Pass.Role), answer.Left == 0 ? null : answer.Left, Plan: plan));
        }
    }

    /// <summary>The person's right has changed since it was asked for at this moment.</summary>
    public bool IsStale(Guid person, long asked)
    {
        lock (gate) return reconsidered.Since(person, asked);
    }

    /// <summary>The connections of a person.</summary>
    public RoomMember[] MembersOf(Guid person)
    {
        lock (gate) return [.. members.Of(person)];
    }

    /// <summary>What the member may do has changed; its person has not.</summary>
    public void Change(RoomMember member, RoomPass pass)
    {
        lock (gate)
        {
            if (!member.Gone) members.Change(member, pass);
        }
    }

    public bool Leave(RoomMember member)
    {
        lock (gate)
        {
            if (!Remove(member)) return false;
            Stir(Tick);
            return true;
        }
    }

    /// <summary>People in this process whom a text calls by their names.</summary>
    public IEnumerable<Guid> Called(string text)
    {
        lock (gate) return [.. members.MentionedIn(text).Select(m => m.Pass.Person).Distinct()];
    }

    public void React(string kind)
    {
        lock (gate)
        {
            reactions[kind] = reactions.GetValueOrDefault(kind) + 1;
            Stir(Tick);
        }
    }

    public void Watch(RoomMember member, int latencyMs, bool stalled)
    {
        lock (gate)
        {
            if (member.Gone) return;
            watchers.Report(member, latencyMs, stalled);
            Stir(WatchingTick);
        }
    }

    public Task OnFrame(Frame frame)
    {
        lock (gate)
        {
            heard = Math.Max(heard, frame.Seq);
            if (!known) return Task.CompletedTask;
            if (frame.Prev > window.Last) _ = Subscribe(); // a frame was lost on the way, or overtaken
            else if (frame.Prev == window.Last) Pass(frame);
            else Pass(frame with { Entries = [.. frame.Entries.Where(e => e.Seq > window.Last)], Prev = window.Last, Seq = Math.Max(frame.Seq, window.Last) });
        }
        return Task.CompletedTask;
    }

    public Task OnLost()
    {
        _ = Subscribe();
        return Task.CompletedTask;
    }

    public Task OnReconsider(Guid person)
    {
        lock (gate) reconsidered.Add(person);
        return reconsider(person, this);
    }

    public Task OnTell(Guid person, string about, string data)
    {
        var told = new SharedFrame("Told", new Told(Room, about, data));
        foreach (var member in MembersOf(person)) member.Lane.Send(told);
        return Task.CompletedTask;
    }

    public Task OnTellAll(string about, string data)
    {
        lock (gate)
            if (members.Count > 0) crowd.Send(new("Told", new Told(Room, about, data)), FrameClass.Ephemeral);
        return Task.CompletedTask;
    }

    public Task<Guid[]> OnHere(Guid[] people)
    {
        lock (gate) return Task.FromResult(people.Where(person => members.Of(person).Count > 0).ToArray());
    }

    /// <summary>Asks the room for what is missing and to be counted in, until it answers. Calls meanwhile share the answer.</summary>
    public Task Subscribe()
    {
        lock (gate) return subscribing ??= Ask();
    }

    /// <summary>Every beat: true when the room has been empty and is closed now.</summary>
    public bool CloseIfEmpty()
    {
        lock (gate)
        {
            foreach (var member in members.All.Where(m => m.Lane.Closed).ToList()) Remove(member);
            if (watchers.ForgetSilent()) Stir(Tick);
            return Closed = members.Count == 0 && reporting == 0;
        }
    }

    public Task Unsubscribe() => grain.Unsubscribe(relay);

    private async Task Ask()
    {
        await Task.Yield(); // so that the caller's lock is over
        for (var wait = 50; ; wait = Math.Min(wait * 2, 1_000))
        {
            try
            {
                RelayReport report;
                long after;
                lock (gate) (report, after) = (Report(), known ? window.Last : -1);
                var tail = await grain.Subscribe(reference, report, after);
                foreach (var person in tail.Reconsider ?? []) await OnReconsider(person);
                lock (gate)
                {
                    CatchUp(tail, after);
                    if (window.Last >= heard)
                    {
                        subscribing = null;
                        return;
                    }
                }
            }
#pragma warning disable CA1031 // Whatever keeps the room from answering, those who are in it wait for it.
            catch (Exception error)
            {
                logger.LogWarning(error, "Room {Room} could not be reached", Room);
            }
#pragma warning restore CA1031
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock);
            if (Closed) return;
        }
    }

    /// <summary>Takes over what the room says it has, and passes on what the members lack of it.</summary>
    private void CatchUp(Tail tail, long after)
    {
        (stage, audience, plan) = (tail.Stage, tail.Audience, PlanNow.Newer(plan, tail.Plan));
        var news = tail.Entries.Where(e => e.Seq > window.Last).ToArray();
        if (!known || tail.Seq < after || (news.Length > 0 && news[0].Seq != window.Last + 1))
        {
            // Too long away: members see by the number that they lack something, and ask.
            window.Reset(tail.Entries.Length == 0 ? tail.Seq : tail.Entries[0].Seq - 1);
            Take(tail.Entries);
            heard = window.Last;
            if (known) Pass(new(Room, window.Last, window.Last, []));
            known = true;
        }
        else if (news.Length > 0) Pass(new(Room, window.Last, tail.Seq, news));
    }

    /// <summary>Within the gate: frames are handed to the crowd in the order of their numbers.</summary>
    private void Pass(Frame frame)
    {
        if (frame.Present is { } present) audience = new(present, frame.Watching ?? audience.Watching, frame.LatencyMs);
        var left = Take(frame.Entries);
        if (members.Count == 0) return;
        var kind = frame.Entries.Length > 0 ? FrameClass.Entries : frame.Present is null ? FrameClass.Ephemeral : FrameClass.State;
        if (left.Count > 0) frame = frame with { Entries = [.. frame.Entries.Except(left)], Left = left.Count };
        crowd.Send(new("Frame", frame), kind, left.Count > 0 ? Concerned(left) : null);
        meters.Framed(members.Count);
    }

    /// <summary>Adds entries to the window; answers those that are not shown to everybody.</summary>
    private List<Entry> Take(Entry[] entries)
    {
        var shown = sample.Choose(entries, audience.Present);
        var left = new List<Entry>();
        for (var i = 0; i < entries.Length; i++)
        {
            window.Add(entries[i], shown[i]);
            if (entries[i].Stage is { } now) stage = now;
            plan = PlanNow.Newer(plan, entries[i].Plan);
            if (!shown[i]) left.Add(entries[i]);
        }
        return left;
    }

    /// <summary>For the members who wrote one of these entries, or are mentioned or answered by it: the entries that concern them.</summary>
    private List<(Lane, SharedFrame)> Concerned(List<Entry> left)
    {
        var concerned = new Dictionary<RoomMember, List<Entry>>();
        foreach (var entry in left)
        {
            foreach (var person in entry.Concerned)
                foreach (var member in members.Of(person)) Add(member, entry);
            foreach (var member in members.MentionedIn(entry.Text ?? "")) Add(member, entry);
        }
        return [.. concerned.Select(c => (c.Key.Lane, new SharedFrame("Also", new Also(Room, [.. c.Value]))))];

        void Add(RoomMember member, Entry entry)
        {
            if (!concerned.TryGetValue(member, out var entries)) concerned.Add(member, entries = []);
            if (entries.Count == 0 || entries[^1] != entry) entries.Add(entry);
        }
    }

    /// <summary>Within the gate.</summary>
    private bool Remove(RoomMember member)
    {
        if (!members.Remove(member)) return false;
        crowd.Remove(member.Lane);
        watchers.Remove(member);
        meters.Members(-1);
        return true;
    }

    /// <summary>Within the gate: has the room be told what members did, no later than this.</summary>
    private void Stir(TimeSpan within)
    {
        var due = clock.GetTimestamp() + (long)(within.TotalSeconds * clock.TimestampFrequency);
        if (reporting != 0 && reporting <= due) return;
        reporting = due;
        _ = Tell(due, within);
    }

    private async Task Tell(long due, TimeSpan within)
    {
        await Task.Delay(within, clock);
        RelayReport report;
        lock (gate)
        {
            if (reporting != due) return; // an earlier one was asked for meanwhile, and has told it
            reporting = 0;
            report = Report() with { Reactions = reactions.Count > 0 ? reactions : null, Joined = joined };
            (reactions, joined) = ([], false);
        }
        try
        {
            await grain.Report(report);
        }
#pragma warning disable CA1031 // Whatever it was: the room may have forgotten this relay, and told frames to the others only.
        catch (Exception error)
        {
            logger.LogInformation(error, "Room {Room} did not hear a report", Room);
            if (!Closed) _ = Subscribe();
        }
#pragma warning restore CA1031
    }

    /// <summary>Within the gate.</summary>
    private RelayReport Report()
    {
        watchers.ForgetSilent();
        toldPresent = members.People;
        return new(relay, toldPresent, watchers.Count, watchers.LatencyMs, Connections: members.Count, LagMs: (int)crowd.Lag.TotalMilliseconds);
    }
}
