using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Rooms;

namespace Plenary.Polls;

/// <summary>Polls and quizzes of rooms. Slices above open and close them by <see cref="Polling"/>.</summary>
public static class PollsSlice
{
    public static void AddPolls(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Polling>();
        services.AddSingleton<Leaderboards>();
        services.AddSingleton<IRoomAct>(provider => provider.GetRequiredService<Polling>());
        services.AddScoped<IJobHandler>(provider => provider.GetRequiredService<Polling>());
        services.AddGraphPart<PollsGraph>();
    }

    public static void MapPolls(this IEndpointRouteBuilder app) => app.MapPollFiles();
}
