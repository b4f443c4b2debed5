using Plenary.Platform.Access;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Stage.Backstage;
using Plenary.Stage.Captions;
using Plenary.Stage.Recordings;
using Plenary.Stage.Composition;
using Plenary.Stage.External;
using Plenary.Stage.Ingest;
using Plenary.Stage.Origin;
using Plenary.Stage.Uploads;

namespace Plenary.Stage;

/// <summary>Stages: somebody goes live from a browser, everybody in the room watches, and afterwards there is a replay.</summary>
public static class StageSlice
{
    public static void AddStage(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var media = new MediaSettings(builder.Configuration);
        services.AddSingleton(media);
        if (media.PublicUrl is { } cache) services.AddSingleton(new StreamSource(cache));
        services.AddSingleton<StageNews>();
        services.AddSingleton<Broadcasting>();
        services.AddBackstage();
        services.AddSingleton<Replays>();
        services.AddSingleton<OnAir>();
        services.AddSingleton<UploadSocket>();
        services.AddSingleton(new ComposerSettings(builder.Configuration));
        services.AddSingleton<ComposerTickets>();
        services.AddSingleton<Composers>();
        services.AddSingleton<Owners>();
        services.AddSingleton<OriginEars>();
        services.AddSingleton<LiveCaptions>();
        services.AddSingleton<LiveOrigin>();
        builder.UseOrleans(orleans => orleans.AddGrainService<OriginEar>());
        services.AddHostedService<HandOver>();
        services.AddHostedService(provider => provider.GetRequiredService<OnAir>());
        services.AddSingleton<RecordingStore>();
        services.AddSingleton<ReplayEditing>();
        services.AddSingleton<Simulives>();
        services.AddSingleton<RecordingUploads>();
        services.AddSingleton<RecordingPreparing>();
        services.AddSingleton<Captioning>();
        services.AddSingleton<CaptionFeeds>();
        services.AddSingleton<StreamKeys>();
        services.AddSingleton<ExternalStages>();
        services.AddHostedService<RtmpListener>();
        services.AddSingleton<Whip>();
        services.AddGraphPart<StageGraph>();
        services.AddGraphPart<RecordingGraph>();
        services.AddGraphPart<UploadGraph>();
        services.AddGraphPart<CaptionGraph>();
        services.AddGraphPart<IngestGraph>();
        services.AddJobHandler<StageNews>();
        services.AddJobHandler<EndAbandoned>();
        services.AddJobHandler<MakeReplay>();
        services.AddJobHandler<StartSimulive>();
        services.AddJobHandler<EndSimulive>();
        services.AddJobHandler<MoveSimulive>();
        services.AddJobHandler<TakeInRecording>();
        services.AddJobHandler<ForgetUpload>();
    }

    /// <summary>Keeps composers to their stage.</summary>
    public static void UseStage(this WebApplication app) => app.Use(ComposerSession.KeepInRoom);

    public static void MapStage(this IEndpointRouteBuilder app)
    {
        app.MapMedia();
        app.MapWhip();
        app.MapRecordings();
        app.MapUploads();
        app.MapCaptions();
        app.MapComposer();
        app.MapClips();
        var upload = app.CreateApplicationBuilder();
        upload.UseWebSockets();
        upload.Run(http => http.RequestServices.GetRequiredService<UploadSocket>().AcceptAsync(http));
        app.Map("/stage/{broadcast:guid}/upload", upload.Build());
    }
}
