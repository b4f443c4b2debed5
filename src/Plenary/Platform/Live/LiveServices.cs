using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plenary.Platform.Live.Transport;

namespace Plenary.Platform.Live;

/// <summary>SignalR as Plenary speaks it: MessagePack for our client, JSON for anyone, refusals as hub errors.</summary>
public static class LiveServices
{
    /// <summary>Bytes of one message from a client. What needs most is the description of a media session, 64 KB of it.</summary>
    public const int LargestMessage = 80 * 1024;

    public static void AddLive(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<LiveMeters>();
        services.AddSingleton<CommitLog>();
        services.AddHostedService(provider => provider.GetRequiredService<CommitLog>());
        services.AddSingleton<HubRefusals>();
        services.AddSignalR(options =>
            {
                options.MaximumReceiveMessageSize = LargestMessage;
                // A post waits for the disk; what the same person does meanwhile need not.
                options.MaximumParallelInvocationsPerClient = 8;
                options.AddFilter<HubRefusals>();
            })
            .AddMessagePackProtocol()
            .AddJsonProtocol(options =>
                options.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        // It logs every refusal as an error of ours; HubRefusals logs those that are.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);
    }

    /// <summary>Gives the process's hub lanes: call once, beside <c>AddSignalR</c>.</summary>
    public static void AddLanes<THub>(this IServiceCollection services) where THub : Hub
    {
        services.TryAddSingleton<Fanout>();
        // Thousands come at the same moment; the kernel may have its own, lower limit.
        services.Configure<SocketTransportOptions>(options =>
        {
            options.Backlog = 4_096;
            var listen = options.CreateBoundListenSocket;
            options.CreateBoundListenSocket = endpoint => Unpaced(listen(endpoint));
        });
        services.Configure<KestrelServerOptions>(options => options.ConfigureEndpointDefaults(listen => listen.Use(Handover.Middleware)));
        services.AddSingleton<Lanes>();
        services.AddSingleton<HubLifetimeManager<THub>, LaneManager<THub>>();
        services.AddSingleton<Func<IEnumerable<Lane>>>(provider => () => provider.GetRequiredService<Lanes>().All);
        services.AddSingleton<SocketTransport<THub>>();
    }

    /// <summary>Maps a hub that has lanes: WebSockets come in over the transport of our own where they can, everything else over the framework's.</summary>
    /// <param name="pattern">Its path.</param>
    /// <param name="configure">The framework's side.</param>
    public static HubEndpointConventionBuilder MapLanes<THub>(
        this IEndpointRouteBuilder app, string pattern, Action<HttpConnectionDispatcherOptions>? configure = null) where THub : Hub
    {
        var transport = app.ServiceProvider.GetRequiredService<SocketTransport<THub>>();
        var mapped = app.MapHub<THub>(pattern, configure);
        mapped.Add(endpoint =>
        {
            if (endpoint is not RouteEndpointBuilder { RequestDelegate: { } stock } || ((RouteEndpointBuilder)endpoint).RoutePattern.RawText != pattern) return;
            endpoint.RequestDelegate = http => SocketTransport<THub>.Serves(http) ? transport.Serve(http) : stock(http);
        });
        return mapped;
    }

    /// <summary>
    /// Frames are small and far between, so pacing them (as bbr does, where it is the system's choice) costs timers and gains nothing. Accepted
    /// connections take it over from the listening socket.
    /// </summary>
    private static Socket Unpaced(Socket listening)
    {
        const int tcp = 6, congestion = 13; // IPPROTO_TCP, TCP_CONGESTION: linux/tcp.h
        try
        {
            if (OperatingSystem.IsLinux() && listening.ProtocolType == ProtocolType.Tcp) listening.SetRawSocketOption(tcp, congestion, "cubic"u8);
        }
        catch (SocketException)
        {
            // The kernel was built without it.
        }
        return listening;
    }
}
