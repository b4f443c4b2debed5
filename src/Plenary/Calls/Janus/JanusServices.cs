using Plenary.Platform.Telemetry;

namespace Plenary.Calls.Janus;

/// <summary>Calls through Janus, where it is set up.</summary>
internal static class JanusServices
{
    /// <summary>True when <c>Media:Janus</c> is set: then it is the engine.</summary>
    public static bool AddJanus(this WebApplicationBuilder builder)
    {
        var settings = new JanusSettings(builder.Configuration);
        if (settings.Nodes.Count == 0) return false;
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<JanusEngine>();
        builder.Services.AddSingleton<ICallEngine>(provider => provider.GetRequiredService<JanusEngine>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<JanusEngine>());
        builder.Services.AddSingleton(provider => new StatusPart("calls", "Video calls", "Videogespräche", () => StateOf(provider.GetRequiredService<JanusEngine>())));
        return true;
    }

    private static PartState StateOf(JanusEngine engine)
    {
        var up = engine.Nodes.Values.Count(state => state != NodeState.Down);
        return up == 0 ? PartState.Down : up < engine.Nodes.Count ? PartState.Degraded : PartState.Ok;
    }
}
