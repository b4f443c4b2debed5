using System.Text.Json;

namespace Plenary.Calls.LiveKit;

/// <summary>
/// Calls through a LiveKit server. Browsers speak to it themselves, with a token that says what they may; our server makes the rooms, changes rights and puts people
/// out. Its messages are held to the documented ones by a test; nobody has run it against a real server yet (docs/operate/livekit.md).
/// </summary>
internal sealed class LiveKitEngine(LiveKitSettings settings, LiveKitRooms rooms, LiveKitTokens tokens, ILogger<LiveKitEngine> logger) : ICallEngine
{
    public string Kind => "livekit";

    public int MostPublishers => 12;

    public int MostPeers => 500;

    public bool IsMesh => false;

    /// <summary>LiveKit finds the node for a room by itself.</summary>
    public async Task<string?> Place(Guid room, string? lost, CancellationToken cancellation)
    {
        await rooms.Create(room.ToString(), MostPeers, cancellation);
        return null;
    }

    public Task<ICallSeat> Enter(CallSide side, CancellationToken cancellation) => Task.FromResult<ICallSeat>(new Seat(this, side));

    public Task Close(Guid room, string? place) => rooms.Delete(room.ToString(), CancellationToken.None);

    private string Address => settings.BrowserAddress;

    private string TokenOf(CallSide side) => tokens.ForJoining(side.Room.ToString(), side.Peer.ToString(), side.Name, side.Publishes, side.Silenced);

    private Task Permit(string room, string identity, (bool Publishes, bool Silenced) now, CancellationToken cancellation) =>
        rooms.Permit(room, identity, now.Publishes, now.Silenced, cancellation);

    private async Task Remove(string room, string identity)
    {
        try
        {
            await rooms.Remove(room, identity, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whoever leaves must be able to; LiveKit drops them when their connection ends.
        catch (Exception error)
        {
            logger.LogWarning(error, "LiveKit did not take {Identity} out of {Room}", identity, room);
        }
#pragma warning restore CA1031
    }

    /// <summary>One peer's stay in LiveKit's room, where its identity is the peer's id.</summary>
    private sealed class Seat(LiveKitEngine engine, CallSide side) : ICallSeat
    {
        private readonly string room = side.Room.ToString();
        private readonly string identity = side.Peer.ToString();
        private (bool Publishes, bool Silenced) permitted = (side.Publishes, side.Silenced);

        /// <summary>Made anew each time it is asked for: it is good for a minute, and for what is allowed now.</summary>
        public string Access => JsonSerializer.Serialize(new
        {
            url = engine.Address,
            token = engine.TokenOf(side),
        });

        public Task Signal(string kind, string data, CancellationToken cancellation) => throw CallRefusals.NotThroughServer.AsException();

        public async Task Changed(CancellationToken cancellation)
        {
            var now = (side.Publishes, side.Silenced);
            if (now == permitted) return;
            await engine.Permit(room, identity, now, cancellation);
            permitted = now;
        }

        public async ValueTask DisposeAsync() => await engine.Remove(room, identity);
    }
}
