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

    /// <summary>Claim that names the one room a session is for.</summary>
    public const string RoomClaim = "plenary:room";

    /// <summary>The one room this session is for, with what lies behind it; null for all rooms. It is always a session of one event, too.</summary>
    public Guid? RoomId { get; init; }

    public static readonly Viewer Stranger = new(null, null);

    public static Viewer Of(ClaimsPrincipal? principal) =>
        principal?.Identity?.IsAuthenticated == true && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var person)
            ? new(person, Guid.TryParse(principal.FindFirstValue(EventClaim), out var only) ? only : null)
            {
                RoomId = Guid.TryParse(principal.FindFirstValue(RoomClaim), out var room) ? room : null,
            }
            : Stranger;

    /// <summary>True when this is the person's whole account.</summary>
    public bool IsAccount => PersonId is not null && EventId is null;

    /// <summary>
    /// Whether what the person may do as a member of an organization or of a crew counts: not in a session of a personal link, which may have been forwarded.
    /// A session of one room is the server's own doing.
    /// </summary>
    public bool HoldsCrewRoles => IsAccount || (PersonId is not null && RoomId is not null);

    /// <summary>The person, when this session counts at the event; null otherwise.</summary>
    public Guid? At(Guid eventId) => EventId is null || EventId == eventId ? PersonId : null;

    /// <summary>The person behind a whole account. Refused: sign-in-required.</summary>
    public Guid RequireAccount() => IsAccount ? PersonId!.Value : throw Refusal.SignInRequired.AsException();

    /// <summary>The person behind this session, of whatever scope. Refused: sign-in-required.</summary>
    public Guid RequirePerson() => PersonId ?? throw Refusal.SignInRequired.AsException();
}
