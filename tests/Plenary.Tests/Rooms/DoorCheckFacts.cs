using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>Many at the door at once: each gets the answer that is theirs, and the database is asked once for all.</summary>
public abstract class DoorCheckFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMixedCrowdIsCheckedInFiveQueriesAndEachGetsTheirOwnAnswer()
    {
        var scene = await Scene.Arrange(app);
        var draft = await Scene.Arrange(app, EventStatus.Draft);
        var over = await Scene.Arrange(app, EventStatus.Ended);
        var (ann, cancelled) = (await scene.Attendee("Ann"), await scene.Attendee("Carl"));
        await scene.Cancel(cancelled);
        var (speaker, owner, stranger) = (await scene.Granted(EventRole.Speaker), await scene.Member(OrganizationRole.Owner), await scene.Stranger());
        var (rehearsing, early, late) = (await draft.Granted(EventRole.Speaker), await draft.Attendee("Eve"), await over.Attendee("Lea"));
        await draft.Save(new EventRoleGrant { EventId = draft.Event.Id, PersonId = ann.Id, Role = EventRole.Producer });
        Viewer Account(Person person) => new(person.Id, null);
        var (room, draftRoom) = (scene.Stage.Id, draft.Stage.Id);
        var crowd = new (Viewer Viewer, Guid Room, string? Expected)[]
        {
            (Account(ann), room, "Ann: attendee"),
            (Viewer.Stranger, room, null),
            (Account(cancelled), room, null),
            (Account(speaker), room, "A Speaker: speaker"),
            (Account(owner), room, "A Owner: organizer"),
            (new(owner.Id, scene.Event.Id), room, null), // a forwarded link does not carry the organization's roles
            (new(ann.Id, scene.Event.Id), room, "Ann: attendee"),
            (new(ann.Id, draft.Event.Id), room, null), // a session of another event
            (Account(stranger), room, null),
            (Account(ann), draftRoom, "Ann: producer"),
            (new(ann.Id, draft.Event.Id), draftRoom, null), // nor does a link carry crew
            (Account(rehearsing), draftRoom, "A Speaker: speaker"),
            (Account(early), draftRoom, null), // registered, but it is a draft
            (Account(owner), draftRoom, null), // of another organization
            (Account(late), over.Stage.Id, "Lea: attendee"),
            (Account(ann), Guid.CreateVersion7(), null),
            (Account(new Person { Name = "Nobody" }), room, null),
            (Account(ann), room, "Ann: attendee"),
        };

        var together = await InCommands(5, [.. crowd.Select(c => new RoomRequest(c.Viewer, c.Room))]);

        Assert.Equal(crowd.Select(c => c.Expected), together.Select(Told));
        await using var db = app.OpenDb();
        foreach (var (viewer, at, expected) in crowd) Assert.Equal(expected, Told(await db.RoomPassOf(viewer, at, Cancellation)));
        await InCommands(4, [new(new(ann.Id, scene.Event.Id), room), new(new(speaker.Id, scene.Event.Id), room)]);
        await InCommands(1, [new(Account(ann), Guid.CreateVersion7()), new(new(ann.Id, draft.Event.Id), room)]);
        await InCommands(0, [new(Viewer.Stranger, room)]);
    }

    [Fact]
    public async Task AThousandWhoComeAtOnceAreLetInByWhatIsTrueNow()
    {
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(1_000);
        var door = app.Services.GetRequiredService<DoorCheck>();

        var passes = await Task.WhenAll(people.Select(p => door.PassOf(new(p.Id, null), scene.Stage.Id, Cancellation)));
        Assert.Equal(people.Select(p => p.Id), passes.Select(p => p!.Person));
        await scene.Cancel(people[0]);
        Assert.Null(await door.PassOf(new(people[0].Id, null), scene.Stage.Id, Cancellation));
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => door.PassOf(new(people[1].Id, null), scene.Stage.Id, gone.Token));
    }

    private static string? Told(RoomPass? pass) => pass is null ? null : $"{pass.Name}: {pass.Role}";

    private async Task<RoomPass?[]> InCommands(int expected, RoomRequest[] requests)
    {
        using var activity = new Activity("door").Start();
        var commands = CommandCounter.Watch(activity.TraceId);
        await using var db = app.OpenDb();
        var passes = await db.RoomPassesOf(requests, Cancellation);
        Assert.True(expected == commands.Count, $"expected {expected} commands, got {commands.Count}:\n{string.Join("\n---\n", commands)}");
        return passes;
    }
}

public sealed class DoorCheckFactsOnSqlite(SqliteApp app) : DoorCheckFacts(app);

public sealed class DoorCheckFactsOnPostgres(PostgresApp app) : DoorCheckFacts(app);
