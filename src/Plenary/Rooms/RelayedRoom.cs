using Plenary.Platform.Live;

namespace Plenary.Rooms;

/// <summary>
/// One room in this process: its members, a copy of its window, and the ear in its grain. Frames are passed on once and in order, whatever
/// order they arrive in; whoever joins is answered from the copy, so a thousand people coming back cost the room nothing.
/// </summary>
internal sealed class RelayedRoom : IRoomObserver
{
    /// <summary>The chat that a newcomer sees.</summary>
    public const int Snapshot = 100;

    /// <summary>Presence and reactions of members are told to the room together.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    /// <summary>What players tell is only told on this often: nobody reads it faster.</summary>
    private static readonly TimeSpan WatchingTick = TimeSpan.FromSeconds(2);

    /// <summary>A player that has not reported for this long is not watching; they report every 5 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private readonly Lock gate = new();
    private readonly Dictionary<string, RoomMember> members = [];
    private readonly Crowd crowd;
    private readonly EntryWindow window = new();
    private readonly IRoomGrain grain;
    private readonly IRoomObserver reference;
    private readonly Func<Guid, RelayedRoom, Task> reconsider;
    private readonly LiveMeters meters;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly string relay;
    private Dictionary<string, int> reactions = [];
    private StageNow stage = StageNow.Dark;
    private Audience audience = new(0, 0, null);
    private int toldPresent;
    private Task? subscribing;
    private bool known;
    private bool joined;
    private long reporting;
    private long heard;

    public RelayedRoom(Guid room, string relay, IGrainFactory grains, Fanout fanout, Func<Guid, RelayedRoom, Task> reconsider, LiveMeters meters, TimeProvider clock, ILogger logger)
    {
        Room = room;
        crowd = fanout.NewCrowd();
        grain = grains.GetGrain<IRoomGrain>(room);
        reference = grains.CreateObjectReference<IRoomObserver>(this);
        (this.relay, this.reconsider, this.meters, this.clock, this.logger) = (relay, reconsider, meters, clock, logger);
    }

    public Guid Room { get; }

    /// <summary>Nobody was here at the last beat: the relay has let go of it.</summary>
    public bool Closed { get; private set; }

    /// <summary>Brings the connection in and answers what it lacks; null when this object is closed and another must be asked.</summary>
    public async Task<Joined?> Join(RoomMember member, long? after, CancellationToken cancellation)
    {
        if (!known) await Subscribe().WaitAsync(cancellation);
        lock (gate)
        {
            if (Closed) return null;
            // From here on the lane gets every frame; those it gets before this answer are not newer than what the answer lacks.
            members[member.Lane.ConnectionId] = member;
            crowd.Add(member.Lane);
            var replay = after is { } seq ? window.After(seq) : null;
            meters.Joined(after is not null, replay is not null);
            joined = true;
            Stir(Tick);
            return new(Room, window.Last, replay ?? window.LatestChat(Snapshot), replay is not null,
                Math.Max(audience.Present - toldPresent, 0) + People(), audience.Watching, stage,
                new(member.Pass.Person, member.Pass.Name, member.Pass.Role));
        }
    }

    public RoomMember? Member(string connectionId)
    {
        lock (gate) return members.GetValueOrDefault(connectionId);
    }

    public RoomMember[] MembersOf(Guid person)
    {
        lock (gate) return [.. members.Values.Where(m => m.Pass.Person == person)];
    }

    public bool Leave(string connectionId)
    {
        lock (gate)
        {
            if (!members.Remove(connectionId, out var member)) return false;
            crowd.Remove(member.Lane);
            Stir(Tick);
            return true;
        }
    }

    public void React(string kind)
    {
        lock (gate)
        {
            reactions[kind] = reactions.GetValueOrDefault(kind) + 1;
            Stir(Tick);
        }
    }

    public void Watch(string connectionId, int latencyMs, bool stalled)
    {
        lock (gate)
        {
            if (!members.TryGetValue(connectionId, out var member)) return;
            member.Watching = (latencyMs, stalled, clock.GetTimestamp());
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
            else Pass(frame with { Entries = [.. frame.Entries.Where(e => e.Seq > window.Last)], Prev = window.Last, Seq = Math.Max(frame.Seq, window.Last) });
        }
        return Task.CompletedTask;
    }

    public Task OnLost()
    {
        _ = Subscribe();
        return Task.CompletedTask;
    }

    public Task OnReconsider(Guid person) => reconsider(person, this);

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
            foreach (var (id, member) in members)
                if (member.Lane.Closed && members.Remove(id))
                {
                    crowd.Remove(member.Lane);
                    meters.Members(-1);
                }
            if (members.Values.Any(m => m.Watching is { } w && clock.GetElapsedTime(w.At) > Patience)) Stir(Tick);
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
        (stage, audience) = (tail.Stage, tail.Audience);
        var news = tail.Entries.Where(e => e.Seq > window.Last).ToArray();
        if (!known || tail.Seq < after || (news.Length > 0 && news[0].Seq != window.Last + 1))
        {
            // Too long away: members see by the number that they lack something, and ask.
            window.Reset(tail.Entries, tail.Seq);
            heard = window.Last;
            if (known) Pass(new(Room, window.Last, window.Last, []));
            known = true;
        }
        else if (news.Length > 0) Pass(new(Room, window.Last, tail.Seq, news));
    }

    /// <summary>Within the gate: frames reach every lane in the order of their numbers.</summary>
    private void Pass(Frame frame)
    {
        foreach (var entry in frame.Entries)
        {
            window.Add(entry);
            if (entry.Stage is not null) stage = entry.Stage;
        }
        if (frame.Present is { } present) audience = new(present, frame.Watching ?? audience.Watching, frame.LatencyMs);
        if (members.Count == 0) return;
        crowd.Send(new("Frame", frame), frame.Entries.Length == 0 ? FrameClass.Ephemeral : FrameClass.Entries);
        meters.Framed(members.Count);
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
#pragma warning disable CA1031 // The next beat tells it again.
        catch (Exception error)
        {
            logger.LogInformation(error, "Room {Room} did not hear a report", Room);
        }
#pragma warning restore CA1031
    }

    /// <summary>Within the gate.</summary>
    private RelayReport Report()
    {
        toldPresent = People();
        var watching = members.Values.Where(m => m.Watching is { } w && clock.GetElapsedTime(w.At) <= Patience).Select(m => m.Watching!.Value).ToList();
        var latencies = watching.Where(w => !w.Stalled).Select(w => w.LatencyMs).Order().ToList();
        return new(relay, toldPresent, watching.Count, latencies.Count == 0 ? null : latencies[latencies.Count / 2]);
    }

    private int People() => members.Values.Select(m => m.Pass.Person).Distinct().Count();
}
