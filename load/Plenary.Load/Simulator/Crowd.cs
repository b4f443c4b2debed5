using System.Buffers;
using System.Net;
using System.Text;
using Plenary.Load.Wire;

namespace Plenary.Load.Simulator;

/// <summary>
/// Thousands of people on one thread: opens their sockets, reads what arrives, keeps time for them. What they say and understand is their
/// <see cref="Talk"/>.
/// </summary>
internal sealed unsafe class Crowd : IDisposable
{
    private const long Second = 1_000_000_000;

    /// <summary>Of official clients, for a connection to come to life.</summary>
    private const long Patience = 15 * Second;

    private const int BufferSize = 1 << 20, EventsAtOnce = 512;

    private readonly Options options;
    private readonly Talk talk;
    private readonly int epoll = Sockets.NewEpoll();
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
    private readonly byte[] outgoing = new byte[(1 << 16) + WebSocketFrame.LargestClientHeader];
    private readonly byte[] events = GC.AllocateUninitializedArray<byte>(EventsAtOnce * 16, pinned: true);
    private readonly Dictionary<ulong, Connection> connections = [];
    private readonly PriorityQueue<Action, long> timers = new();
    private readonly Attendee[] people;
    private readonly Queue<Attendee> waiting = new();
    private ulong keys;
    private int arriving;
    private int beaten;
    private long beatAt;
    private long wentAt;
    private int known;
    private double arrivedIn;

    public Crowd(Options options)
    {
        this.options = options;
        var cookies = options.Cookies.Length > 0 ? File.ReadAllLines(options.Cookies) : [];
        talk = options.Protocol switch
        {
            Protocol.Plenary => new PlenaryTalk(this, options, cookies),
            Protocol.Party => new PartyTalk(this, options, cookies),
            _ => new ListeningTalk(this, options.Protocol),
        };
        people = [.. Enumerable.Range(0, options.People).Select(i => new Attendee(i) { Deaf = options.DeafBelow(i + 1) > options.DeafBelow(i), Gateway = options.Home })];
    }

    public Tally Tally { get; } = new();

    public int Joined { get; private set; }

    public IReadOnlyList<Attendee> People => people;

    /// <summary>Everybody comes.</summary>
    public void Go()
    {
        wentAt = Stamp.Now;
        foreach (var one in people) waiting.Enqueue(one);
    }

    /// <summary>Everybody moves back, within two seconds, to the gateway where the crowd began.</summary>
    public void Home()
    {
        var home = options.To[options.Home % options.To.Length];
        foreach (var one in people)
        {
            one.Gateway = options.Home;
            if (one.Connection is { } connection && !connection.To.Equals(home)) Later(Random.Shared.NextInt64(2 * Second), () => Move(one, home));
        }
    }

    /// <summary>Has a person post; see <see cref="Talk.Post"/>.</summary>
    public void Post(int person, int number, int size) => talk.Post(people[person], number, size);

    /// <summary>Everybody votes in a poll; see <see cref="Voters.Begin"/>.</summary>
    public void Vote(string poll, int choices, double seconds, int doubts) => (talk.Voters ?? throw new NotSupportedException("only Plenary has polls")).Begin(poll, choices, seconds, doubts);

    /// <summary>One round: what is due, who comes, what arrived. Returns within this many milliseconds.</summary>
    public void Turn(int patience)
    {
        var now = Stamp.Now;
        while (timers.TryPeek(out var due, out var at) && at <= now)
        {
            timers.Dequeue();
            due();
        }
        while (arriving < options.AtOnce && waiting.TryDequeue(out var next)) Open(next);
        Beat(now);
        if (timers.TryPeek(out _, out var soon)) patience = (int)Math.Clamp((soon - now) / 1_000_000, 0, patience);
        fixed (byte* list = events)
        {
            var count = Sockets.Wait(epoll, list, EventsAtOnce, patience);
            for (var i = 0; i < count; i++)
            {
                var (what, key) = Sockets.Event(list, i);
                if (connections.TryGetValue(key, out var connection)) Ready(connection, what);
            }
        }
    }

    /// <summary>Calls after this many nanoseconds.</summary>
    public void Later(long nanoseconds, Action call) => timers.Enqueue(call, Stamp.Now + nanoseconds);

    /// <summary>Sends one WebSocket message; a connection that cannot take it is dropped.</summary>
    public void Send(Connection connection, int opcode, ReadOnlySpan<byte> payload)
    {
        if (connection.Stage != ConnectionStage.Open) return;
        connection.SaidAt = Stamp.Now;
        var length = WebSocketFrame.Write(outgoing, opcode, payload, (uint)Random.Shared.Next());
        if (!Sockets.Send(connection.Socket, outgoing.AsSpan(0, length))) Drop(connection, "the kernel took no more from us");
    }

    /// <summary>The person is in the room, over this connection when there are two.</summary>
    public void In(Attendee attendee, Connection? over = null)
    {
        if (over is not null && over == attendee.Next)
        {
            var old = attendee.Connection;
            (attendee.Connection, attendee.Next) = (over, null);
            if (old is not null) Close(old);
        }
        (attendee.Joining, attendee.Attempt, attendee.Refusals) = (false, 0, 0);
        if (attendee.Joined) return;
        attendee.Joined = true;
        Joined++;
        if (attendee.Connection is { } connection)
        {
            Arrived(connection);
            if (attendee.Deaf) Sockets.Forget(epoll, connection.Socket);
        }
        if (attendee.LostAt != 0) Tally.Back.Add((Stamp.Now - attendee.LostAt) / 1000);
        attendee.LostAt = 0;
        if (attendee.Known) return;
        attendee.Known = true;
        if (++known == people.Length) arrivedIn = (Stamp.Now - wentAt) / (double)Second;
    }

    /// <summary>Opens a second connection there; the first goes when the second is in the room.</summary>
    public void Move(Attendee attendee, IPEndPoint to)
    {
        if (attendee.Next is null) Open(attendee, to, moves: true);
    }

    /// <summary>Ends a connection that is no good, and has its person come back.</summary>
    public void Drop(Connection connection, string why)
    {
        if (connection.Stage == ConnectionStage.Closed) return;
        var attendee = connection.Attendee;
        Close(connection);
        if (attendee is { Deaf: true, Joined: true }) return; // it does not notice
        Tally.Trouble = why;
        if (attendee.Next == connection)
        {
            attendee.Next = null; // the first still stands; should it end, the usual way back
            return;
        }
        if (attendee.Connection != connection) return;
        attendee.Connection = null;
        if (attendee.Joined)
        {
            attendee.Joined = false;
            Joined--;
        }
        attendee.Joining = false;
        talk.Lost(attendee);
        ComeBack(attendee);
    }

    public Report Report()
    {
        var reading = people.Where(p => p is { Joined: true, Deaf: false }).Select(p => p.Seq).DefaultIfEmpty(-1);
        return new()
        {
            People = people.Length,
            Connected = connections.Values.Count(c => c.Stage == ConnectionStage.Open),
            Joined = Joined,
            Away = people.Count(p => p.Connection is { } connection && !connection.To.Equals(options.To[options.Home % options.To.Length])),
            Frames = Tally.Frames,
            Entries = Tally.Entries,
            CaughtUp = Tally.CaughtUp,
            Lost = Tally.Lost,
            Doubled = Tally.Doubled,
            Disordered = Tally.Disordered,
            Resyncs = Tally.Resyncs,
            Snapshots = Tally.Snapshots,
            Reconnects = Tally.Reconnects,
            TurnedAway = Tally.TurnedAway,
            Queued = Tally.Queued,
            Moved = Tally.Moved,
            Left = Tally.Left,
            Also = Tally.Also,
            Posts = Tally.Posts,
            Acknowledged = Tally.Acknowledged,
            Pending = people.Sum(p => p.Pending?.Count ?? 0),
            Refused = Tally.Refused,
            Reacted = Tally.Reacted,
            Entered = Tally.Entered,
            Signals = Tally.Signals,
            InCalls = Tally.Connected,
            Lowest = reading.Min(),
            Highest = reading.Max(),
            ArrivedIn = arrivedIn,
            Cpu = Environment.CpuUsage.TotalTime.TotalSeconds,
            Latency = Tally.Latency.Pack(),
            Back = Tally.Back.Pack(),
            Acks = Tally.Acks.Pack(),
            P50 = Tally.Latency.Milliseconds(0.5),
            P99 = Tally.Latency.Milliseconds(0.99),
            Max = Tally.Latency.Max / 1000.0,
            Trouble = Tally.Trouble,
            Votes = talk.Voters?.Report(),
        };
    }

    public void Dispose()
    {
        foreach (var connection in connections.Values) Sockets.Close(connection.Socket);
        Sockets.Close(epoll);
    }

    /// <summary>Where nobody listens, the next gateway is tried at once, as a balancer in front would; where nobody listens anywhere, later.</summary>
    private void Open(Attendee attendee)
    {
        for (; attendee.Refusals < options.To.Length; attendee.Refusals++)
            if (Open(attendee, options.To[(attendee.Gateway + attendee.Refusals) % options.To.Length], moves: false)) return;
        attendee.Refusals = 0;
        ComeBack(attendee);
    }

    private bool Open(Attendee attendee, IPEndPoint to, bool moves)
    {
        var socket = Sockets.Connect(to, attendee.Deaf ? 4096 : null);
        if (socket < 0)
        {
            Tally.Trouble = $"nobody listens at {to}";
            return false;
        }
        var connection = new Connection(attendee, to, socket, ++keys) { HeardAt = Stamp.Now, Arriving = !moves };
        connections.Add(connection.Key, connection);
        Later(Patience, () =>
        {
            if (connection.Stage is ConnectionStage.Connecting or ConnectionStage.Upgrading) Drop(connection, $"{to} did not answer for 15 s: {connection.Stage}");
        });
        if (moves) attendee.Next = connection;
        else
        {
            attendee.Connection = connection;
            arriving++;
        }
        Sockets.Watch(epoll, socket, Sockets.Writable, connection.Key);
        return true;
    }

    /// <summary>Full jitter: anywhere between now and twice as late as the last time, at most 30 s.</summary>
    private void ComeBack(Attendee attendee)
    {
        if (attendee.LostAt == 0) attendee.LostAt = Stamp.Now;
        if (attendee.Known && attendee.Attempt == 0) Tally.Reconnects++;
        var most = Math.Min(30 * Second, (Second / 2) << Math.Min(attendee.Attempt, 8));
        attendee.Attempt++;
        Later(Random.Shared.NextInt64(most), () =>
        {
            // Any of them, as a balancer in front would choose.
            attendee.Gateway = Random.Shared.Next(options.To.Length);
            if (attendee.Connection is null) Open(attendee);
        });
    }

    private void Arrived(Connection connection)
    {
        if (!connection.Arriving) return;
        connection.Arriving = false;
        arriving--;
    }

    private void Close(Connection connection)
    {
        if (connection.Stage == ConnectionStage.Closed) return;
        Arrived(connection);
        connection.Stage = ConnectionStage.Closed;
        connections.Remove(connection.Key);
        if (connection.Rest is { } rest) ArrayPool<byte>.Shared.Return(rest);
        connection.Rest = null;
        Sockets.Close(connection.Socket);
    }

    /// <summary>Everybody once a second, a few of them in each turn.</summary>
    private void Beat(long now)
    {
        if (people.Length == 0) return;
        if (beatAt == 0) beatAt = now;
        for (var due = (int)Math.Min((now - beatAt) * people.Length / Second, people.Length); due > 0; due--)
        {
            beatAt += Second / people.Length;
            var one = people[beaten++ % people.Length];
            if (one.Connection is { Stage: ConnectionStage.Open } connection) talk.Beat(connection, now);
        }
        if (now - beatAt > Second) beatAt = now;
    }

    private void Ready(Connection connection, uint what)
    {
        if (connection.Stage == ConnectionStage.Connecting)
        {
            if (!Sockets.Stands(connection.Socket))
            {
                Tally.Trouble = $"nobody listens at {connection.To}";
                Close(connection);
                if (connection == connection.Attendee.Next) connection.Attendee.Next = null;
                if (connection != connection.Attendee.Connection) return;
                connection.Attendee.Connection = null;
                connection.Attendee.Refusals++;
                Open(connection.Attendee);
                return;
            }
            connection.Stage = ConnectionStage.Upgrading;
            Sockets.Watch(epoll, connection.Socket, Sockets.Readable, connection.Key, again: true);
            var cookie = talk.CookieOf(connection.Attendee) is { Length: > 0 } value ? $"Cookie: {value}\r\n" : "";
            var request = $"GET {options.Path} HTTP/1.1\r\nHost: {connection.To}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + $"Sec-WebSocket-Key: {Convert.ToBase64String(Guid.CreateVersion7().ToByteArray())}\r\n{cookie}\r\n";
            if (!Sockets.Send(connection.Socket, Encoding.ASCII.GetBytes(request))) Drop(connection, "the upgrade could not be sent");
            return;
        }
        var have = connection.RestLength;
        if (connection.Rest is { } rest)
        {
            rest.AsSpan(0, have).CopyTo(buffer);
            ArrayPool<byte>.Shared.Return(rest);
            (connection.Rest, connection.RestLength) = (null, 0);
        }
        int count;
        fixed (byte* start = buffer) count = Sockets.Receive(connection.Socket, start + have, BufferSize - have);
        if (count is 0 or -1)
        {
            Drop(connection, "a connection ended");
            return;
        }
        var now = Stamp.Now;
        connection.HeardAt = now;
        var bytes = buffer.AsSpan(0, have + Math.Max(count, 0));
        try
        {
            var used = connection.Stage == ConnectionStage.Upgrading ? Upgraded(connection, bytes) : 0;
            if (connection.Stage == ConnectionStage.Open) used += Understand(connection, bytes[used..], now);
            Keep(connection, bytes[used..]);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or System.Text.Json.JsonException or KeyNotFoundException)
        {
            Drop(connection, $"not understood: {wrong.Message}");
        }
    }

    private static void Keep(Connection connection, ReadOnlySpan<byte> rest)
    {
        if (rest.Length == 0 || connection.Stage == ConnectionStage.Closed) return;
        connection.Rest = ArrayPool<byte>.Shared.Rent(rest.Length);
        connection.RestLength = rest.Length;
        rest.CopyTo(connection.Rest);
    }

    private int Upgraded(Connection connection, ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return 0;
        if (bytes.StartsWith("HTTP/1.1 101"u8))
        {
            connection.Stage = ConnectionStage.Open;
            talk.Opened(connection);
            return end + 4;
        }
        if (bytes.StartsWith("HTTP/1.1 503"u8)) Tally.TurnedAway++;
        Drop(connection, "the upgrade was answered " + Encoding.ASCII.GetString(bytes[..Math.Min(end, 60)]));
        return bytes.Length;
    }

    /// <summary>Reads whole WebSocket frames; answers how many bytes it took.</summary>
    private int Understand(Connection connection, ReadOnlySpan<byte> bytes, long now)
    {
        var used = 0;
        while (connection.Stage == ConnectionStage.Open && WebSocketFrame.TryRead(bytes[used..], out var frame) && bytes.Length - used >= frame.Header + frame.Length)
        {
            var payload = bytes.Slice(used + frame.Header, frame.Length);
            used += frame.Header + frame.Length;
            if (frame.Opcode >= WebSocketFrame.Close)
            {
                if (frame.Opcode == WebSocketFrame.Ping) Send(connection, WebSocketFrame.Pong, payload);
                else if (frame.Opcode == WebSocketFrame.Close) Drop(connection, "the server closed a connection");
                continue;
            }
            if (frame.Final && connection.Parts is null)
            {
                talk.Received(connection, payload, now);
                continue;
            }
            (connection.Parts ??= new()).Write(payload);
            if (!frame.Final) continue;
            var whole = connection.Parts;
            connection.Parts = null;
            talk.Received(connection, whole.GetBuffer().AsSpan(0, (int)whole.Length), now);
        }
        return used;
    }
}
