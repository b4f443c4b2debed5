using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Rooms.Attendance;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>A person of an event is reached wherever they are, and only they are.</summary>
public abstract class AttendanceFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LivePeople People => app.Services.GetRequiredService<LivePeople>();

    [Fact]
    public async Task WhatConcernsAPersonIsToldOnAllTheirConnectionsAndToNobodyElse()
    {
        var scene = await Scene.Arrange(app);
        var (ada, ben) = (await scene.Attendee("Ada"), await scene.Attendee("Ben"));
        await using var laptop = await scene.Connect(ada);
        await using var phone = await scene.Connect(ada, json: true, onlyEvent: scene.Event.Id);
        await using var elsewhere = await scene.Connect(ada); // connected, and not there for this event
        await using var other = await scene.Connect(ben);
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var client in (LiveClient[])[laptop, phone, other])
        {
            var attending = await client.Attend(scene.Event.Id);
            Assert.Equal((scene.Event.Id, client == other ? ben.Id : ada.Id), (attending.Event, attending.Person));
            Assert.InRange(attending.At, before, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        }

        await laptop.Attend(scene.Event.Id); // again is not twice
        await People.Tell(scene.Event.Id, ada.Id, "greeting", "{\"hello\":1}");
        await People.TellEach(scene.Event.Id, "round", [(ada.Id, "\"a\""), (ben.Id, "\"b\""), .. Enumerable.Range(0, 10_000).Select(n => (Guid.CreateVersion7(), "\"nobody here\""))]);
        await People.TellAll(scene.Event.Id, [ada.Id, ben.Id], "last", "{}");
        foreach (var client in (LiveClient[])[laptop, phone, other]) await client.Until(() => client.Told.Any(t => t.About == "last"), "the last word");
        Assert.Equal([("greeting", "{\"hello\":1}"), ("round", "\"a\""), ("last", "{}")], laptop.Told.Select(t => (t.About, t.Data)));
        Assert.Equal(laptop.Told, phone.Told);
        Assert.Equal([("round", "\"b\""), ("last", "{}")], other.Told.Select(t => (t.About, t.Data)));
        Assert.All(laptop.Told, t => Assert.Equal((null, (Guid?)scene.Event.Id), (t.Room, t.Event)));

        await laptop.Hub.InvokeAsync("Unattend", scene.Event.Id.ToString(), Cancellation);
        await People.Tell(scene.Event.Id, ada.Id, "later", "{}");
        await phone.Until(() => phone.Told.Any(t => t.About == "later"), "what came later");
        Assert.DoesNotContain(laptop.Told, t => t.About == "later");
        Assert.Empty(elsewhere.Told);
    }

    [Fact]
    public async Task OnlyWhoIsOfTheEventAttends()
    {
        var scene = await Scene.Arrange(app);
        var next = await Scene.Arrange(app);
        var draft = await Scene.Arrange(app, EventStatus.Draft);
        var ada = await scene.Attendee("Ada");
        await using var nobody = await scene.Connect(null);
        Assert.Equal("sign-in-required", await LiveClient.Refused(() => nobody.Attend(scene.Event.Id)));
        await using var stranger = await scene.Connect(await scene.Stranger());
        Assert.Equal("not-found", await LiveClient.Refused(() => stranger.Attend(scene.Event.Id)));
        Assert.Equal("not-found", await LiveClient.Refused(() => stranger.Attend(Guid.CreateVersion7())));
        Assert.Equal("invalid-input", await LiveClient.Refused(() => stranger.Hub.InvokeAsync("Attend", new AttendRequest("x"), Cancellation)));
        await using var linked = await scene.Connect(ada, onlyEvent: next.Event.Id);
        Assert.Equal("not-found", await LiveClient.Refused(() => linked.Attend(scene.Event.Id)));
        await using var early = await draft.Connect(await draft.Attendee());
        Assert.Equal("not-found", await LiveClient.Refused(() => early.Attend(draft.Event.Id)));
        await using var speaker = await draft.Connect(await draft.Granted(EventRole.Speaker));
        await speaker.Attend(draft.Event.Id);
        await using var owner = await draft.Connect(await draft.Member(OrganizationRole.Owner));
        await owner.Attend(draft.Event.Id);
    }

    [Fact]
    public async Task WhoIsNotOfTheEventAnyMoreIsToldSoAndNothingElse()
    {
        var scene = await Scene.Arrange(app);
        var (ada, ben) = (await scene.Attendee("Ada"), await scene.Attendee("Ben"));
        await using var leaves = await scene.Connect(ada);
        await using var stays = await scene.Connect(ben);
        await leaves.Attend(scene.Event.Id);
        await stays.Attend(scene.Event.Id);
        await scene.Cancel(ada);
        await leaves.Until(() => leaves.Unattended.Count == 1, "to be told");
        Assert.Equal((scene.Event.Id, "no-longer-here"), (leaves.Unattended[0].Event, leaves.Unattended[0].Code));
        await People.TellAll(scene.Event.Id, [ada.Id, ben.Id], "secret", "{}");
        await stays.Until(() => stays.Told.Count == 1, "the secret");
        // What follows on the same connection has overtaken nothing.
        Assert.True(await leaves.Hub.InvokeAsync<long>("Now", Cancellation) > 0);
        Assert.Empty(leaves.Told);
        Assert.Equal("not-found", await LiveClient.Refused(() => leaves.Attend(scene.Event.Id)));
    }

    [Fact]
    public async Task AThousandWhoComeAtOnceAreLetInByWhatIsTrueNow()
    {
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(1_000);
        await scene.Cancel(people[0]);
        var check = app.Services.GetRequiredService<AttendanceCheck>();
        var answers = await Task.WhenAll(people.Select(p => check.IsOf(new(p.Id, null), scene.Event.Id, Cancellation)));
        Assert.Equal(people.Select(p => p.Id != people[0].Id), answers);
    }
}

public sealed class AttendanceFactsOnSqlite(SqliteApp app) : AttendanceFacts(app);

public sealed class AttendanceFactsOnPostgres(PostgresApp app) : AttendanceFacts(app);

/// <summary>Over several processes.</summary>
[Trait("Speed", "Slow")]
public sealed class AttendanceClusterFacts(PostgresApp app)
{
    [Fact]
    public async Task ARightThatEndsEndsInEveryProcess()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        await using var cluster = await ClusterOfProcesses.StartAsync(await app.CreateDatabaseAsync(), count: 2);
        var scene = await Scene.Arrange(cluster.OpenDb, cluster[0].Url, cluster.Keys);
        var ada = await scene.Attendee("Ada");
        await using var here = await new LiveClient(cluster[0].Url, scene.Sessions.Cookie(ada.Id)).Start();
        await using var there = await new LiveClient(cluster[1].Url, scene.Sessions.Cookie(ada.Id)).Start();
        await here.Attend(scene.Event.Id);
        await there.Attend(scene.Event.Id);
        await scene.Cancel(ada);
        await here.Until(() => here.Unattended.Count == 1, "to be told");
        await there.Until(() => there.Unattended.Count == 1, "to be told");
    }
}
