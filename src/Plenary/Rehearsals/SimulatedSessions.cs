using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Plenary.Platform.Access;

namespace Plenary.Rehearsals;

/// <summary>
/// Sessions of simulated people: what opening their personal link would have set, for the copy of the event and nothing else. They end soon, and nobody outside the process ever has them.
/// </summary>
internal sealed class SimulatedSessions(IOptionsMonitor<CookieAuthenticationOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>The <c>Cookie</c> header.</summary>
    public string CookieOf(Guid person, Guid @event)
    {
        var cookies = options.Get(IdentityConstants.ApplicationScheme);
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, person.ToString()), new(Viewer.EventClaim, @event.ToString()), SessionEnds.NewId()], IdentityConstants.ApplicationScheme);
        var now = clock.GetUtcNow();
        var ticket = new AuthenticationTicket(new(identity), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + Lifetime }, IdentityConstants.ApplicationScheme);
        return $"{cookies.Cookie.Name}={cookies.TicketDataFormat.Protect(ticket)}";
    }
}
