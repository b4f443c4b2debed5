using System.Net;
using System.Text.Json;
using Plenary.Load.Wire;

namespace Plenary.Load.Simulator;

/// <summary>A client by the rules of docs/develop/protocol.md: order by number, what is missing is asked for, posts again until acknowledged, moving, queueing.</summary>
internal sealed class PlenaryTalk(Crowd crowd, Options options, string[] cookies) : Talk(crowd)
{
    private const long Second = 1_000_000_000;

    /// <summary>Official clients ping when they have said nothing for this long, and give up when they have heard nothing for twice of it.</summary>
    private const long PingEvery = 15 * Second, Patience = 30 * Second;

    private static readonly string[] Reactions = ["clap", "heart", "laugh", "idea"];

    private readonly RoomReader reader = new();

    public override Voters Voters { get; } = new(crowd, options);

    public override string CookieOf(Attendee attendee) => cookies.Length == 0 ? "" : cookies[attendee.Index % cookies.Length];

    public override void Opened(Connection connection) => Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Handshake);

    public override void Received(Connection connection, ReadOnlySpan<byte> message, long now)
    {
        var attendee = connection.Attendee;
        if (message is [(byte)'{', ..] && message.IndexOf(HubMessages.RecordSeparator) is var end && end > 0)
        {
            message = message[(end + 1)..];
            Join(connection);
        }
        while (HubMessages.TryNext(ref message, out var one))
        {
            var cursor = new MessagePackCursor(one);
            cursor.Array();
            switch (cursor.Integer())
            {
                case HubMessages.Invocation: Invoked(connection, ref cursor, one, now); break;
                case HubMessages.Completion: Completed(connection, ref cursor, now); break;
                case HubMessages.Close when attendee.Connection == connection: Tally.Trouble = "the server closed a connection"; break;
            }
        }
    }

    public override void Beat(Connection connection, long now)
    {
        var attendee = connection.Attendee;
        if (now - connection.SaidAt >= PingEvery) Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.PingMessage);
        if (!attendee.Deaf && now - connection.HeardAt >= Patience) Crowd.Drop(connection, "nothing heard for 30 s");
        if (!attendee.Joined) return;
        if (options.ReactEvery > 0 && Random.Shared.NextDouble() < 1 / options.ReactEvery)
        {
            Tally.Reacted++;
            Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Invoke(null, "React", ("room", options.Room), ("kind", Reactions[Random.Shared.Next(Reactions.Length)])));
        }
        if (options.ChatEvery > 0 && Random.Shared.NextDouble() < 1 / options.ChatEvery)
            Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Invoke(null, "Post", ("room", options.Room), ("id", Guid.CreateVersion7().ToString()), ("text", "What a day to be here.")));
    }

    public override void Post(Attendee attendee, int number, int size)
    {
        var now = Stamp.Now;
        var post = new PendingPost(Guid.CreateVersion7(), new Stamp(now, number).ToText(size), now);
        (attendee.Pending ??= []).Add(number, post);
        Tally.Posts++;
        if (attendee is { Joined: true, Connection: { } connection }) Say(connection, number, post);
    }

    private void Say(Connection connection, int number, PendingPost post) =>
        Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Invoke($"p{number}", "Post", ("room", options.Room), ("id", post.Id.ToString()), ("text", post.Text)));

    private void Join(Connection connection)
    {
        var attendee = connection.Attendee;
        if (connection == attendee.Connection) attendee.Joining = true;
        List<(string, object?)> request = [("room", options.Room)];
        if (attendee.Seq >= 0) request.Add(("after", attendee.Seq));
        if (attendee.Ticket is { } ticket) request.Add(("ticket", ticket));
        Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Invoke("j", "Join", [.. request]));
    }

    private void Invoked(Connection connection, ref MessagePackCursor cursor, ReadOnlySpan<byte> message, long now)
    {
        cursor.Skip(); // headers
        cursor.Skip(); // invocation id: the server asks for no answer
        var target = cursor.Text();
        cursor.Array();
        if (target.SequenceEqual("Frame"u8))
        {
            Tally.Frames++;
            reader.Read(ref cursor);
            Frame(connection, message, now);
        }
        else if (target.SequenceEqual("Also"u8))
        {
            reader.Read(ref cursor);
            Tally.Also += reader.Entries.Count;
        }
        else if (target.SequenceEqual("Told"u8)) Told(connection, ref cursor);
        else if (target.SequenceEqual("Moving"u8)) Moving(connection, ref cursor);
        else if (target.SequenceEqual("Removed"u8)) Tally.Trouble = "somebody was removed";
    }

    private void Told(Connection connection, ref MessagePackCursor cursor)
    {
        ReadOnlySpan<byte> about = default, data = default;
        for (var pairs = cursor.Map(); pairs > 0; pairs--)
        {
            var key = cursor.Text();
            if (key.SequenceEqual("about"u8)) about = cursor.Text();
            else if (key.SequenceEqual("data"u8)) data = cursor.Text();
            else cursor.Skip();
        }
        if (about.SequenceEqual("polls"u8)) Voters.Told(connection.Attendee, data);
    }

    private void Frame(Connection connection, ReadOnlySpan<byte> message, long now)
    {
        var attendee = connection.Attendee;
        if (attendee.Seq >= 0 && reader.Prev <= attendee.Seq && !(attendee.Joining && connection == attendee.Connection && !attendee.Joined))
        {
            Apply(attendee, now, caughtUp: false);
            return;
        }
        // Before the answer to the join, or after a gap: kept until the answer is there.
        (attendee.Early ??= []).Add((message.ToArray(), now));
        if (attendee.Joining || attendee.Seq < 0) return;
        Tally.Resyncs++;
        Join(connection);
    }

    /// <summary>Takes what the reader holds, by number.</summary>
    private void Apply(Attendee attendee, long now, bool caughtUp)
    {
        var sure = reader.Left == 0;
        foreach (var entry in reader.Entries)
        {
            if (entry.Seq <= attendee.Seq)
            {
                if (!caughtUp && entry.Seq > attendee.Overlap && attendee.Next is null) Tally.Doubled++;
                continue;
            }
            if (sure && entry.Seq != attendee.Seq + 1) Tally.Lost += entry.Seq - attendee.Seq - 1;
            attendee.Seq = entry.Seq;
            Tally.Stands(entry.Seq, entry.Stamp.Number);
            if (caughtUp) Tally.CaughtUp++;
            else if (entry.Stamp.SentAt != 0)
            {
                Tally.Entries++;
                Tally.Latency.Add((now - entry.Stamp.SentAt) / 1000);
            }
        }
        Tally.Left += reader.Left;
        if (reader.Seq <= attendee.Seq) return;
        if (sure && reader.Entries.Count > 0) Tally.Lost += reader.Seq - attendee.Seq;
        attendee.Seq = reader.Seq;
    }

    private void Completed(Connection connection, ref MessagePackCursor cursor, long now)
    {
        cursor.Skip(); // headers
        var id = cursor.Text();
        var kind = cursor.Integer();
        if (id is [(byte)'j'])
        {
            if (kind == 1) JoinRefused(connection, HubMessages.Refusal(cursor.Text()));
            else Answered(connection, ref cursor, now);
        }
        else if (id is [(byte)'v', var left]) Voters.Answered(connection.Attendee, left - '0', kind == 1 ? HubMessages.Refusal(cursor.Text()) : null);
        else if (id is [(byte)'p', ..] && System.Buffers.Text.Utf8Parser.TryParse(id[1..], out int number, out _))
        {
            if (kind == 1) PostRefused(connection, number, HubMessages.Refusal(cursor.Text()));
            else if (connection.Attendee.Pending?.Remove(number, out var post) == true)
            {
                Tally.Acknowledged++;
                Tally.Acks.Add((now - post.SentAt) / 1000);
            }
        }
    }

    private void Answered(Connection connection, ref MessagePackCursor cursor, long now)
    {
        var attendee = connection.Attendee;
        reader.Read(ref cursor);
        if (attendee.Seq < 0) Begin(attendee);
        else if (reader.Replayed) Apply(attendee, now, caughtUp: true);
        else if (reader.Seq > attendee.Seq) Replace(attendee);
        (attendee.Ticket, attendee.Overlap) = (null, attendee.Seq);
        Crowd.In(attendee, connection);
        if (attendee.Early is { } early)
        {
            attendee.Early = null;
            foreach (var (message, at) in early)
            {
                var kept = new MessagePackCursor(message);
                kept.Array();
                for (var i = 0; i < 4; i++) kept.Skip();
                kept.Array();
                reader.Read(ref kept);
                Frame(connection, message, at);
            }
        }
        foreach (var (number, post) in attendee.Pending ?? []) Say(connection, number, post);
        Voters.Back(attendee);
    }

    private void Begin(Attendee attendee)
    {
        foreach (var entry in reader.Entries) Tally.Stands(entry.Seq, entry.Stamp.Number);
        attendee.Seq = reader.Seq;
    }

    /// <summary>Too long away for a replay: what the snapshot does not hold either was not seen.</summary>
    private void Replace(Attendee attendee)
    {
        Tally.Snapshots++;
        Tally.Lost += reader.Seq - attendee.Seq - reader.Entries.Count(e => e.Seq > attendee.Seq);
        Begin(attendee);
    }

    private void JoinRefused(Connection connection, string refusal)
    {
        var attendee = connection.Attendee;
        if (refusal.Length > 0)
        {
            using var told = JsonDocument.Parse(refusal);
            var root = told.RootElement;
            if (root.GetProperty("code").GetString() == "queued")
            {
                Tally.Queued++;
                attendee.Ticket = root.GetProperty("ticket").GetString();
                var seconds = Math.Min(root.GetProperty("seconds").GetDouble(), 15);
                Crowd.Later((long)(Math.Max(seconds, 0.1) * Second), () => AskAgain(connection));
                return;
            }
            Tally.Trouble = "a join was refused: " + root.GetProperty("message").GetString();
        }
        Tally.Refused++;
        Crowd.Later(Random.Shared.NextInt64(Second / 2, 2 * Second), () => AskAgain(connection));
    }

    private void AskAgain(Connection connection)
    {
        if (connection.Stage == ConnectionStage.Open) Join(connection);
    }

    private void PostRefused(Connection connection, int number, string refusal)
    {
        Tally.Refused++;
        Tally.Trouble = "a post was refused: " + refusal;
        // Nothing is given up: the same again a little later, as a person's client does.
        Crowd.Later(Random.Shared.NextInt64(Second / 5, Second), () =>
        {
            var attendee = connection.Attendee;
            if (attendee is { Joined: true, Connection: { } current } && attendee.Pending?.GetValueOrDefault(number) is { } post) Say(current, number, post);
        });
    }

    private void Moving(Connection connection, ref MessagePackCursor cursor)
    {
        var (to, after) = (connection.To, 0L);
        for (var pairs = cursor.Map(); pairs > 0; pairs--)
        {
            var key = cursor.Text();
            if (key.SequenceEqual("after"u8)) after = cursor.Integer();
            else if (key.SequenceEqual("to"u8))
            {
                var address = System.Text.Encoding.UTF8.GetString(cursor.Text());
                if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && IPAddress.TryParse(uri.Host == "localhost" ? "127.0.0.1" : uri.Host, out var ip)) to = new(ip, uri.Port);
            }
            else cursor.Skip();
        }
        Tally.Moved++;
        Crowd.Later(after * 1_000_000, () =>
        {
            if (connection.Attendee.Connection == connection) Crowd.Move(connection.Attendee, to);
        });
    }

    public override void Lost(Attendee attendee) => attendee.Early = null;
}
