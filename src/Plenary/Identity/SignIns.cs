using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Plenary.Platform.Access;
using Plenary.Platform.Cluster;

namespace Plenary.Identity;

/// <summary>Begins and ends sessions.</summary>
public sealed class SignIns(SignInManager<Person> manager, SessionNews news)
{
    /// <summary>
    /// Begins a new session for the person and makes it the one of this request too. Nothing of an earlier session is carried over, so a
    /// session planted in a browser gains nothing (session fixation). Whoever already uses the whole account keeps it when opening a
    /// personal link of their own.
    /// </summary>
    /// <param name="http">The request that proved who it is.</param>
    /// <param name="person">Who it is.</param>
    /// <param name="onlyEvent">The one event that was proven (personal link); null for the whole account.</param>
    public async Task SignInAsync(HttpContext http, Person person, Guid? onlyEvent = null)
    {
        var now = Viewer.Of(http.User);
        if (onlyEvent is not null && now.IsAccount && now.PersonId == person.Id) return;
        manager.Context = http;
        await manager.SignInWithClaimsAsync(person, new AuthenticationProperties { IsPersistent = true },
            onlyEvent is { } only ? [SessionEnds.NewId(), new Claim(Viewer.EventClaim, only.ToString())] : [SessionEnds.NewId()]);
    }

    /// <summary>Ends the session of this request, and closes what this browser left open.</summary>
    public async Task SignOutAsync(HttpContext http)
    {
        manager.Context = http;
        await manager.SignOutAsync();
        if (SessionEnds.IdOf(http.User) is { } session) await news.Tell(session);
        http.User = new ClaimsPrincipal(new ClaimsIdentity());
    }
}
