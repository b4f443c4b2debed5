using Plenary.Networking.Directory;
using Plenary.Networking.Meetings;

namespace Plenary.Networking;

/// <summary>People who find each other at an event: the directory of those who want to be found, whom to meet, and meetings for two, at a time both have.</summary>
public static class NetworkingSlice
{
    public static void AddNetworking(this WebApplicationBuilder builder)
    {
        builder.AddDirectory();
        builder.AddMeetings();
    }

    public static void MapNetworking(this IEndpointRouteBuilder app)
    {
        app.MapContactFiles();
        app.MapMeetingFiles();
    }
}
