using Orleans.Runtime;
using Plenary.Calls.Janus;
using Plenary.Calls.LiveKit;
using Plenary.Platform.Live;
using Plenary.Rooms;
using Plenary.Rooms.Attendance;

namespace Plenary.Calls;

/// <summary>
/// Calls: people who see and hear each other, in a room or in something else that a slice above keeps. Slices above say by a <see cref="CallRule"/> who may be seen and heard
/// in a room, by an <see cref="ICallDoor"/> who may enter what is theirs, and speak to <see cref="LiveCalls"/>.
/// </summary>
public static class CallsSlice
{
    public static void AddCalls(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddLanes<CallHub>();
        services.AddSingleton(provider => new IceServers(builder.Configuration, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CallLimits>();
        services.AddSingleton<CallRights>();
        services.AddSingleton<LiveCalls>();
        if (!builder.AddJanus() && !builder.AddLiveKit()) services.AddSingleton<ICallEngine>(new MeshEngine());
        services.AddSingleton<CallEngines>();
        services.AddSingleton<CallTools>();
        services.AddSingleton(provider => new CallRelay(provider.GetRequiredService<CallTools>(), provider.GetRequiredService<IClusterMembershipService>()));
        services.AddHostedService(provider => provider.GetRequiredService<CallRelay>());
        services.AddSingleton<WhenReconsidered>(provider => provider.GetRequiredService<CallRelay>().Reconsider);
    }

    public static void MapCalls(this IEndpointRouteBuilder app) => app.MapLive<CallHub>();
}
