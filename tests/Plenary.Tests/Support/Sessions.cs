using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Plenary.Platform.Access;

namespace Plenary.Tests.Support;

/// <summary>
/// Session cookies for crowds: what signing in would have set, sealed with the keys of the server's database. How people sign in is proven
/// elsewhere; here dozens are needed at once, also in servers that run as processes of their own.
/// </summary>
public sealed class Sessions(IDataProtectionProvider keys)
{
    private readonly TicketDataFormat format = new(keys.CreateProtector(
        "Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware", IdentityConstants.ApplicationScheme, "v2"));

    /// <summary>The <c>Cookie</c> header of a session of the whole account, or of one event only.</summary>
    public string Cookie(Guid person, Guid? onlyEvent = null)
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, person.ToString()));
        if (onlyEvent is { } only) identity.AddClaim(new(Viewer.EventClaim, only.ToString()));
        var now = TimeProvider.System.GetUtcNow();
        var ticket = new AuthenticationTicket(new(identity), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(30) }, IdentityConstants.ApplicationScheme);
        return "plenary=" + format.Protect(ticket);
    }
}
