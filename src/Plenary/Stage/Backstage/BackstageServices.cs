using Plenary.Calls;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;

namespace Plenary.Stage.Backstage;

/// <summary>What is behind a stage: its plan and who directs it, hands, slides and clips (docs/develop/stage.md).</summary>
internal static class BackstageServices
{
    public static void AddBackstage(this IServiceCollection services)
    {
        services.AddSingleton<PlanNews>();
        services.AddSingleton<PlanChanges>();
        services.AddSingleton<Directing>();
        services.AddSingleton<Consents>();
        services.AddSingleton<HandNews>();
        services.AddSingleton<Hands>();
        services.AddSingleton<StageVoices>();
        services.AddSingleton<CallRule>(provider => provider.GetRequiredService<StageVoices>().RightOf);
        services.AddSingleton<Notes>();
        services.AddSingleton<Decks>();
        services.AddSingleton<Clips>();
        services.AddSingleton<ClipProbe>();
        services.AddSingleton<ClipUploads>();
        services.AddGraphPart<BackstageGraph>();
        services.AddGraphPart<IceGraph>();
        services.AddJobHandler<PlanNews>();
        services.AddJobHandler<EndStay>();
        services.AddJobHandler<EndClip>();
    }
}
