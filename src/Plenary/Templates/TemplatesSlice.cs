using Plenary.Platform.Graph;

namespace Plenary.Templates;

/// <summary>Events as data: built in, or an installation's own.</summary>
public static class TemplatesSlice
{
    public static void AddTemplates(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TemplateCatalogue>();
        builder.Services.AddSingleton<EventMaking>();
        builder.Services.AddGraphPart<TemplatesGraph>();
    }

    /// <summary>Reads the templates now, so that mistakes are in the log of the start and not of the first visitor.</summary>
    public static void MapTemplates(this IEndpointRouteBuilder app) => app.ServiceProvider.GetRequiredService<TemplateCatalogue>();
}
