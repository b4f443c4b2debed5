using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Platform.Live;
using Plenary.Rooms.Attendance;
using Plenary.Rooms.Chat;
using Plenary.Rooms.Held;
using Plenary.Rooms.Notices;

namespace Plenary.Rooms;

/// <summary>
/// Rooms of events: who may enter, and what goes on in them live. Slices above speak to <see cref="LiveRooms"/> and <see cref="RoomAccess"/>, and by
/// <see cref="LivePeople"/> to people of an event wherever they are.
/// </summary>
public static class RoomsSlice
{
    public static void AddRooms(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<RoomLimits>();
        services.AddSingleton(new RoomPace(builder.Configuration));
        services.AddSingleton<DoorCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<DoorCheck>());
        services.AddSingleton<Arrivals>();
        services.AddSingleton<LiveRooms>();
        services.AddSingleton<StaffNews>();
        services.AddSingleton<SpokenRules>();
        services.AddSingleton<RoomActs>();
        services.AddSingleton<RoomRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<RoomRelay>());
        builder.AddAttendance();
        services.AddJobHandler<ReconsiderRooms>();
        services.AddGraphPart<RoomsGraph>();
        services.AddSingleton<Announcing>();
        services.AddScoped<IJobHandler>(provider => provider.GetRequiredService<Announcing>());
        services.AddGraphPart<NoticesGraph>();
        builder.AddChat();
    }

    /// <summary>Maps the files that rooms give out.</summary>
    public static void MapRooms(this IEndpointRouteBuilder app) => app.MapChatFiles();

    /// <summary>Maps the hub, as the topmost slice that adds to it has it.</summary>
    public static void MapLive<THub>(this IEndpointRouteBuilder app) where THub : LiveHub =>
        app.MapLanes<THub>("/live", options =>
        {
            options.CloseOnAuthenticationExpiration = true;
            options.ApplicationMaxBufferSize = 2 * LiveServices.LargestMessage;
        });
}

/// <summary>After a change of rights, has every room of the event, and every process, look at the person's connections again.</summary>
internal sealed class ReconsiderRooms(IDbContextFactory<Db> dbs, LiveRooms rooms, LivePeople people) : IJobHandler
{
    public string Kind => AccessChanged.Job;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var change = JsonSerializer.Deserialize<AccessChanged>(payload, JsonSerializerOptions.Web)!;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var ids = await (from room in db.Set<Room>()
                         join at in db.Set<Event>() on room.EventId equals at.Id
                         where at.Id == change.Event || at.OrganizationId == change.Organization
                         select room.Id).ToListAsync(cancellation);
        await Task.WhenAll([people.Reconsider(change.Person), .. ids.Select(id => rooms.Reconsider(id, change.Person))]);
    }
}
