using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Stage.Backstage;

namespace Plenary.Stage;

/// <summary>Stages: somebody goes live from a browser, everybody in the room watches, and afterwards there is a replay.</summary>
public static class StageSlice
{
    public static void AddStage(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new MediaSettings(builder.Configuration));
        services.AddSingleton<StageNews>();
        services.AddSingleton<Broadcasting>();
        services.AddSingleton<PlanNews>();
        services.AddSingleton<PlanChanges>();
        services.AddSingleton<Directing>();
        services.AddSingleton<Consents>();
        services.AddSingleton<Replays>();
        services.AddSingleton<OnAir>();
        services.AddSingleton<UploadSocket>();
        services.AddHostedService(provider => provider.GetRequiredService<OnAir>());
        services.AddGraphPart<StageGraph>();
        services.AddGraphPart<BackstageGraph>();
        services.AddJobHandler<StageNews>();
        services.AddJobHandler<PlanNews>();
        services.AddJobHandler<EndAbandoned>();
        services.AddJobHandler<MakeReplay>();
    }

    public static void MapStage(this IEndpointRouteBuilder app)
    {
        app.MapMedia();
        var upload = app.CreateApplicationBuilder();
        upload.UseWebSockets();
        upload.Run(http => http.RequestServices.GetRequiredService<UploadSocket>().AcceptAsync(http));
        app.Map("/stage/{broadcast:guid}/upload", upload.Build());
    }
}
