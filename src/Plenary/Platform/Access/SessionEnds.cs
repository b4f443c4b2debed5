using System.Security.Claims;

namespace Plenary.Platform.Access;

/// <summary>
/// News that somebody signed out, for whatever stays open between requests. A session is one sign-in in one browser; each carries an id, so
/// that the same person's other browsers stay as they are. What is heard here is this process's part; <c>SessionNews</c> tells all of them.
/// </summary>
public sealed class SessionEnds
{
    private const string IdClaim = "plenary:session";

    /// <summary>Raised with the id of the session that ended.</summary>
    public event Action<string>? Ended;

    /// <summary>The id of a session, or null when it was begun without one.</summary>
    public static string? IdOf(ClaimsPrincipal? principal) => principal?.FindFirstValue(IdClaim);

    /// <summary>The id of a session that begins now.</summary>
    internal static Claim NewId() => new(IdClaim, Guid.CreateVersion7().ToString());

    internal static bool IsId(Claim claim) => claim.Type == IdClaim;

    internal void Tell(string session) => Ended?.Invoke(session);
}
