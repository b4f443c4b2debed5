using System.Text.Json;
using System.Text.Json.Nodes;
using Plenary.Platform;

namespace Plenary.Calls.Janus;

/// <summary>
/// What a peer has at Janus: a PeerConnection up while it publishes, and one down for all that it receives. The browser says which it means by a number of its own: with
/// a greater one it begins anew.
/// </summary>
internal sealed class JanusSeat(JanusEngine engine, JanusRoom room, CallSide side, TimeProvider clock, ILogger logger) : ICallSeat
{
    private const int MostWanted = 64;

    private readonly Guid id = Guid.CreateVersion7();
    private JanusPublication? publication;
    private JanusSubscription? subscription;
    private bool lost;
    private bool left;

    public CallSide Side { get; } = side;

    public JanusRoom Room { get; } = room;

    /// <summary>With it a client that comes back knows whether what it has is still attached to something.</summary>
    public string? Access => new JsonObject { ["seat"] = id.ToString() }.ToJsonString();

    public async Task Signal(string kind, string data, CancellationToken cancellation)
    {
        var said = JsonElement.Parse(data);
        try
        {
            switch (kind)
            {
                case "offer":
                    await Publish(said);
                    break;
                case "answer":
                    if (subscription is { } answered && answered.Number == said.Number("n")) await answered.Answer(said.Number("offer") ?? 0, Sdp(said));
                    break;
                case "subscribe":
                    await Subscribe(said);
                    break;
                case "candidate":
                    await Trickle(said);
                    break;
                case "restart":
                    if (subscription is { } stuck && stuck.Number == said.Number("n")) await stuck.Restart();
                    break;
                case "sync":
                    subscription?.Repeat();
                    break;
                default:
                    throw Refusal.Invalid("kind", "Janus is told offer, answer, candidate, subscribe, restart and sync.").AsException();
            }
        }
        catch (JanusLostException)
        {
            throw JanusRefusals.Away.AsException();
        }
        catch (JanusException no)
        {
            logger.LogInformation("Call {Room}: what {Peer} said ({Kind}) was refused: {Reason}", Side.Room, Side.Peer, kind, no.Message);
            throw JanusRefusals.Refused.AsException();
        }
    }

    public async Task Changed(CancellationToken cancellation)
    {
        if (!Side.Publishes) await Withdraw();
        else if (publication is not null) await publication.Silence();
    }

    public async ValueTask DisposeAsync()
    {
        left = true;
        await Withdraw();
        if (subscription is { } ended) await ended.End();
        await engine.Leave(this);
    }

    /// <summary>Something else can be received now.</summary>
    public void FeedsChanged() => subscription?.Wake();

    public void Tick() => subscription?.Tick();

    /// <summary>Nothing of it is left at Janus: the client enters again.</summary>
    public void Lose()
    {
        if (left || lost) return;
        lost = true;
        JanusMeters.Lost.Add(1);
        Side.EnterAgain();
    }

    private async Task Publish(JsonElement said)
    {
        if (lost) throw JanusRefusals.Away.AsException();
        var tracks = new Dictionary<string, string>();
        foreach (var track in said.List("tracks"))
            if (track.Text("mid") is { Length: > 0 and <= 16 } mid && track.Text("track") is { Length: > 0 and <= 64 } name) tracks[mid] = name;
        var number = Number(said);
        var before = publication;
        if (before?.Number > number) return; // it was overtaken
        var after = before?.Number == number ? before : new JanusPublication(Room, Side, number);
        string answer;
        try
        {
            answer = await after.Negotiate(Sdp(said), tracks);
        }
        catch when (after != before)
        {
            await after.End();
            throw;
        }
        publication = after;
        Side.Tell("answer", JanusWords.Description("up", number, answer));
        if (before is not null && before != after) await before.End();
    }

    private async Task Subscribe(JsonElement said)
    {
        if (lost) throw JanusRefusals.Away.AsException();
        var number = Number(said);
        var wanted = new List<Wanted>();
        foreach (var one in said.List("want").Take(MostWanted))
            if (Guid.TryParse(one.Text("peer"), out var peer) && one.Text("track") is { } track) wanted.Add(new(peer, track, Math.Clamp(one.Number("layer") ?? 0, 0, 2)));
        var before = subscription;
        if (before is null || before.Number < number) subscription = new(Room, Side, number, clock, logger);
        else if (before.Number > number) return;
        subscription!.Want([.. wanted.Distinct()]);
        if (before is not null && before != subscription) await before.End();
    }

    private Task Trickle(JsonElement said)
    {
        var candidates = said.Of("candidates") is { ValueKind: JsonValueKind.Array } given ? JsonNode.Parse(given.GetRawText())!.AsArray() : [];
        var (number, complete) = (Number(said), said.Flag("done"));
        if (said.Text("pc") == "up") return publication?.Number == number ? publication.Trickle(candidates, complete) : Task.CompletedTask;
        return subscription?.Number == number ? subscription.Trickle(candidates, complete) : Task.CompletedTask;
    }

    private async Task Withdraw()
    {
        var ended = publication;
        publication = null;
        if (ended is not null) await ended.End();
    }

    private static string Sdp(JsonElement said) => said.Text("sdp") ?? throw Refusal.Invalid("data", "“sdp” is a session description.").AsException();

    private static int Number(JsonElement said) => said.Number("n") ?? throw Refusal.Invalid("data", "“n” is the number of the PeerConnection.").AsException();
}

/// <summary>What calls through Janus say no to.</summary>
internal static class JanusRefusals
{
    public static readonly Refusal Away = new("media-away", 503, "The media server cannot be reached for the moment. We keep trying.");
    public static readonly Refusal Refused = new("media-refused", 409, "The media server did not understand your browser. Reload the page to try again.");
}
