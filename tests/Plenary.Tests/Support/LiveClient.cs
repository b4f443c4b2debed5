using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Rooms;
using Plenary.Rooms.Attendance;

namespace Plenary.Tests.Support;

/// <summary>
/// Somebody in a room, holding its log by the rules of docs/develop/protocol.md: entries in order, each once; what is missing is asked for.
/// </summary>
public sealed class LiveClient : IAsyncDisposable
{
    /// <summary>With several processes to go to, one that does not answer is not waited for.</summary>
    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(2);

    /// <summary>No answer is waited for longer, over whatever happens: a server that never answers fails the fact instead of holding it up.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly List<Entry> log = [];
    private readonly List<Frame> early = [];
    private readonly List<(Func<bool> Holds, TaskCompletionSource Met)> hopes = [];
    private readonly CancellationTokenSource ending = new(); // not disposed: nothing waits on its handle
    private readonly List<(long Seq, int Left)> told = [];
    private readonly HashSet<long> also = [];
    private readonly Uri[] sites;
    private readonly string? cookie;
    private bool joining;
    private bool comesBack;
    private int visits;
    private int comingBack;

    /// <param name="site">The process it connects to.</param>
    /// <param name="cookie">Whose session.</param>
    /// <param name="json">JSON instead of MessagePack.</param>
    /// <param name="configure">Further options of the connection.</param>
    /// <param name="others">Further processes of the same cluster: each further connection goes to the next, as a proxy in front would have it.</param>
    public LiveClient(Uri site, string? cookie, bool json = false, Action<HttpConnectionOptions>? configure = null, params Uri[] others)
    {
        (sites, this.cookie) = ([site, .. others], cookie);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(site, "/live"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
            if (cookie is not null) options.Headers.Add("Cookie", cookie);
            configure?.Invoke(options);
            if (others.Length > 0) options.WebSocketFactory = Next;
        });
        if (json) builder.AddJsonProtocol(options => options.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        else builder.AddMessagePackProtocol();
        Hub = builder.Build();
        if (others.Length > 0) Hub.HandshakeTimeout = Impatience;
        Hub.On<Frame>("Frame", Receive);
        Hub.On<Also>("Also", Receive);
        Hub.On<Told>("Told", told => Note(() => Told.Add(told)));
        Hub.On<Removed>("Removed", removed => Note(() => Removals.Add(removed)));
        Hub.On<Unattended>("Unattended", over => Note(() => Unattended.Add(over)));
    }

    public HubConnection Hub { get; }

    /// <summary>Whose session.</summary>
    public string? Cookie => cookie;

    public Guid Room { get; private set; }

    /// <summary>The latest number applied; null before the first join was answered.</summary>
    public long? Seq { get; private set; }

    public int Present { get; private set; }

    public int Watching { get; private set; }

    public int? LatencyMs { get; private set; }

    public StageNow Stage { get; private set; } = StageNow.Dark;

    /// <summary>The newest plan it was told; backstage only.</summary>
    public PlanNow? Plan { get; private set; }

    /// <summary>What it was told alone.</summary>
    public List<Told> Told { get; } = [];

    /// <summary>Frames that carried entries.</summary>
    public int FramesWithEntries { get; private set; }

    public Dictionary<string, int> Reactions { get; } = [];

    /// <summary>What was said on the stage, as it was told.</summary>
    public List<Caption> Captions { get; } = [];

    public List<Removed> Removals { get; } = [];

    public List<Unattended> Unattended { get; } = [];

    /// <summary>Joins that asked for what was missed.</summary>
    public int Resyncs { get; private set; }

    /// <summary>Entries that were left out of frames and answers, and that it was not told of all the same.</summary>
    public int Left => told.Sum(t => t.Left) - also.Count;

    /// <summary>Entries that it was told of because they concern it.</summary>
    public List<Entry> Concerning { get; } = [];

    public Entry[] Log
    {
        get { lock (gate) return [.. log]; }
    }

    public async Task<LiveClient> Start()
    {
        await Hub.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>
    /// From now on a lost connection is made again and the room joined again, with what is held, for as long as it takes.
    /// </summary>
    public LiveClient ComesBack()
    {
        comesBack = true;
        Hub.Closed += _ => ending.IsCancellationRequested ? Task.CompletedTask : ComeBack();
        return this;
    }

    /// <summary>Loses the connection, and with it whatever was under way.</summary>
    public async Task Drop() => await Hub.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Goes back to the process it was made for; it has to be one that comes back.</summary>
    public async Task GoHome()
    {
        if (Interlocked.Exchange(ref visits, 0) % sites.Length == 1 && Hub.State == HubConnectionState.Connected) visits = 1; // it is there
        else await Drop();
    }

    /// <summary>Forgets what came after this number, as if the connection had been lost then.</summary>
    public void Forget(long after)
    {
        lock (gate)
        {
            // To where a frame or an answer ended: what one left out belongs to it as a whole.
            if (after >= Seq || told.FindLastIndex(t => t.Seq <= after) is var last && last < 0) return;
            after = told[last].Seq;
            told.RemoveRange(last + 1, told.Count - last - 1);
            also.RemoveWhere(seq => seq > after);
            log.RemoveAll(e => e.Seq > after);
            early.Clear();
            Seq = after;
        }
    }

    /// <summary>Posts until it is acknowledged, over lost connections and through refusals to go so fast.</summary>
    public async Task<Posted> PostUntilKept(string text, Guid id)
    {
        while (true)
        {
            try
            {
                return await Post(text, id);
            }
            catch (Exception lost) when (lost is not OperationCanceledException || !TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                // What a person's client does: wait a little, try the same again.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 200)), TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Joins, or joins again with the latest number held.</summary>
    public async Task<Joined> Join(Guid room)
    {
        Room = room;
        lock (gate) joining = true;
        while (true)
        {
            var after = Seq;
            if (after is not null) Resyncs++;
            var joined = await Hub.InvokeAsync<Joined>("Join", new JoinRequest(room.ToString(), after), TestContext.Current.CancellationToken).WaitAsync(Limit);
            lock (gate)
            {
                Take(joined);
                if (early.Count > 0) continue;
                joining = false;
                return joined;
            }
        }
    }

    /// <summary>From now on it is told what concerns its person at the event.</summary>
    public Task<Attending> Attend(Guid @event) => Hub.InvokeAsync<Attending>("Attend", new AttendRequest(@event.ToString()), TestContext.Current.CancellationToken);

    public Task<Posted> Post(string text, Guid? id = null) =>
        Hub.InvokeAsync<Posted>("Post", new PostRequest(Room.ToString(), (id ?? Guid.CreateVersion7()).ToString(), text), TestContext.Current.CancellationToken).WaitAsync(Limit);

    /// <summary>Returns when this holds; looks after everything that arrives.</summary>
    public async Task Until(Func<bool> holds, string what)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (holds()) return;
            hopes.Add((holds, met));
        }
        try
        {
            await met.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"waited in vain: {what}; at {Seq} with {log.Count} entries, {Present} present");
        }
    }

    /// <summary>Returns when the log has come to this number.</summary>
    public Task Reaches(long seq) => Until(() => Seq >= seq, $"entry {seq}");

    /// <summary>What must be refused: the refusal's code, out of the hub error.</summary>
    public static async Task<string> Refused(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<HubException>(call);
        var start = error.Message.IndexOf('{', StringComparison.Ordinal);
        Assert.True(start >= 0, "no refusal: " + error.Message);
        using var told = JsonDocument.Parse(error.Message[start..]);
        Assert.NotEmpty(told.RootElement.GetProperty("message").GetString()!);
        return told.RootElement.GetProperty("code").GetString()!;
    }

    /// <summary>The log as numbers, ids and texts, to compare.</summary>
    public IEnumerable<(long Seq, Guid Id, string? Text)> Lines => Log.Select(e => (e.Seq, e.Id, e.Text));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Hub.DisposeAsync().AsTask().WaitAsync(Limit);
    }

    private async ValueTask<WebSocket> Next(WebSocketConnectionContext context, CancellationToken cancellation)
    {
        var site = sites[(Interlocked.Increment(ref visits) - 1) % sites.Length];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Impatience);
        var socket = new ClientWebSocket();
        try
        {
            if (cookie is not null) socket.Options.SetRequestHeader("Cookie", cookie);
            await socket.ConnectAsync(new UriBuilder(context.Uri) { Host = site.Host, Port = site.Port }.Uri, patience.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects and joins until both succeeded; asked again meanwhile, it goes on with what it does.</summary>
    private async Task ComeBack()
    {
        if (Interlocked.Exchange(ref comingBack, 1) == 1) return;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                lock (gate) joining = true;
                if (Hub.State == HubConnectionState.Disconnected)
                {
                    if (!comesBack) return;
                    await Hub.StartAsync(ending.Token);
                }
                await Join(Room);
                Volatile.Write(ref comingBack, 0);
                // Lost again, after the join and before that was written? Then nobody else comes back.
                if (Hub.State != HubConnectionState.Disconnected || Interlocked.Exchange(ref comingBack, 1) == 1) return;
            }
            catch (Exception)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 200)));
            }
        }
    }

    private void Take(Joined joined)
    {
        if (!joined.Replayed) log.Clear();
        log.AddRange(joined.Entries.Where(e => !joined.Replayed || e.Seq > Seq));
        if (!joined.Replayed) told.Clear();
        if (!joined.Replayed) also.Clear();
        if (joined.Seq > Seq || !joined.Replayed) told.Add((joined.Seq, joined.Left ?? 0));
        Seq = joined.Replayed ? Math.Max(Seq ?? 0, joined.Seq) : joined.Seq;
        (Present, Watching, Stage) = (joined.Present, joined.Watching, joined.Stage);
        Plan = joined.Entries.Aggregate(PlanNow.Newer(Plan, joined.Plan), (plan, entry) => PlanNow.Newer(plan, entry.Plan));
        var kept = early.OrderBy(f => f.Prev).ToList();
        early.Clear();
        foreach (var frame in kept) Apply(frame);
        Look();
    }

    private void Receive(Frame frame)
    {
        lock (gate)
        {
            if (frame.Room != Room) return;
            Apply(frame);
            Look();
            if (early.Count == 0 || joining) return;
            joining = true;
        }
        _ = ComeBack();
    }

    private void Apply(Frame frame)
    {
        Present = frame.Present ?? Present;
        Watching = frame.Watching ?? Watching;
        LatencyMs = frame.LatencyMs ?? LatencyMs;
        foreach (var (kind, count) in frame.Reactions ?? []) Reactions[kind] = Reactions.GetValueOrDefault(kind) + count;
        Captions.AddRange(frame.Captions ?? []);
        if (Seq is null || frame.Prev > Seq)
        {
            early.Add(frame with { Reactions = null, Captions = null });
            return;
        }
        if (frame.Seq <= Seq) return;
        if (frame.Entries.Length > 0) FramesWithEntries++;
        Assert.Equal(frame.Seq - frame.Prev, frame.Entries.Length + (frame.Left ?? 0));
        told.Add((frame.Seq, frame.Left ?? 0)); // never in part: an answer ends where a frame ends
        foreach (var entry in frame.Entries.Where(e => e.Seq > Seq))
        {
            if (frame.Left is null) Assert.Equal(Seq + 1, entry.Seq);
            log.Add(entry);
            Seq = entry.Seq;
            Stage = entry.Stage ?? Stage;
            Plan = PlanNow.Newer(Plan, entry.Plan);
        }
        Seq = frame.Seq;
    }

    private void Receive(Also told)
    {
        lock (gate)
        {
            if (told.Room != Room) return;
            foreach (var entry in told.Entries)
            {
                Concerning.Add(entry);
                if (log.Exists(e => e.Seq == entry.Seq)) continue;
                Assert.True(entry.Seq <= Seq || joining, $"told of {entry.Seq} before the frame that left it out");
                log.Insert(log.FindLastIndex(e => e.Seq < entry.Seq) + 1, entry);
                also.Add(entry.Seq);
            }
            Look();
        }
    }

    private void Note(Action change)
    {
        lock (gate)
        {
            change();
            Look();
        }
    }

    private void Look()
    {
        foreach (var hope in hopes.Where(h => h.Holds()).ToList())
        {
            hopes.Remove(hope);
            hope.Met.TrySetResult();
        }
    }
}
