using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Profiles;

namespace Plenary.Networking.Directory;

/// <summary>Registers the directory: finding people, suggestions, connecting, contacts.</summary>
internal static class DirectoryServices
{
    public static void AddDirectory(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new DatabaseScript("directory"));
        services.AddSingleton<Finding>();
        services.AddSingleton<Suggesting>();
        services.AddSingleton<Connecting>();
        services.AddSingleton<Acquainted>(Acquaintance.Of);
        services.AddSingleton<WhenBlocked>(provider => provider.GetRequiredService<Connecting>().Part);
        services.AddGraphPart<DirectoryGraph>();
    }
}
