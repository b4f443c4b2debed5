using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;

namespace Plenary.Registration;

/// <summary>
/// Ticket types and registrations: a person's place at an event, the mails about it and the join link. Other slices ask
/// <see cref="HoldsRegistration"/>.
/// </summary>
public static class RegistrationSlice
{
    public static void AddRegistration(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Registering>();
        services.AddSingleton<RegistrationMails>();
        services.AddSingleton<Comings>();
        services.AddHostedService(provider => provider.GetRequiredService<Comings>());
        services.AddSingleton<IPersonalLinkSource, RegistrationLinks>();
        services.AddSingleton<IEventPart, RegistrationsOfEvent>();
        services.AddRepeatingJob<Reminding>(Reminding.JobKind, Reminding.Every);
        services.AddJobHandler<AnnounceMove>();
        services.AddGraphPart<RegistrationGraph>();
        services.AddGraphPart<RegistrationMutations>();
    }

    /// <summary>True when the viewer has a place at the event that was not given back.</summary>
    public static async Task<bool> HoldsRegistration(this Db db, Viewer viewer, Guid eventId, CancellationToken cancellation) =>
        viewer.At(eventId) is { } person
        && await db.Set<Registration>().AnyAsync(r => r.EventId == eventId && r.PersonId == person && r.CancelledAt == null, cancellation);
}
