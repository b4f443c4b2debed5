using Plenary.Platform.Files;
using Plenary.Platform.Graph;

namespace Plenary.Events;

/// <summary>Events: their dates, words and look, and who is what at them.</summary>
public static class EventsSlice
{
    public static void AddEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FileStore>();
        builder.Services.AddSingleton<PrivateFiles>();
        builder.Services.AddSingleton<EventEditing>();
        builder.Services.AddSingleton<EventLife>();
        builder.Services.AddGraphPart<EventsGraph>();
    }

    public static void MapEvents(this IEndpointRouteBuilder app) => app.MapUploads();
}
