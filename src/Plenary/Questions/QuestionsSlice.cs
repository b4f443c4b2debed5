using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Questions;

/// <summary>Questions that people ask in rooms.</summary>
public static class QuestionsSlice
{
    public static void AddQuestions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Asking>();
        services.AddSingleton<IRoomAct>(provider => provider.GetRequiredService<Asking>());
        services.AddGraphPart<QuestionsGraph>();
    }
}
