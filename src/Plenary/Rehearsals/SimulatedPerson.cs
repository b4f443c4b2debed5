using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Plenary.Rooms;

namespace Plenary.Rehearsals;

/// <summary>
/// Somebody who comes to a room as a browser does and holds its log by the rules of docs/develop/protocol.md: entries by number, what is missing is asked for, what was left out of a frame
/// for everybody is not missed.
/// </summary>
internal sealed class SimulatedPerson(int number, string cookie, SimulatedCrowd crowd) : IAsyncDisposable
{
    private static readonly string[] Reactions = ["clap", "heart", "laugh", "idea"];
    private static readonly string[] Lines = ["Good to be here.", "Can everybody hear?", "That is a good point.", "Thank you, this helps.", "Where are you all joining from?", "I would like to see that again."];
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(12);

    private readonly Lock gate = new();
    private readonly List<Frame> early = [];
    private readonly Random chance = new(number);
    private HubConversation? hub;
    private SandboxRoom room = null!;
    private string? ticket;
    private long seq = -1;
    private long overlap;
    private bool joining;

    /// <summary>What it was not told although it was acknowledged to somebody.</summary>
    public long Behind
    {
        get { lock (gate) return hub is null || seq < 0 ? 0 : Math.Max(0, crowd.Tally.LastSeq.GetValueOrDefault(room.Id) - seq); }
    }

    /// <summary>Comes, is there and does what people do until the crowd leaves.</summary>
    /// <param name="to">The room it comes to.</param>
    /// <param name="then">The room it goes on to when half of the time is over; null when it stays.</param>
    /// <param name="leaving">The crowd leaves.</param>
    public async Task Attend(SandboxRoom to, SandboxRoom? then, CancellationToken leaving)
    {
        var since = Stopwatch.GetTimestamp();
        crowd.Tally.Comes();
        for (var entered = false; !leaving.IsCancellationRequested;)
        {
            try
            {
                hub ??= await HubConversation.Open(crowd.Hub, crowd.Http, cookie, Receive, leaving);
                room = room ?? to;
                await Join(leaving);
                if (!entered) crowd.Tally.Enters(since);
                entered = true;
                await Live(then, leaving);
            }
            catch (HubRefused refused)
            {
                if (refused.Code != "queued") crowd.Tally.Refuses();
                else if (ticket is null) crowd.Tally.Queues();
                ticket = refused.Ticket ?? ticket;
                await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(refused.Seconds ?? 1, 1, 15)), leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception lost) when (lost is WebSocketException or IOException or HttpRequestException or InvalidDataException)
            {
                // As a browser would: it comes back a moment later with what it holds.
                crowd.Tally.Refuses();
                await Close();
                await Task.Delay(chance.Next(300, 1500), leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) { }
        }
    }

    public async ValueTask DisposeAsync() => await Close();

    private async Task Close()
    {
        HubConversation? old;
        lock (gate) (old, hub) = (hub, null);
        if (old is not null) await old.DisposeAsync();
    }

    private async Task Join(CancellationToken leaving)
    {
        lock (gate) joining = true;
        var joined = await hub!.Ask<Joined>("Join", new JoinRequest(room.Id.ToString(), seq < 0 ? null : seq, ticket), leaving);
        lock (gate)
        {
            if (joined.Replayed)
                foreach (var entry in joined.Entries.Where(e => e.Seq > seq)) crowd.Tally.Arrived(entry.Id);
            ticket = joined.Ticket ?? ticket;
            seq = overlap = joined.Seq;
            joining = false;
            foreach (var frame in early.OrderBy(f => f.Prev).ToList()) Apply(frame);
            early.Clear();
        }
    }

    private async Task Live(SandboxRoom? then, CancellationToken leaving)
    {
        var pinged = Stopwatch.GetTimestamp();
        var voteIn = crowd.VoteWithin * chance.NextDouble();
        var came = Stopwatch.GetTimestamp();
        var voted = false;
        while (true)
        {
            // Exponential pauses: people do not take turns.
            var pause = TimeSpan.FromSeconds(Math.Min(5, -Math.Log(1 - chance.NextDouble()) * crowd.ActEvery.TotalSeconds));
            await Task.WhenAny(Task.Delay(pause, leaving), hub!.Over);
            leaving.ThrowIfCancellationRequested();
            if (hub.Over.IsCompleted) throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            if (crowd.IsQuiet) continue; // the last words are to arrive
            if (seq >= 0 && MissesSomething()) await Join(leaving);
            if (then is not null && crowd.IsHalfway)
            {
                await hub.Tell("Leave", room.Id.ToString(), leaving);
                lock (gate) (room, then, seq) = (then, null, -1);
                await Join(leaving);
            }
            if (Stopwatch.GetElapsedTime(pinged) > PingEvery)
            {
                pinged = Stopwatch.GetTimestamp();
                await hub.SayPing(leaving);
            }
            if (!voted && room.Poll is { } poll && Stopwatch.GetElapsedTime(came) > voteIn) voted = await Vote(poll, leaving);
            else if (chance.Next(4) == 0) await Post(leaving);
            else await hub.Tell("React", new ReactRequest(room.Id.ToString(), Reactions[chance.Next(Reactions.Length)]), leaving);
        }
    }

    private async Task<bool> Vote(Guid poll, CancellationToken leaving)
    {
        await hub!.Ask<Acted>("Act", new ActRequest(room.Id.ToString(), "vote", JsonSerializer.Serialize(new { poll, picks = new[] { chance.Next(3) } })), leaving);
        crowd.Tally.Votes();
        return true;
    }

    private async Task Post(CancellationToken leaving)
    {
        var id = Guid.CreateVersion7();
        crowd.Tally.WrittenAt[id] = Stopwatch.GetTimestamp();
        var at = room.Id;
        var posted = await hub!.Ask<Posted>("Post", new PostRequest(at.ToString(), id.ToString(), Lines[chance.Next(Lines.Length)]), leaving);
        crowd.Tally.Kept(at, posted.Seq);
    }

    private bool MissesSomething()
    {
        lock (gate) return early.Count > 0;
    }

    private void Receive(Frame frame)
    {
        lock (gate)
        {
            if (frame.Room != room.Id) return;
            if (joining || frame.Prev > seq) early.Add(frame);
            else Apply(frame);
        }
    }

    private void Apply(Frame frame)
    {
        if (frame.Seq <= seq)
        {
            // Frames that were under way when the join was answered are no doubles.
            if (frame.Entries.Length > 0 && frame.Seq > overlap) crowd.Tally.Doubled();
            return;
        }
        if (frame.Prev > seq)
        {
            crowd.Tally.Lost(frame.Prev - seq); // still missing after it was asked for
            seq = frame.Prev;
        }
        if (frame.Entries.Length + (frame.Left ?? 0) is var told && told < frame.Seq - frame.Prev) crowd.Tally.Lost(frame.Seq - frame.Prev - told);
        foreach (var entry in frame.Entries)
            if (entry.Seq > seq) crowd.Tally.Arrived(entry.Id);
        seq = frame.Seq;
    }
}
