using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;

namespace Plenary.Rehearsals;

/// <summary>Rehearsals: simulated people come to a copy of an event, over the same way as real ones, and a report says whether the day will hold (docs/decisions/0039).</summary>
public static class RehearsalsSlice
{
    public static void AddRehearsals(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(RehearsalLimits.Of(builder.Configuration));
        services.AddSingleton<Sandbox>();
        services.AddSingleton<SimulatedSessions>();
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<RehearsalRun>();
        services.AddHostedService(provider => provider.GetRequiredService<RehearsalRun>());
        services.AddSingleton<Rehearsing>();
        services.AddRepeatingJob<TidyRehearsals>(TidyRehearsals.JobKind, TidyRehearsals.Every);
        services.AddGraphPart<RehearsalsGraph>();
    }
}
