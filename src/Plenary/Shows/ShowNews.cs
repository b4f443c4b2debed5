using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Profiles;
using Plenary.Rooms.Attendance;

namespace Plenary.Shows;

/// <summary>Tells the crew that their run of show has changed, and everybody at an event that its agenda has.</summary>
internal sealed class ShowNews(IDbContextFactory<Db> dbs, LivePeople people, ILogger<ShowNews> log) : IJobHandler
{
    /// <summary>What the crew is told it as.</summary>
    public const string About = "show";

    /// <summary>What everybody is told that the agenda has moved as.</summary>
    public const string AboutAgenda = "agenda";

    public const string AgendaJob = "shows.agenda";

    public string Kind => AgendaJob;

    /// <summary>Whoever shows it asks again. It may be lost: they ask by themselves whenever they have connected.</summary>
    public async Task Tell(Guid eventId, int version)
    {
        try
        {
            await using var db = await dbs.CreateDbContextAsync();
            var crew = await db.CrewOf(eventId).ToArrayAsync();
            await people.TellAll(eventId, crew, About, JsonSerializer.Serialize(new { @event = eventId, version }, JsonSerializerOptions.Web));
        }
#pragma warning disable CA1031 // It is kept; whoever was not told sees it when they ask.
        catch (Exception error)
        {
            log.LogInformation(error, "The crew of event {Event} was not told of its show", eventId);
        }
#pragma warning restore CA1031
    }

    /// <summary>The agenda of an event has moved: whoever shows it asks again.</summary>
    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var eventId = JsonSerializer.Deserialize<Guid>(payload);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await people.TellAll(eventId, await db.PeopleOf(eventId).ToArrayAsync(cancellation), AboutAgenda, JsonSerializer.Serialize(new { @event = eventId }, JsonSerializerOptions.Web));
    }
}
