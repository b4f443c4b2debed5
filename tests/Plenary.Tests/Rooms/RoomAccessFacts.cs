using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Platform.Live;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>Who gets into a room, and what those who do not get to know: nothing.</summary>
public abstract class RoomAccessFacts(App app)
{
    private const string Secret = "The numbers are bad: 40 % down.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SigningOutClosesWhatThatBrowserLeftOpenAndNothingElse()
    {
        var scene = await Scene.Arrange(app);
        using var person = await app.NewAccount();
        await scene.Save(new EventRoleGrant { EventId = scene.Event.Id, PersonId = person.Id, Role = EventRole.Moderator });
        await using var here = await new LiveClient(app.Url, person.Browser.Cookies.GetCookieHeader(app.Url)).Start();
        await using var elsewhere = await new LiveClient(app.Url, scene.Sessions.Cookie(person.Id)).Start();
        await here.Join(scene.Stage.Id);
        await elsewhere.Join(scene.Stage.Id);
        var closed = new TaskCompletionSource();
        here.Hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await person.Graph("mutation { signOut }");
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        await elsewhere.Post("Said after the other browser signed out");
        await elsewhere.Reaches(1);
        Assert.Empty(here.Log);
    }

    [Fact]
    public async Task WhoIsNotOfTheEventCannotEnterWriteOrHear()
    {
        var scene = await Scene.Arrange(app);
        var elsewhere = await Scene.Arrange(app);
        var cancelled = await scene.Attendee("Carla Cancelled");
        await scene.Cancel(cancelled);
        var ofBoth = await elsewhere.Attendee("Ben Both");
        await scene.Save(new Plenary.Registration.Registration { EventId = scene.Event.Id, TicketTypeId = scene.Ticket.Id, PersonId = ofBoth.Id, Name = ofBoth.Name });
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        await ann.Post(Secret);
        var intruders = new Dictionary<string, LiveClient>
        {
            ["nobody"] = await scene.Connect(null),
            ["a stranger"] = await scene.Connect(await scene.Stranger()),
            ["an attendee of another event"] = await scene.Connect(await elsewhere.Attendee()),
            ["the owner of another organization"] = await scene.Connect(await elsewhere.Member(OrganizationRole.Owner)),
            ["somebody who cancelled"] = await scene.Connect(cancelled),
            ["a link of another event"] = await scene.Connect(ofBoth, onlyEvent: elsewhere.Event.Id),
            ["a forged cookie"] = await new LiveClient(app.Url, "plenary=CfDJ8forged").Start(),
        };
        foreach (var (who, client) in intruders)
        {
            var heard = 0;
            client.Hub.On<Frame>("Frame", _ => heard++);

            var code = await LiveClient.Refused(() => client.Join(scene.Stage.Id));
            Assert.Equal(who is "nobody" or "a forged cookie" ? "sign-in-required" : "not-found", code);
            Assert.Equal(code, await LiveClient.Refused(() => client.Join(Guid.CreateVersion7())));
            Assert.Equal("not-joined", await LiveClient.Refused(() => client.Post("let me in")));
            Assert.Equal("not-joined", await LiveClient.Refused(() => client.Hub.InvokeAsync<bool>("React", new ReactRequest(scene.Stage.Id.ToString(), "clap"), Cancellation)));
            Assert.Equal("not-joined", await LiveClient.Refused(() => client.Hub.InvokeAsync("Watching", new WatchingRequest(scene.Stage.Id.ToString(), 1), Cancellation)));
            await client.Hub.InvokeAsync("Leave", scene.Stage.Id.ToString(), Cancellation);

            await ann.Post(Secret);
            await ann.Reaches(ann.Log.Length);
            // Answers come after what was sent before them on the same connection.
            Assert.Equal(code, await LiveClient.Refused(() => client.Join(scene.Stage.Id)));
            Assert.Equal((0, 0), (heard, client.Log.Length));
            await client.DisposeAsync();
        }
        await using var db = app.OpenDb();
        Assert.All(await db.Set<RoomEntry>().Where(e => e.RoomId == scene.Stage.Id).ToListAsync(Cancellation), e => Assert.Equal(Secret, e.Text));
    }

    [Fact]
    public async Task EveryoneOfTheEventEntersWithTheirForemostRole()
    {
        var scene = await Scene.Arrange(app);
        var attendee = await scene.Attendee();
        var expected = new (Person Person, Guid? OnlyEvent, string Role)[]
        {
            (attendee, null, "attendee"),
            (attendee, scene.Event.Id, "attendee"),
            (await scene.Granted(EventRole.Speaker), scene.Event.Id, "speaker"),
            (await scene.Granted(EventRole.Moderator), null, "moderator"),
            (await scene.Member(OrganizationRole.Moderator), null, "moderator"),
            (await scene.Member(OrganizationRole.Producer), null, "producer"),
            (await scene.Member(OrganizationRole.Owner), null, "organizer"),
        };
        foreach (var (person, onlyEvent, role) in expected)
        {
            await using var client = await scene.Connect(person, onlyEvent: onlyEvent);
            Assert.Equal(new You(person.Id, person.Name, role), (await client.Join(scene.Stage.Id)).You);
        }
        // The organization's roles do not come with a personal link: it may have been forwarded.
        await using var forwarded = await scene.Connect(expected[^1].Person, onlyEvent: scene.Event.Id);
        Assert.Equal("not-found", await LiveClient.Refused(() => forwarded.Join(scene.Stage.Id)));
    }

    [Fact]
    public async Task ARoomOfADraftIsForThoseWhoPrepareIt()
    {
        var scene = await Scene.Arrange(app, EventStatus.Draft);
        await using var attendee = await scene.Connect(await scene.Attendee());
        Assert.Equal("not-found", await LiveClient.Refused(() => attendee.Join(scene.Stage.Id)));
        await using var speaker = await scene.Enter(await scene.Granted(EventRole.Speaker));
        await using var producer = await scene.Enter(await scene.Member(OrganizationRole.Producer));
        await speaker.Post("Can you hear me?");
        await producer.Reaches(1);
    }

    [Fact]
    public async Task WhenAnEventIsOverOnlyTheCrewStillEnters()
    {
        var scene = await Scene.Arrange(app, EventStatus.Ended);
        await using var attendee = await scene.Connect(await scene.Attendee());
        Assert.Equal("event-over", await LiveClient.Refused(() => attendee.Join(scene.Stage.Id)));
        await using var stranger = await scene.Connect(await scene.Stranger());
        Assert.Equal("not-found", await LiveClient.Refused(() => stranger.Join(scene.Stage.Id)));
        await using var crew = await scene.Enter(await scene.Member(OrganizationRole.Admin));
    }

    [Fact]
    public async Task WhoeverCancelsIsTakenOutOfTheRoomAndNobodyElseNotices()
    {
        var scene = await Scene.Arrange(app);
        var carla = await scene.Attendee("Carla");
        await using var tab = await scene.Enter(carla);
        await using var otherTab = await scene.Enter(carla, json: true);
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));

        await scene.Cancel(carla);

        foreach (var gone in new[] { tab, otherTab })
        {
            await gone.Until(() => gone.Removals.Count == 1, "being taken out");
            Assert.Equal((scene.Stage.Id, "no-longer-here"), (gone.Removals[0].Room, gone.Removals[0].Code));
            Assert.Equal("not-joined", await LiveClient.Refused(() => gone.Post("one more thing")));
            Assert.Equal("not-found", await LiveClient.Refused(() => gone.Join(scene.Stage.Id)));
        }
        await ann.Until(() => ann.Present == 1, "Carla being gone");
        await ann.Post(Secret);
        await ann.Reaches(1);
        Assert.Equal("not-joined", await LiveClient.Refused(() => tab.Post("still here?")));
        Assert.Empty(tab.Log);
        Assert.Equal(0, ann.Resyncs);
    }

    [Fact]
    public async Task WhoeverIsTakenOutWhileTheRoomMovesIsTakenOutWhenItHasMoved()
    {
        var scene = await Scene.Arrange(app);
        var carla = await scene.Attendee("Carla");
        await using var tab = await scene.Enter(carla);
        var services = app.Services;
        var room = services.GetRequiredService<IGrainFactory>().GetGrain<IRoomGrain>(scene.Stage.Id);
        // A room that was started anew knows nobody who could be told.
        await room.Unsubscribe(services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToString());
        await scene.Cancel(carla);
        await services.GetRequiredService<LiveRooms>().Reconsider(scene.Stage.Id, carla.Id);

        await using var ann = await scene.Enter(await scene.Attendee("Ann")); // has the process call the room

        await tab.Until(() => tab.Removals.Count == 1, "being taken out");
    }

    [Fact]
    public async Task WhoeverCancelsBetweenTheDoorAndTheRoomDoesNotGetIn()
    {
        var scene = await Scene.Arrange(app);
        var carla = await scene.Attendee("Carla");
        var (services, clock) = (app.Services, app.Services.GetRequiredService<TimeProvider>());
        var room = new RelayedRoom(scene.Stage.Id, "a process", services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<Fanout>().NewCrowd(),
            (_, _) => Task.CompletedTask, services.GetRequiredService<LiveMeters>(), clock, NullLogger.Instance);
        await room.Subscribe();
        var asked = clock.GetTimestamp();
        var pass = await services.GetRequiredService<DoorCheck>().PassOf(new(carla.Id, null), scene.Stage.Id, Cancellation);
        var newcomer = new RoomMember(RoomMembersProperty.NewLane(1), new(carla.Id, null), pass!);

        await room.OnReconsider(carla.Id);

        Assert.Null(room.Join(newcomer, null, asked));
        Assert.True(room.IsStale(carla.Id, asked));
        Assert.NotNull(room.Join(newcomer, null, clock.GetTimestamp() + 1));
        Assert.True(room.Leave(newcomer));
        await room.Unsubscribe();
    }

    [Fact]
    public async Task WhoeverIsMadeASpeakerSpeaksAsOneWithoutComingBack()
    {
        var scene = await Scene.Arrange(app);
        var ann = await scene.Attendee("Ann");
        await using var client = await scene.Enter(ann);
        await using var other = await scene.Enter(await scene.Attendee());
        await client.Post("as attendee");
        await using (var db = app.OpenDb())
        {
            db.Add(new EventRoleGrant { EventId = scene.Event.Id, PersonId = ann.Id, Role = EventRole.Speaker });
            await db.SaveChangesAsync(Cancellation);
        }
        await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<LiveRooms>(app.Services).Reconsider(scene.Stage.Id, ann.Id);

        // The word goes through the room's queue to the relay; keep writing until it has arrived.
        for (var n = 0; n < 8 && client.Log.LastOrDefault()?.Role != "speaker"; n++) await client.Reaches((await client.PostUntilKept("as speaker", Guid.CreateVersion7())).Seq);

        Assert.Equal(("attendee", "speaker"), (client.Log[0].Role, client.Log[^1].Role));
        Assert.Equal(0, client.Resyncs);
    }

    [Fact]
    public async Task TheGraphShowsARoomOnlyToThoseWhoMayEnterIt()
    {
        var scene = await Scene.Arrange(app);
        const string query = "query($id: ID!) { room(id: $id) { name viewerMayBroadcast event { name } } }";
        async Task<bool?> MayBroadcast(Person person)
        {
            using var visitor = app.Visitor();
            visitor.Http.DefaultRequestHeaders.Add("Cookie", scene.Sessions.Cookie(person.Id));
            var room = (await visitor.Graph(query, new { id = scene.Stage.Id }))["room"]!;
            Assert.Equal(("Main Stage", "E"), ((string)room["name"]!, (string)room["event"]!["name"]!));
            return (bool)room["viewerMayBroadcast"]!;
        }
        Assert.False(await MayBroadcast(await scene.Attendee()));
        Assert.False(await MayBroadcast(await scene.Member(OrganizationRole.Moderator)));
        Assert.True(await MayBroadcast(await scene.Granted(EventRole.Speaker)));
        Assert.True(await MayBroadcast(await scene.Member(OrganizationRole.Producer)));

        foreach (var person in new[] { null, await scene.Stranger() })
        {
            using var visitor = app.Visitor();
            if (person is not null) visitor.Http.DefaultRequestHeaders.Add("Cookie", scene.Sessions.Cookie(person.Id));
            var (code, _, message) = await visitor.Refused(query, new { id = scene.Stage.Id });
            Assert.Equal("not-found", code);
            Assert.DoesNotContain("Main Stage", message, StringComparison.Ordinal);
        }
    }
}

public sealed class RoomAccessFactsOnSqlite(SqliteApp app) : RoomAccessFacts(app);

public sealed class RoomAccessFactsOnPostgres(PostgresApp app) : RoomAccessFacts(app);
