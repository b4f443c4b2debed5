using Plenary.Calls;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Profiles;

namespace Plenary.Networking.Meetings;

/// <summary>Registers meetings: two people, a time, and a call that opens by itself.</summary>
internal static class MeetingsServices
{
    public static void AddMeetings(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<MeetingMails>();
        services.AddSingleton<MeetingNews>();
        services.AddSingleton<Planning>();
        services.AddSingleton<FreeTimes>();
        services.AddSingleton<ICallDoor, MeetingDoor>();
        services.AddSingleton<WhenBlocked>(provider => provider.GetRequiredService<Planning>().Part);
        services.AddJobHandler<RemindOfMeeting>();
        services.AddJobHandler<OpenMeeting>();
        services.AddJobHandler<CloseMeeting>();
        services.AddGraphPart<MeetingsGraph>();
    }
}
