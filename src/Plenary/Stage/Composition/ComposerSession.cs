using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;
using Plenary.Stage.Backstage;

namespace Plenary.Stage.Composition;

/// <summary>
/// How a composer's browser gets in. It acts for the person who opened the broadcast, in a session that counts behind this one stage and is
/// refused everywhere else.
/// </summary>
internal static class ComposerSession
{
    /// <summary>Longer than any ticket.</summary>
    private const int LongestBody = 1024;

    /// <summary>All that a composer's browser needs besides the client's files. It asks for nothing else.</summary>
    private static readonly PathString[] Allowed = ["/live", "/stage", "/composer", "/files"];

    public static readonly Refusal Spent = new("ticket-spent", 410, "This ticket is spent.", "ticket");

    private sealed record TicketRequest(string? Ticket);

    private sealed record PeerRequest(Guid Peer);

    /// <summary>What the page works with.</summary>
    private sealed record Assignment(Guid Stage, Guid Backstage, Guid Event, Guid Person, Guid Broadcast, string UploadUrl, string Container);

    public static void MapComposer(this IEndpointRouteBuilder app)
    {
        var limit = new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LongestBody);
        app.MapPost("/composer/session", Open).WithMetadata(limit).RequireRateLimiting(RateLimit.Graph.Name);
        app.MapPost("/composer/peer", Name).WithMetadata(limit).RequireRateLimiting(RateLimit.Graph.Name);
    }

    /// <summary>Sessions of one room are good for that room: everything else refuses them here, before it is asked.</summary>
    public static Task KeepInRoom(HttpContext http, RequestDelegate next)
    {
        if (Viewer.Of(http.User).RoomId is null || HttpMethods.IsGet(http.Request.Method) || Allowed.Any(path => http.Request.Path.StartsWithSegments(path))) return next(http);
        return Refusals.Answer(http, Refusal.Forbidden);
    }

    private static async Task<IResult> Open(TicketRequest request, HttpContext http, ComposerTickets tickets, MediaSettings media, SignInManager<Person> signIn, Db db)
    {
        if (request.Ticket is not { Length: > 0 } ticket || tickets.Spend(ticket) is not { } task) throw Spent.AsException();
        var found = await (from broadcast in db.Set<Broadcast>()
                           where broadcast.Id == task.Broadcast && broadcast.State != BroadcastState.Ended
                           join backstage in db.Set<Room>() on (Guid?)broadcast.RoomId equals backstage.StageId
                           join person in db.Set<Person>() on broadcast.PersonId equals person.Id
                           select new { broadcast.EventId, Backstage = backstage.Id, Person = person }).SingleOrDefaultAsync(http.RequestAborted) ?? throw Spent.AsException();
        signIn.Context = http;
        await signIn.SignInWithClaimsAsync(found.Person, new AuthenticationProperties { IsPersistent = false },
            [SessionEnds.NewId(), new Claim(Viewer.EventClaim, found.EventId.ToString()), new Claim(Viewer.RoomClaim, task.Stage.ToString())]);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new Assignment(task.Stage, found.Backstage, found.EventId, found.Person.Id, task.Broadcast, $"/stage/{task.Broadcast}/upload", media.Container));
    }

    /// <summary>The page says who it is in the call of the backstage: that is whom the plan names from now on. Nothing happens when the stage is another's meanwhile.</summary>
    private static async Task<IResult> Name(PeerRequest request, HttpContext http, Directing directing, Composers composers)
    {
        if (Viewer.Of(http.User) is not { PersonId: { } person, RoomId: { } stage }) throw Refusal.SignInRequired.AsException();
        await directing.Change(stage, Guid.CreateVersion7(), PlanHost.WorkerName, (_, plan) =>
            Task.FromResult(plan.Host is { } host && host.Worker == composers.Name ? plan with { Host = host with { Peer = request.Peer, Person = person } } : plan), http.RequestAborted);
        return Results.NoContent();
    }
}
