using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Forecast;
using Plenary.Platform.Jobs;
using Plenary.Rehearsals;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rehearsals;

/// <summary>What an organizer relies on when simulated people come, and what everybody else does. One rehearsal runs at a time over the installation, so these facts follow each other.</summary>
public abstract class RehearsalFacts(App app)
{
    private const string Start = "mutation($event: ID!, $attendees: Int!, $seconds: Int!) { startRehearsal(event: $event, attendees: $attendees, seconds: $seconds) { id state } }";
    private const string Stop = "mutation($id: ID!) { stopRehearsal(id: $id) { id state } }";

    private const string Read = """
        query($event: ID!) { rehearsals(event: $event) { most all { id state stoppedBecause startedBy attendees samples { second asked in p99 }
          report { verdict realPeople joins { verdict asked in refused p99 } delivery { verdict posted votes delivered lost doubled p99 } stage { verdict segments failed } capacity { people expected limitedBy } } } } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SimulatedPeopleComeWriteAndVoteAndLeaveAReportAndNothingElse()
    {
        using var owner = await app.NewOwner("Olga Owner");
        var @event = await owner.NewEvent(template: "conference", publish: true);

        // Its stages say that they are live, and there is nothing to fetch.
        foreach (var stage in @event["rooms"]!.AsArray().Where(r => (string)r!["kind"]! == "STAGE"))
            await app.Services.GetRequiredService<LiveRooms>().AppendStage(stage!.Id(), new(StageState.Live, Guid.CreateVersion7(), "/live/none/none/live.m3u8", "Grace", 1_800_000_000_000));

        var id = (await owner.Graph(Start, new { @event = @event.Id(), attendees = 12, seconds = 12 }))["startRehearsal"]!.Id();
        Assert.Equal("rehearsal-running", (await owner.Refused(Start, new { @event = @event.Id(), attendees = 12, seconds = 12 })).Code);
        var simulated = await Simulated(@event.Id());
        await NobodySeesIt(owner, (Guid)simulated[0]);
        var found = await Over(owner, @event.Id());

        Assert.Equal((id, "DONE", "", "Olga Owner"), (found.Id(), (string)found["state"]!, (string)found["stoppedBecause"]!, (string)found["startedBy"]!));
        var (report, delivery) = (found["report"]!, found["report"]!["delivery"]!);
        Assert.Equal((12, 12, 0), ((int)report["joins"]!["asked"]!, (int)report["joins"]!["in"]!, (int)report["joins"]!["refused"]!));
        Assert.True((double)delivery["posted"]! > 0 && (double)delivery["delivered"]! >= (double)delivery["posted"]!, delivery.ToJsonString());
        Assert.Equal((0, 0), ((int)delivery["lost"]!, (int)delivery["doubled"]!));
        Assert.True((int)report["capacity"]!["people"]! > 0);
        Assert.True((int)report["stage"]!["failed"]! > 0);
        Assert.Equal(("NO_GO", "NO_GO"), ((string)report["stage"]!["verdict"]!, (string)report["verdict"]!));
        Assert.NotEmpty(found["samples"]!.AsArray());
        await AreGone(simulated);
    }

    [Fact]
    public async Task AnOrganizerStopsItAndTheReportTellsWhatWasSeen()
    {
        using var owner = await app.NewOwner();
        var @event = await owner.NewEvent(publish: true);
        var id = (await owner.Graph(Start, new { @event = @event.Id(), attendees = 6, seconds = 300 }))["startRehearsal"]!.Id();
        using var other = await app.NewOwner();
        Assert.Equal("not-found", (await other.Refused(Stop, new { id })).Code);

        var simulated = await Simulated(@event.Id());
        await owner.Graph(Stop, new { id });
        var found = await Over(owner, @event.Id());

        Assert.Equal(("STOPPED", "organizer"), ((string)found["state"]!, (string)found["stoppedBecause"]!));
        Assert.NotNull(found["report"]);
        await AreGone(simulated);
        Assert.Equal("STOPPED", (string)(await owner.Graph(Stop, new { id }))["stopRehearsal"]!["state"]!);
    }

    [Fact]
    public async Task OnlyOrganizersRehearseAndNeverMorePeopleThanThereIsRoomFor()
    {
        using var owner = await app.NewOwner();
        var @event = (await owner.NewEvent(publish: true)).Id();
        var most = (int)(await owner.Graph(Read, new { @event }))["rehearsals"]!["most"]!;

        Assert.InRange(most, 1, 2_000);
        var (code, field, message) = await owner.Refused(Start, new { @event, attendees = 1_000_000, seconds = 10 });
        Assert.Equal(("too-many-attendees", "attendees"), (code, field));
        Assert.Contains("people can be simulated", message, StringComparison.Ordinal);
        Assert.Equal("attendees", (await owner.Refused(Start, new { @event, attendees = 1, seconds = 10 })).Field);
        Assert.Equal("seconds", (await owner.Refused(Start, new { @event, attendees = 10, seconds = 1 })).Field);
        Assert.Equal("seconds", (await owner.Refused(Start, new { @event, attendees = 10, seconds = 100_000 })).Field);
        using var producer = await app.NewAccount();
        await using (var db = app.OpenDb())
        {
            db.Add(new EventRoleGrant { EventId = @event, PersonId = producer.Id, Role = EventRole.Producer, Since = TimeProvider.System.GetUtcNow() });
            await db.SaveChangesAsync(Cancellation);
        }
        Assert.Equal("forbidden", (await producer.Refused(Start, new { @event, attendees = 10, seconds = 10 })).Code);
        Assert.Equal("forbidden", (await producer.Refused(Read, new { @event })).Code);
        using var guest = await app.NewGuest(@event);
        Assert.Equal("sign-in-required", (await guest.Refused(Start, new { @event, attendees = 10, seconds = 10 })).Code);
        await using (var db = app.OpenDb()) await db.Set<Event>().Where(e => e.Id == @event).ExecuteUpdateAsync(set => set.SetProperty(e => e.Status, EventStatus.Ended), Cancellation);
        Assert.Equal("event-over", (await owner.Refused(Start, new { @event, attendees = 10, seconds = 10 })).Code);
    }

    [Fact]
    public async Task WhatAProcessLeftBehindIsPutAwayAndTheNextMayBegin()
    {
        using var owner = await app.NewOwner();
        var @event = await owner.NewEvent(publish: true);
        var now = TimeProvider.System.GetUtcNow();
        var left = new Rehearsal { EventId = @event.Id(), StartedById = owner.Id, Attendees = 5, Seconds = 60, StartedAt = now, BeatAt = now - TidyRehearsals.Silence / 2, SandboxId = Guid.CreateVersion7(), Slot = 1 };
        await using var db = app.OpenDb();
        db.Add(left);
        await db.SaveChangesAsync(Cancellation);
        // While somebody is at it, making the copy takes as long as it takes.
        await using (app.Services.GetRequiredService<RehearsalRun>().Beat(left.Id))
        {
            var original = await db.Set<Event>().SingleAsync(e => e.Id == left.EventId, Cancellation);
            await app.Services.GetRequiredService<Sandbox>().Make(left.SandboxId!.Value, original, 5, Cancellation);
            for (var tries = 0; await db.Set<Rehearsal>().AnyAsync(r => r.Id == left.Id && r.BeatAt < now, Cancellation); tries++)
            {
                Assert.True(tries < 1_200, "nothing beats");
                await Task.Delay(50, Cancellation);
            }
        }
        var simulated = await Simulated(@event.Id());

        // The process is gone. Somebody else may put it away, this or the job that looks every half a minute; never both.
        await db.Set<Rehearsal>().Where(r => r.Id == left.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.BeatAt, now - 2 * TidyRehearsals.Silence), Cancellation);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IJobHandler>().OfType<TidyRehearsals>().Single().Handle("{}", Cancellation);

        var found = await Over(owner, @event.Id());
        Assert.Equal(("FAILED", "ended"), ((string)found["state"]!, (string)found["stoppedBecause"]!));
        await AreGone(simulated);
    }

    [Fact]
    public async Task AnEventOfRealPeopleIsNeverRemoved()
    {
        using var owner = await app.NewOwner();
        var @event = (await owner.NewEvent(publish: true)).Id();

        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Services.GetRequiredService<Sandbox>().Remove(@event, Cancellation));

        await using var db = app.OpenDb();
        Assert.True(await db.Set<Room>().AnyAsync(r => r.EventId == @event, Cancellation));
    }

    private async Task NobodySeesIt(Owner owner, Guid copy)
    {
        await using var db = app.OpenDb();
        Assert.False(await db.Set<Event>().AnyAsync(e => e.Id == copy, Cancellation));
        var slug = await db.Set<Event>().WithRehearsals().Where(e => e.Id == copy).Select(e => e.Slug).SingleAsync(Cancellation);
        var seen = await owner.Graph("query($slug: String!, $id: ID!) { bySlug: event(slug: $slug) { id } byId: event(id: $id) { id } }", new { slug, id = copy });
        Assert.Equal((null, null), (seen["bySlug"], seen["byId"]));
        Assert.Empty(await app.Services.GetRequiredService<NearEvents>().Of([copy], Cancellation));
        Assert.DoesNotContain(await app.Services.GetRequiredService<NearEvents>().Soon(Cancellation), e => e.Id == copy);
    }

    private static async Task<JsonNode> Over(Owner owner, Guid @event)
    {
        for (var tries = 0; ; tries++)
        {
            var latest = (await owner.Graph(Read, new { @event }))["rehearsals"]!["all"]![0]!;
            if ((string)latest["state"]! != "RUNNING") return latest;
            Assert.True(tries < 4_500, "it never ended: " + latest.ToJsonString());
            await Task.Delay(100, Cancellation);
        }
    }

    /// <summary>The copy, its rooms and its people, as they are now; waits until all of them are there.</summary>
    private async Task<object[]> Simulated(Guid @event)
    {
        for (var tries = 0; ; tries++)
        {
            await using var db = app.OpenDb();
            var row = await db.Set<Rehearsal>().AsNoTracking().SingleAsync(r => r.EventId == @event && r.Slot != null, Cancellation);
            var people = await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == row.SandboxId).Select(r => r.PersonId).ToListAsync(Cancellation);
            if (people.Count == row.Attendees)
                return [row.SandboxId!.Value, .. (await db.Set<Room>().Where(r => r.EventId == row.SandboxId).Select(r => r.Id).ToListAsync(Cancellation)).Concat(people).Cast<object>()];
            Assert.True(tries < 4_500, "the copy was never made");
            await Task.Delay(20, Cancellation);
        }
    }

    /// <summary>Nothing in any table has one of these ids.</summary>
    private async Task AreGone(object[] ids)
    {
        await using var db = app.OpenDb();
        var list = string.Join(", ", ids.Select((_, i) => $"{{{i}}}"));
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.GetTableName() is not null && !t.IsOwned()))
            foreach (var property in type.GetProperties().Where(p => p.ClrType == typeof(Guid) || p.ClrType == typeof(Guid?)))
            {
                var sql = $"SELECT CAST(count(*) AS int) AS \"Value\" FROM \"{type.GetTableName()}\" WHERE \"{property.GetColumnName()}\" IN ({list})";
                Assert.True(await db.Database.SqlQueryRaw<int>(sql, ids).SingleAsync(Cancellation) == 0, $"{type.GetTableName()}.{property.GetColumnName()} still knows of the rehearsal");
            }
    }
}

public sealed class RehearsalFactsOnSqlite(SqliteApp app) : RehearsalFacts(app);

public sealed class RehearsalFactsOnPostgres(PostgresApp app) : RehearsalFacts(app);
