using System.Text;
using System.Text.Json;
using Plenary.Load.Wire;

namespace Plenary.Load.Simulator;

/// <summary>
/// A client at a Cocktail Party by the rules of docs/develop/protocol.md: it attends the event, is told how the party goes and whom it meets, enters the call of each
/// meeting, and says to the other what browsers say before they see each other. Pictures and sound are not sent.
/// </summary>
internal sealed class PartyTalk(Crowd crowd, Options options, string[] cookies) : Talk(crowd)
{
    private const long Second = 1_000_000_000, PingEvery = 15 * Second, Patience = 30 * Second;

    /// <summary>People take a moment, and so do their browsers.</summary>
    private const long EntersWithin = 5 * Second;

    /// <summary>Of an ordinary length: audio and video.</summary>
    private static readonly string Session = JsonSerializer.Serialize(new { sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=sendrecv\r\n" + new string('a', 2_500) });

    private static readonly string Candidate = JsonSerializer.Serialize(new { candidate = "candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host generation 0 ufrag abcd network-cost 999", sdpMid = "0" });

    private readonly Guest[] guests = [.. Enumerable.Range(0, options.People).Select(_ => new Guest())];
    private readonly long epoch = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - (Stamp.Now / 1_000_000);

    public override string CookieOf(Attendee attendee) => cookies[attendee.Index];

    public override void Opened(Connection connection) => Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Handshake);

    public override void Received(Connection connection, ReadOnlySpan<byte> message, long now)
    {
        if (message is [(byte)'{', ..] && message.IndexOf(HubMessages.RecordSeparator) is var end && end > 0)
        {
            message = message[(end + 1)..];
            connection.Attendee.Joining = true;
            Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Invoke("a", "Attend", ("event", options.Room)));
        }
        while (HubMessages.TryNext(ref message, out var one))
        {
            var cursor = new MessagePackCursor(one);
            cursor.Array();
            switch (cursor.Integer())
            {
                case HubMessages.Invocation: Invoked(connection, ref cursor, now); break;
                case HubMessages.Completion: Completed(connection, ref cursor); break;
                case HubMessages.Close: Tally.Trouble = "the server closed a connection"; break;
            }
        }
    }

    public override void Beat(Connection connection, long now)
    {
        if (now - connection.SaidAt >= PingEvery) Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.PingMessage);
        if (now - connection.HeardAt >= Patience) Crowd.Drop(connection, "nothing heard for 30 s");
    }

    private void Completed(Connection connection, ref MessagePackCursor cursor)
    {
        cursor.Skip(); // headers
        var id = cursor.Text();
        var refused = cursor.Integer() == 1;
        if (refused)
        {
            Tally.Refused++;
            Tally.Trouble = Encoding.UTF8.GetString(id) + " was refused: " + Encoding.UTF8.GetString(cursor.Text());
            if (id is [(byte)'a']) Crowd.Drop(connection, "may not attend");
        }
        else if (id is [(byte)'a']) Crowd.In(connection.Attendee, connection);
        else if (id is [(byte)'c'])
        {
            Tally.Entered++;
            See(connection, ref cursor);
        }
    }

    private void Invoked(Connection connection, ref MessagePackCursor cursor, long now)
    {
        cursor.Skip(); // headers
        cursor.Skip(); // invocation id: the server asks for no answer
        var target = cursor.Text();
        cursor.Array();
        if (target.SequenceEqual("Told"u8)) Told(connection, ref cursor, now);
        else if (target.SequenceEqual("CallPeers"u8)) See(connection, ref cursor);
        else if (target.SequenceEqual("CallSignal"u8)) Hear(connection, ref cursor);
    }

    private void Told(Connection connection, ref MessagePackCursor cursor, long now)
    {
        ReadOnlySpan<byte> about = default, data = default;
        for (var pairs = cursor.Map(); pairs > 0; pairs--)
        {
            var key = cursor.Text();
            if (key.SequenceEqual("about"u8)) about = cursor.Text();
            else if (key.SequenceEqual("data"u8)) data = cursor.Text();
            else cursor.Skip();
        }
        Tally.Frames++;
        var json = new Utf8JsonReader(data);
        using var document = JsonDocument.ParseValue(ref json);
        if (about.SequenceEqual("party"u8)) Party(guests[connection.Attendee.Index], document.RootElement, now);
        else if (about.SequenceEqual("meeting"u8)) Meeting(connection, guests[connection.Attendee.Index], document.RootElement, now);
    }

    private void Party(Guest guest, JsonElement party, long now)
    {
        var version = party.GetProperty("version").GetInt32();
        if (version < guest.Version) return;
        guest.Version = version;
        var (phase, round) = (party.GetProperty("phase").GetString()!, party.GetProperty("round").GetInt32());
        var until = party.TryGetProperty("until", out var ends) ? ends.GetInt64() : 0;
        if ((phase, round) != (guest.Phase, guest.Round))
        {
            var due = guest.Until;
            if (phase == "card") guest.CardDue = due;
            // The first phases end when the host says so, not by the clock.
            if (guest.Phase is "countdown" or "card" or "talk" or "between" && due > 0) Late(now, due);
            (guest.Phase, guest.Round) = (phase, round);
        }
        guest.Until = until;
    }

    private void Meeting(Connection connection, Guest guest, JsonElement mine, long now)
    {
        var state = mine.GetProperty("state").GetString();
        var meeting = mine.TryGetProperty("meeting", out var found) && found.ValueKind == JsonValueKind.Object ? found : (JsonElement?)null;
        if (meeting is { } its)
        {
            var (id, round) = (its.GetProperty("id").GetString()!, its.GetProperty("round").GetInt32());
            if (id == guest.Meeting) return;
            (guest.Meeting, guest.Peer, guest.Other, guest.Connected) = (id, Guid.CreateVersion7().ToString(), null, false);
            if (Told(guest, round, now)) Tally.Entries++;
            if (IsCalled(id)) Crowd.Later(Random.Shared.NextInt64(EntersWithin), () => Enter(connection, guest, id));
        }
        else
        {
            guest.Meeting = null;
            if (state == "waiting") _ = Told(guest, guest.Phase is "countdown" or "between" ? guest.Round + 1 : guest.Round, now);
        }
    }

    /// <summary>The person knows whom they meet in this round, or that they wait.</summary>
    private bool Told(Guest guest, int round, long now)
    {
        if (round <= guest.ToldOf) return false;
        guest.ToldOf = round;
        Late(now, guest.Round == round && guest.CardDue > 0 ? guest.CardDue : guest.Until);
        return true;
    }

    private void Late(long now, long due)
    {
        if (due > 0) Tally.Latency.Add(((now / 1_000_000) + epoch - due) * 1_000);
    }

    /// <summary>The same for both of a meeting.</summary>
    private bool IsCalled(string meeting) => int.Parse(meeting.AsSpan(meeting.Length - 4), System.Globalization.NumberStyles.HexNumber) < options.Calls * 65536;

    private void Enter(Connection connection, Guest guest, string meeting)
    {
        if (guest.Meeting != meeting || connection.Stage != ConnectionStage.Open) return;
        Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Invoke("c", "EnterCall", ("room", meeting), ("peer", guest.Peer), ("publish", true)));
    }

    /// <summary>Who is in the call, as it is told and as entering is answered.</summary>
    private void See(Connection connection, ref MessagePackCursor cursor)
    {
        var guest = guests[connection.Attendee.Index];
        string? room = null, other = null;
        for (var pairs = cursor.Map(); pairs > 0; pairs--)
        {
            var key = cursor.Text();
            if (key.SequenceEqual("room"u8)) room = Encoding.UTF8.GetString(cursor.Text());
            else if (key.SequenceEqual("peers"u8))
                for (var peers = cursor.Array(); peers > 0; peers--)
                    for (var facts = cursor.Map(); facts > 0; facts--)
                    {
                        if (!cursor.Text().SequenceEqual("peer"u8)) cursor.Skip();
                        else if (Encoding.UTF8.GetString(cursor.Text()) is var peer && peer != guest.Peer) other = peer;
                    }
            else cursor.Skip();
        }
        if (room != guest.Meeting || other is null || other == guest.Other) return;
        guest.Other = other;
        // One of the two begins.
        if (string.CompareOrdinal(guest.Peer, other) < 0) Say(connection, guest, "offer", Session);
    }

    private void Hear(Connection connection, ref MessagePackCursor cursor)
    {
        var guest = guests[connection.Attendee.Index];
        string? room = null, from = null, kind = null;
        for (var pairs = cursor.Map(); pairs > 0; pairs--)
        {
            var key = cursor.Text();
            if (key.SequenceEqual("room"u8)) room = Encoding.UTF8.GetString(cursor.Text());
            else if (key.SequenceEqual("from"u8)) from = Encoding.UTF8.GetString(cursor.Text());
            else if (key.SequenceEqual("kind"u8)) kind = Encoding.UTF8.GetString(cursor.Text());
            else cursor.Skip();
        }
        if (room != guest.Meeting || from is null) return;
        guest.Other = from;
        Tally.Signals++;
        if (kind == "offer")
        {
            Say(connection, guest, "answer", Session);
            Say(connection, guest, "candidate", Candidate);
        }
        else if (kind == "answer") Say(connection, guest, "candidate", Candidate);
        else if (kind == "candidate" && !guest.Connected)
        {
            guest.Connected = true;
            Tally.Connected++;
        }
    }

    private void Say(Connection connection, Guest guest, string kind, string data) =>
        Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Invoke("s", "SignalCall", ("room", guest.Meeting), ("to", guest.Other), ("kind", kind), ("data", data)));
}
