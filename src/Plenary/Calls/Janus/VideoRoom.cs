using System.Text.Json.Nodes;

namespace Plenary.Calls.Janus;

/// <summary>
/// What concerns a room of the VideoRoom plugin as a whole (https://janus.conf.meetecho.com/docs/videoroom.html). Rooms have the id of their call. They
/// are private and have a secret: whoever reaches the API still can neither find nor change them.
/// </summary>
internal sealed class VideoRoom(JanusSettings settings, Guid room)
{
    /// <summary>JANUS_VIDEOROOM_ERROR_NO_SUCH_ROOM, _ROOM_EXISTS, _NO_SUCH_FEED.</summary>
    internal const int NoSuchRoom = 426, RoomExists = 427, NoSuchFeed = 428;

    /// <summary>More than a call takes: who moves is there twice for a moment.</summary>
    private const int Publishers = 2 * JanusEngine.Publishers;

    /// <summary>Bits per second that a publisher may send, all layers together: three layers of 720p take 2.0 to 2.3 Mbit/s.</summary>
    private const int Bitrate = 2_500_000;

    private readonly string secret = settings.RoomSecret(room);

    public string Id { get; } = room.ToString();

    /// <summary>Makes the room unless it is there.</summary>
    public async Task Ensure(JanusHandle control)
    {
        try
        {
            await control.Ask(new()
            {
                ["request"] = "create",
                ["room"] = Id,
                ["admin_key"] = settings.RoomsKey,
                ["secret"] = secret,
                ["description"] = "call",
                ["is_private"] = true,
                ["publishers"] = Publishers,
                ["bitrate"] = Bitrate,
                ["bitrate_cap"] = true,
                ["audiocodec"] = "opus",
                ["opus_fec"] = true,
                ["videocodec"] = "vp8,h264,vp9",
                ["fir_freq"] = 0, // key frames are asked for by those who need one
                ["notify_joining"] = false,
                ["audiolevel_event"] = true,
                ["audio_active_packets"] = 25, // half a second of speaking
                ["audio_level_average"] = 45,
                ["lock_record"] = true,
            });
        }
        catch (JanusException there) when (there.Code == RoomExists) { }
    }

    /// <summary>Ends the room; harmless when there is none.</summary>
    public async Task Destroy(JanusHandle control)
    {
        try
        {
            await control.Ask(new() { ["request"] = "destroy", ["room"] = Id, ["secret"] = secret });
        }
        catch (JanusException gone) when (gone.Code == NoSuchRoom) { }
    }

    /// <summary>Passes on nothing of a stream, or everything again; harmless when it is gone.</summary>
    public async Task Mute(JanusHandle control, string feed, string mid, bool muted)
    {
        try
        {
            await control.Ask(new() { ["request"] = "moderate", ["room"] = Id, ["secret"] = secret, ["id"] = feed, ["mid"] = mid, ["mute"] = muted });
        }
        catch (JanusException gone) when (gone.Code is NoSuchFeed or NoSuchRoom) { }
    }

    public JsonObject JoinAsPublisher(string feed) => new() { ["request"] = "join", ["ptype"] = "publisher", ["room"] = Id, ["id"] = feed };

    /// <summary>The calls at a Janus, and how many are in each who joined to publish or to listen for news.</summary>
    public static async Task<Dictionary<string, int>> List(JanusHandle control, JanusSettings settings)
    {
        var answer = await control.Ask(new() { ["request"] = "list", ["admin_key"] = settings.RoomsKey });
        return answer.Data.List("list").Where(r => r.Text("room") is not null).ToDictionary(r => r.Text("room")!, r => r.Number("num_participants") ?? 0);
    }
}

/// <summary>One stream that somebody sends.</summary>
/// <param name="Mid">Its section in the publisher's description.</param>
/// <param name="IsVideo">Picture, or else sound.</param>
/// <param name="Track">The id that the publisher gave it.</param>
/// <param name="Simulcast">It comes in several sizes.</param>
internal readonly record struct FeedStream(string Mid, bool IsVideo, string? Track, bool Simulcast);

/// <summary>What somebody sends.</summary>
/// <param name="Id">Janus's name for it: the peer and something random, so that a peer that moves can be there twice.</param>
/// <param name="Peer">Whose it is.</param>
/// <param name="Order">Later ones replace earlier ones of the same peer.</param>
/// <param name="Streams">Those that are sent.</param>
internal sealed record Feed(string Id, Guid Peer, long Order, FeedStream[] Streams)
{
    public static string NewId(Guid peer) => $"{peer}~{Guid.CreateVersion7():N}";

    /// <summary>The peer in the name, or none: not every participant is one.</summary>
    public static Guid? PeerOf(string? feed) => feed?.Split('~', 2) is [var peer, _] && Guid.TryParse(peer, out var id) ? id : null;
}
