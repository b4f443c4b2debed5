using System.Text.Json;

namespace Plenary.Calls.Janus;

/// <summary>
/// A call at a Janus, as this process sees it: one ear in the room hears who sends what and who speaks, for all seats of this process.
/// </summary>
internal sealed class JanusRoom
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Feed> feeds = [];
    private readonly HashSet<JanusSeat> seats = [];
    private JanusHandle? ear;
    private Task? opening;
    private long order;

    public JanusRoom(JanusNode node, JanusSettings settings, Guid call) => (Node, Call, Room) = (node, call, new(settings, call));

    public JanusNode Node { get; }

    public Guid Call { get; }

    public VideoRoom Room { get; }

    /// <summary>Of no use any more: what was in it is gone, or was left.</summary>
    public bool Over { get; private set; }

    public JanusSeat[] Seats
    {
        get { lock (gate) return [.. seats]; }
    }

    /// <summary>Takes a seat in it; false when it is over and another must be opened.</summary>
    public bool Add(JanusSeat seat)
    {
        lock (gate)
        {
            if (Over || !seats.Add(seat)) return false;
            JanusMeters.Seats.Add(1);
            return true;
        }
    }

    /// <summary>True when that was the last one: it is over then.</summary>
    public bool Remove(JanusSeat seat)
    {
        lock (gate)
        {
            if (seats.Remove(seat)) JanusMeters.Seats.Add(-1);
            if (seats.Count > 0) return false;
            return Over = true;
        }
    }

    /// <summary>Nothing that was here is left: everybody here enters again.</summary>
    public void Lose()
    {
        lock (gate) Over = true;
        foreach (var seat in Seats) seat.Lose();
    }

    /// <summary>Makes the room at the Janus and listens to it; asked again, it is the same opening.</summary>
    public Task Open()
    {
        lock (gate) return opening is { IsFaulted: false, IsCanceled: false } ? opening : opening = Begin();
    }

    public Task Leave()
    {
        JanusHandle? handle;
        lock (gate) (handle, ear) = (ear, null);
        return handle?.Detach() ?? Task.CompletedTask;
    }

    /// <summary>The newest feed of the peer that has this track; null while nothing of it arrives.</summary>
    public (Feed Feed, FeedStream Stream)? Find(Guid peer, string track)
    {
        lock (gate)
            foreach (var feed in feeds.Values.Where(f => f.Peer == peer).OrderByDescending(f => f.Order))
                foreach (var stream in feed.Streams)
                    if (stream.Track == track) return (feed, stream);
        return null;
    }

    /// <summary>The peer and the track of a stream, by Janus's names.</summary>
    public (Guid Peer, string Track, bool Simulcast)? TrackOf(string feed, string mid)
    {
        lock (gate)
            if (feeds.TryGetValue(feed, out var known))
                foreach (var stream in known.Streams)
                    if (stream.Mid == mid && stream.Track is not null) return (known.Peer, stream.Track, stream.Simulcast);
        return null;
    }

    private async Task Begin()
    {
        await Room.Ensure(Node.Control);
        var handle = await Node.Session.Attach(Hear);
        var joined = await handle.Ask(Room.JoinAsPublisher($"ear~{Guid.CreateVersion7():N}"));
        lock (gate) ear = handle;
        Take(joined.Data);
    }

    private void Hear(JsonElement message)
    {
        if (message.Text("janus") == "detached")
        {
            bool lost;
            lock (gate) lost = ear is not null;
            if (lost) Lose();
        }
        if (message.Of("plugindata")?.Of("data") is not { } data) return;
        switch (data.Text("videoroom"))
        {
            case "talking" when Feed.PeerOf(data.Text("id")) is { } speaker:
                foreach (var seat in Seats) seat.Side.Speaking(speaker);
                break;
            case "destroyed":
                Lose();
                break;
            case "event":
                Take(data);
                break;
        }
    }

    private void Take(JsonElement data)
    {
        lock (gate)
        {
            foreach (var publisher in data.List("publishers"))
                if (publisher.Text("id") is { } id && Feed.PeerOf(id) is { } peer)
                    feeds[id] = new(id, peer, feeds.GetValueOrDefault(id)?.Order ?? ++order, [.. publisher.List("streams")
                        .Where(s => s.Text("mid") is not null && s.Text("type") is "audio" or "video" && !s.Flag("disabled"))
                        .Select(s => new FeedStream(s.Text("mid")!, s.Text("type") == "video", s.Text("description"), s.Flag("simulcast")))]);
            foreach (var gone in (string[])["leaving", "unpublished", "kicked"])
                if (data.Text(gone) is { } id) feeds.Remove(id);
        }
        foreach (var seat in Seats) seat.FeedsChanged();
    }
}
