using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;

namespace Plenary.Moderation;

/// <summary>The one queue of an event's moderators, what they decide, and the log of it. What is decided is enforced below: see the Conduct slice.</summary>
public static class ModerationSlice
{
    public static void AddModeration(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Restricting>();
        services.AddSingleton<Ruling>();
        services.AddSingleton<ModerationQueue>();
        services.AddScoped<IJobHandler>(provider => provider.GetRequiredService<Restricting>());
        services.AddScoped<IJobHandler>(provider => provider.GetRequiredService<Ruling>());
        services.AddGraphPart<ModerationGraph>();
    }
}
