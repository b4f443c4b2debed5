using Plenary.Networking.Meetings;

namespace Plenary.Networking;

/// <summary>People who find each other at an event: meetings for two, at a time both have.</summary>
public static class NetworkingSlice
{
    public static void AddNetworking(this WebApplicationBuilder builder) => builder.AddMeetings();

    public static void MapNetworking(this IEndpointRouteBuilder app) => app.MapMeetingFiles();
}
