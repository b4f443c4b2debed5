namespace Plenary.Calls;

/// <summary>
/// Browsers send to each other; nothing has to be installed. Every publisher sends to everybody, so a call is small: with six publishers two
/// cores that also decode are busy (docs/operate/media.md).
/// </summary>
internal sealed class MeshEngine(int publishers = 6) : ICallEngine
{
    public string Kind => "mesh";

    public int MostPublishers => publishers;

    /// <summary>With those who only watch: a producer or two, a composer, somebody who waits.</summary>
    public int MostPeers => 10;

    public bool IsMesh => true;

    public Task<string?> Place(Guid room, string? lost, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public Task<ICallSeat> Enter(CallSide side, CancellationToken cancellation) => Task.FromResult<ICallSeat>(new Seat(side));

    public Task Close(Guid room, string? place) => Task.CompletedTask;

    /// <summary>Nobody speaks to the server, unless to say that somebody cannot be reached; what a peer may not send the others do not take.</summary>
    private sealed class Seat(CallSide side) : ICallSeat
    {
        public string? Access => null;

        public Task Signal(string kind, string data, CancellationToken cancellation)
        {
            if (kind != "unreachable") throw CallRefusals.OnlyBetweenPeers.AsException();
            side.Elsewhere().Ignore(); // it is said again while it lasts
            return Task.CompletedTask;
        }

        public Task Changed(CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
