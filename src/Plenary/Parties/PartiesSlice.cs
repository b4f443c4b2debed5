using Plenary.Calls;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Profiles;

namespace Plenary.Parties;

/// <summary>Cocktail Parties: timed rounds in which the people of an event meet in pairs. The rules are <see cref="LiveParty"/>'s; <see cref="PartyGrain"/> leads one.</summary>
public static class PartiesSlice
{
    public static void AddParties(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(PartyLengths.Read(builder.Configuration));
        services.AddSingleton<PartyStore>();
        services.AddSingleton<PartyNews>();
        services.AddSingleton<LiveParties>();
        services.AddSingleton<Hosting>();
        services.AddSingleton<Guesting>();
        services.AddSingleton<PartySummaries>();
        services.AddSingleton<PartyAcquaintance>();
        services.AddSingleton<OtherParties>();
        services.AddHostedService(provider => provider.GetRequiredService<OtherParties>());
        services.AddSingleton<TicketGroups>();
        services.AddHostedService(provider => provider.GetRequiredService<TicketGroups>());
        services.AddSingleton<MeetingCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<MeetingCheck>());
        services.AddSingleton<ICallDoor, PartyDoor>();
        services.AddSingleton<Acquainted>(PartyAcquaintance.Met);
        services.AddSingleton<WhenBlocked>(provider => provider.GetRequiredService<PartyAcquaintance>().KeepApart);
        services.AddHostedService<PartyWatch>();
        services.AddJobHandler<WakeParty>();
        services.AddGraphPart<PartiesGraph>();
    }
}
