using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;

namespace Plenary.Profiles;

/// <summary>
/// What people tell of themselves, who sees it, who is kept apart from whom, and reports to the moderators. Other slices ask
/// <see cref="ProfileReading"/> for what a viewer may see, <see cref="Blocks"/> before they bring people together,
/// <see cref="PeopleOfEvent"/> for who is of an event, and register <see cref="Acquainted"/> and <see cref="WhenBlocked"/>.
/// </summary>
public static class ProfilesSlice
{
    public static void AddProfiles(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ProfileReading>();
        services.AddSingleton<ProfileEditing>();
        services.AddSingleton<IntroVideos>();
        services.AddSingleton<ProfileUploads>();
        services.AddSingleton<Blocking>();
        services.AddSingleton<Reports>();
        services.AddJobHandler<KeepApart>();
        services.AddGraphPart<ProfilesGraph>();
        services.AddGraphPart<BlocksGraph>();
    }

    public static void MapProfiles(this IEndpointRouteBuilder app) => app.MapProfileFiles();
}
