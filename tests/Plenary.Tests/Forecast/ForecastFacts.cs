using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Forecast;
using Plenary.Organizations;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;
using Plenary.Registration;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Forecast;

/// <summary>Organizers and operators know how many people will come.</summary>
public abstract class ForecastFacts(App app)
{
    private const string Ask = "query($id: ID) { event(id: $id) { forecast { registered registeredThen showRate pastEvents attendees low high peakAt assumption within { within attendees } } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoEntersARoomHasComeOnceAndAnotherEventLearnsFromIt()
    {
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(40);
        var comings = app.Services.GetRequiredService<Comings>();
        for (var time = 0; time < 2; time++) // the second time changes nothing
            foreach (var person in people.Take(10))
                await using (await scene.Enter(person)) { }
        await using (await scene.Enter(await scene.Member(OrganizationRole.Owner))) { } // crew is not of those registered
        await comings.Write(Cancellation);
        await using var db = app.OpenDb();
        var came = await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == scene.Event.Id && r.CameAt != null).ToListAsync(Cancellation);
        Assert.Equal(people.Take(10).Select(p => p.Id).Order(), came.Select(r => r.PersonId).Order());

        await db.Set<Event>().Where(e => e.Id == scene.Event.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.EndsAt, TimeProvider.System.GetUtcNow()), Cancellation);
        var next = await Planned(scene.Organization.Id, sold: 1000, capacity: 1000);
        var found = Assert.Single(await Near().Of([next.Id], Cancellation));
        Assert.Equal((10 + 0.6 * ShowRate.PriorWeight) / (40 + ShowRate.PriorWeight), found.Comes.Mean, 9);
        Assert.Equal((1, 1000, 1000), (found.Comes.Events, found.Registered, found.Capacity));
    }

    [Fact]
    public async Task WhoLooksInADayBeforeHasNotComeYet()
    {
        var scene = await Scene.Arrange(app);
        var person = await scene.Attendee();
        await Start(TimeSpan.FromHours(30));
        await using (await scene.Enter(person)) { }
        await app.Services.GetRequiredService<Comings>().Write(Cancellation);
        Assert.Null(await CameAt());
        await Start(TimeSpan.FromHours(1));
        await using (await scene.Enter(person)) { }
        await app.Services.GetRequiredService<Comings>().Write(Cancellation);
        Assert.NotNull(await CameAt());

        async Task Start(TimeSpan ahead)
        {
            await using var db = app.OpenDb();
            var at = TimeProvider.System.GetUtcNow() + ahead;
            await db.Set<Event>().Where(e => e.Id == scene.Event.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.StartsAt, at).SetProperty(e => e.EndsAt, at.AddHours(2)), Cancellation);
        }

        async Task<DateTimeOffset?> CameAt()
        {
            await using var db = app.OpenDb();
            return await db.Set<Plenary.Registration.Registration>().Where(r => r.PersonId == person.Id).Select(r => r.CameAt).SingleAsync(Cancellation);
        }
    }

    [Fact]
    public async Task StaffReadWhomToExpectInWordsAndNobodyElseDoes()
    {
        using var owner = await app.NewOwner();
        var @event = await Planned(owner.Organization, sold: 500, capacity: 800);
        var forecast = (await owner.Graph(Ask, new { id = @event.Id }))["event"]!["forecast"]!;
        Assert.Equal((500, 0.6, 0, 300), ((int)forecast["registered"]!, (double)forecast["showRate"]!, (int)forecast["pastEvents"]!, (int)forecast["attendees"]!));
        Assert.InRange((int)forecast["low"]!, 150, 299);
        Assert.InRange((int)forecast["high"]!, 301, 450);
        Assert.Equal([("15m", 0), ("1h", 40), ("4h", 300), ("24h", 300)], forecast["within"]!.AsArray().Select(w => ((string)w!["within"]!, (int)w["attendees"]! / 5 * 5)));
        Assert.StartsWith("60 of a hundred registered people come (the usual share, as no past event of this organization tells better)", (string)forecast["assumption"]!, StringComparison.Ordinal);

        using var guest = await app.NewGuest(@event.Id);
        using var stranger = app.Visitor();
        Assert.Null((await guest.Graph(Ask, new { id = @event.Id }))["event"]!["forecast"]);
        Assert.Null((await stranger.Graph(Ask, new { id = @event.Id }))["event"]!["forecast"]);
    }

    [Fact]
    public async Task ACancelledEventVanishesAndTheRestIsToldAsMetrics()
    {
        var scene = await Scene.Arrange(app);
        var (kept, cancelled) = (await Planned(scene.Organization.Id, 1000, 1000, minutes: 10), await Planned(scene.Organization.Id, 7_000_000, 7_000_000, minutes: 10));
        using var crowd = new ExpectedCrowd(Near(), TimeProvider.System, NullLogger<ExpectedCrowd>.Instance);
        await crowd.Look(Cancellation);
        Assert.True(crowd.Most[0] >= 0.6 * 7_001_000 - 1);
        Assert.Equal(crowd.Most.Order(), crowd.Most);

        await using (var db = app.OpenDb())
            await db.Set<Event>().Where(e => e.Id == cancelled.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Status, EventStatus.Cancelled), Cancellation);
        await crowd.Look(Cancellation);
        Assert.InRange(crowd.Most[0], 0.6 * 1000 - 1, 0.6 * 7_000_000);
        Assert.Empty(await Near().Of([cancelled.Id], Cancellation));
        Assert.Single(await Near().Of([kept.Id], Cancellation));
    }

    [Fact]
    public async Task AForecastForManyEventsTakesTheSameQueries()
    {
        using var owner = await app.NewOwner();
        await Planned(owner.Organization, 10, 10);
        const string All = "query($slug: String!) { organization(slug: $slug) { events { id forecast { attendees } } } }";
        var one = await Commands();
        for (var i = 0; i < 3; i++) await Planned(owner.Organization, 10, 10);
        Assert.Equal(one, await Commands());

        async Task<int> Commands()
        {
            await owner.Graph(All, new { slug = owner.OrganizationSlug }); // past events are known from now on
            var trace = System.Diagnostics.ActivityTraceId.CreateRandom();
            var commands = CommandCounter.Watch(trace);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = System.Net.Http.Json.JsonContent.Create(new { query = All, variables = new { slug = owner.OrganizationSlug } }) };
            request.Headers.Add("traceparent", $"00-{trace}-{System.Diagnostics.ActivitySpanId.CreateRandom()}-01");
            using var response = await owner.Browser.Http.SendAsync(request, Cancellation);
            Assert.Contains("\"attendees\":6", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
            return commands.Count;
        }
    }

    private NearEvents Near() => new(app.Services.GetRequiredService<IDbContextFactory<Db>>(), app.Services.GetRequiredService<SurgeSettings>(), TimeProvider.System);

    private async Task<Event> Planned(Guid organization, int sold, int capacity, int minutes = 90)
    {
        var start = TimeProvider.System.GetUtcNow().AddMinutes(minutes);
        var @event = new Event { OrganizationId = organization, Slug = $"e{Guid.CreateVersion7():N}", Name = "Soon", TimeZone = "Europe/Berlin", Status = EventStatus.Published, StartsAt = start, EndsAt = start.AddHours(2) };
        var room = new Plenary.Rooms.Room { EventId = @event.Id, Slug = "stage", Name = "Stage", Kind = Plenary.Rooms.RoomKind.Stage };
        await using var db = app.OpenDb();
        db.AddRange(@event, room, new Session { EventId = @event.Id, RoomId = room.Id, Title = "It", StartsAt = start, EndsAt = start.AddHours(1) },
            new TicketType { EventId = @event.Id, Name = "General", Capacity = capacity, Sold = sold });
        await db.SaveChangesAsync(Cancellation);
        return @event;
    }
}

public sealed class ForecastFactsOnSqlite(SqliteApp app) : ForecastFacts(app);

public sealed class ForecastFactsOnPostgres(PostgresApp app) : ForecastFacts(app);
