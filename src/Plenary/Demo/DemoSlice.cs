using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;

namespace Plenary.Demo;

/// <summary>
/// The demo: an event that is on right now, people to be, and a crowd that talks. Only with <c>--demo</c>; on a real installation every door
/// of it is closed.
/// </summary>
public static class DemoSlice
{
    /// <summary><c>--demo</c> alone, as people type it, in the form that settings have.</summary>
    public static string[] Arguments(string[] args) => [.. args.Select(arg => arg == "--demo" ? "--Demo=true" : arg)];

    public static bool IsDemo(this IConfiguration configuration) => Settings.Flag(configuration, "Demo");

    public static void AddDemo(this WebApplicationBuilder builder)
    {
        builder.Services.AddGraphPart<DemoGraph>();
        if (!builder.Configuration.IsDemo()) return;
        builder.Services.AddSingleton<DemoReplay>();
        builder.Services.AddScoped<DemoSeed>();
        builder.Services.AddHostedService<DemoCrowd>();
    }

    /// <summary>Makes the demo event before the first request, when the demo is on, and says where to go.</summary>
    public static async Task SeedDemoAsync(this WebApplication app)
    {
        if (!app.Configuration.IsDemo()) return;
        await using (await app.Services.TakeTurnAsync("demo")) // the processes of a cluster may start together
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DemoSeed>().MakeAsync(CancellationToken.None);
        var services = app.Services;
        app.Lifetime.ApplicationStarted.Register(() => services.GetRequiredService<Terminal>().Say($"Walk into the demo: {services.GetRequiredService<PublicUrl>().Link("/demo")}"));
    }
}
