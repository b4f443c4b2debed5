using Orleans.Runtime;
using Plenary.Platform.Live;

namespace Plenary.Rooms.Attendance;

/// <summary>Registers attendance: reaching a person of an event wherever they are.</summary>
internal static class AttendanceServices
{
    public static void AddAttendance(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<AttendanceCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<AttendanceCheck>());
        services.AddSingleton(provider => new AttendingHere(provider.GetRequiredService<AttendanceCheck>(), provider.GetRequiredService<Lanes>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetServices<WhenReconsidered>));
        services.AddGrainService<PeopleEar>();
        services.AddSingleton(provider => new LivePeople(provider.GetRequiredService<AttendingHere>(), provider, provider.GetRequiredService<IClusterMembershipService>(),
            provider.GetRequiredService<ILocalSiloDetails>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LivePeople>>()));
        builder.Logging.AddFilter(typeof(PeopleEar).FullName, LogLevel.Warning); // says which part of a ring it has, which nobody uses
    }
}
