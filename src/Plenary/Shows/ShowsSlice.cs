using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;

namespace Plenary.Shows;

/// <summary>The run of show: cues that drive an event, by the clock and by hand. <see cref="CueSheet"/> says what is due, <see cref="RunOfShow"/> what may change, <see cref="ShowGrain"/> runs it.</summary>
public static class ShowsSlice
{
    public static void AddShows(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ShowStore>();
        services.AddSingleton<ShowNews>();
        services.AddSingleton<CueActs>();
        services.AddSingleton<ControllerHere>();
        services.AddSingleton<Showing>();
        services.AddHostedService<ShowWatch>();
        services.AddScoped<IJobHandler>(provider => provider.GetRequiredService<ShowNews>());
        services.AddGraphPart<ShowGraph>();
    }
}
