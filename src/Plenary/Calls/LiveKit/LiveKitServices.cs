using Plenary.Platform.Access;

namespace Plenary.Calls.LiveKit;

/// <summary>Calls through LiveKit, where it is set up.</summary>
internal static class LiveKitServices
{
    /// <summary>True when <c>Media:LiveKit</c> is set: then it is the engine.</summary>
    public static bool AddLiveKit(this WebApplicationBuilder builder)
    {
        var settings = new LiveKitSettings(builder.Configuration);
        if (settings.Address is null) return false;
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(new ConnectSource(settings.Address));
        services.AddSingleton<LiveKitTokens>();
        services.AddHttpClient<LiveKitRooms>(http => http.Timeout = TimeSpan.FromSeconds(5));
        services.AddSingleton<ICallEngine, LiveKitEngine>();
        return true;
    }
}
