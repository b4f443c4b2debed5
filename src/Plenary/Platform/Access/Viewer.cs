using System.Security.Claims;

namespace Plenary.Platform.Access;

/// <summary>
/// Who asks. A session is either of the whole account (magic link, passkey) or of one event (personal link): whoever was forwarded a
/// personal link gets into that event and nowhere else.
/// </summary>
/// <param name="PersonId">The person, or null for a stranger.</param>
/// <param name="EventId">The one event this session is for, or null for a whole account.</param>
public readonly record struct Viewer(Guid? PersonId, Guid? EventId)
{
    /// <summary>Claim that names the one event a session is for.</summary>
    public const string EventClaim = "plenary:event";

    public static readonly Viewer Stranger = new(null, null);

    public static Viewer Of(ClaimsPrincipal? principal) =>
        principal?.Identity?.IsAuthenticated == true && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var person)
            ? new(person, Guid.TryParse(principal.FindFirstValue(EventClaim), out var only) ? only : null)
            : Stranger;

    /// <summary>True when this is the person's whole account.</summary>
    public bool IsAccount => PersonId is not null && EventId is null;

    /// <summary>The person, when this session counts at the event; null otherwise.</summary>
    public Guid? At(Guid eventId) => EventId is null || EventId == eventId ? PersonId : null;

    /// <summary>The person behind a whole account. Refused: sign-in-required.</summary>
    public Guid RequireAccount() => IsAccount ? PersonId!.Value : throw Refusal.SignInRequired.AsException();

    /// <summary>The person behind this session, of whatever scope. Refused: sign-in-required.</summary>
    public Guid RequirePerson() => PersonId ?? throw Refusal.SignInRequired.AsException();
}
