namespace Plenary.Calls;

/// <summary>
/// Which engine carries a call. Rooms' calls are the installation's engine's. What lets people in by a door of its own (a pair, a table) begins between the browsers, which
/// costs the server nothing, and moves to the engine when two do not reach each other or there are more than a few.
/// </summary>
internal sealed class CallEngines(ICallEngine main)
{
    /// <summary>The place of a call between browsers that could be elsewhere.</summary>
    public const string Direct = "direct";

    /// <summary>Each more sends once more to everybody; a server takes it from one.</summary>
    public const int MostDirect = 3;

    /// <summary>A table has eight seats, and without a server all of them are direct.</summary>
    private readonly MeshEngine direct = new(publishers: 8);

    /// <summary>The installation's.</summary>
    public ICallEngine Main => main;

    /// <summary>There is somewhere for direct calls to go.</summary>
    public bool CanMove => !main.IsMesh;

    public ICallEngine At(string? place) => place == Direct ? direct : main;

    /// <summary>Where a call is served from now on; see <see cref="ICallEngine.Place"/>.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isDirect">It may begin between the browsers.</param>
    /// <param name="lost">Where it cannot stay.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<string?> Place(Guid call, bool isDirect, string? lost, CancellationToken cancellation) =>
        isDirect && lost is null ? Direct : await main.Place(call, lost == Direct ? null : lost, cancellation);
}
