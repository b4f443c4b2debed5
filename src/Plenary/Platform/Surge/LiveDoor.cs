using System.Globalization;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Net.Http.Headers;
using Plenary.Platform.Live.Transport;

namespace Plenary.Platform.Surge;

/// <summary>
/// Where live connections come in, before anybody is asked who they are: a process that is full, or goes away, says so cheaply. Above 95 % of
/// its capacity it sends newcomers to a sibling that has room; where there is none, and above 98 %, it answers 503.
/// </summary>
internal sealed class LiveDoor(RequestDelegate next, Occupancy occupancy, Gateways gateways, Drain drain, SurgeMeters meters)
{
    /// <summary>The hub of the live protocol.</summary>
    public const string Path = "/live";

    private const double Redirect = 0.95;
    private const double Full = 0.98;

    public Task Invoke(HttpContext http)
    {
        var negotiates = http.Request.Path == Path + "/negotiate";
        if (!negotiates && (http.Request.Path != Path || !http.Request.Headers.ContainsKey(HeaderNames.SecWebSocketKey))) return next(http);
        if (drain.Begun) return Refuse(http, "draining", 1);
        string? elsewhere = null;
        if (occupancy.Full >= Redirect)
        {
            if (occupancy.Full < Full) elsewhere = gateways.PickSibling();
            // Spread, so that those who are refused together do not come back together.
            if (elsewhere is null) return Refuse(http, "full", Random.Shared.Next(2, 11));
        }
        return negotiates ? next(http) : Hold(http, elsewhere);
    }

    private async Task Hold(HttpContext http, string? elsewhere)
    {
        var handover = http.Features.Get<Handover>();
        if (elsewhere is not null)
        {
            http.Items[typeof(LiveDoor)] = elsewhere;
            if (handover is not null) handover.Items = new() { [typeof(LiveDoor)] = elsewhere };
        }
        var held = occupancy.Hold();
        try
        {
            await next(http);
        }
        finally
        {
            if (handover is { IsTaken: true }) handover.Hold(held); // the connection goes on without the request
            else held.Dispose();
        }
    }

    private Task Refuse(HttpContext http, string reason, int seconds)
    {
        meters.Refused(reason);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    /// <summary>Tells a connection that came to a full process where to go, and ends it when it stays.</summary>
    internal sealed class Sending(SurgeMeters meters, TimeProvider clock) : IHubFilter
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

        public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
        {
            await next(context);
            var items = context.Context.GetHttpContext()?.Items ?? context.Context.Items;
            if (!items.TryGetValue(typeof(LiveDoor), out var told) || told is not string elsewhere) return;
            meters.Moved("full");
            await context.Hub.Clients.Caller.SendAsync("Moving", new Moving(elsewhere, 0), context.Context.ConnectionAborted);
            _ = End(context.Context.Features.Get<IConnectionLifetimeFeature>(), context.Context.ConnectionAborted);
        }

        /// <summary>As a lost connection, not as an end: its client shall come back.</summary>
        private async Task End(IConnectionLifetimeFeature? connection, CancellationToken gone)
        {
            await Task.Delay(Patience, clock, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!gone.IsCancellationRequested) connection?.Abort();
        }
    }
}
