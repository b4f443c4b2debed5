using Plenary.Platform.Graph;

namespace Plenary.Forecast;

/// <summary>
/// How many people to expect, from agenda, registrations and who came before: as metrics, so that a cluster grows before the doors open, and
/// to the staff of an event.
/// </summary>
public static class ForecastSlice
{
    public static void AddForecast(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<NearEvents>();
        services.AddSingleton<ExpectedCrowd>();
        services.AddHostedService(provider => provider.GetRequiredService<ExpectedCrowd>());
        services.AddGraphPart<ForecastGraph>();
    }
}
