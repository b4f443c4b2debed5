using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Moderation;

/// <summary>An event with a moderator and somebody honest who listens, shared by all facts of a class.</summary>
internal sealed class Yard
{
    public const string RestrictDocument =
        "mutation($event: ID!, $person: ID!, $kind: RestrictionKind!, $room: ID, $minutes: Int, $reason: String) { restrictPerson(event: $event, person: $person, kind: $kind, room: $room, minutes: $minutes, reason: $reason) }";

    public const string LiftDocument = "mutation($id: ID!) { liftRestriction(id: $id) }";
    public const string DecideDocument = "mutation($room: ID!, $id: ID!, $through: Boolean!) { decideHeld(room: $room, id: $id, through: $through) }";
    public const string QueueDocument = "query($event: ID!) { moderation(event: $event) { seesLog items { kind id room person name text why releaseAt } restricted { id person kind } } }";
    private const string RulesDocument = "mutation($room: ID!, $input: RoomRulesInput!) { setRoomRules(room: $room, input: $input) { slowSeconds delaySeconds holdsAll locked links words } }";

    private static readonly ConcurrentDictionary<(App, bool), Task<Yard>> Yards = new();

    private readonly App app;

    private Yard(App app, Scene scene, Studio moderator, Person moderates, LiveClient honest) => (this.app, Scene, Moderator, Moderates, Honest) = (app, scene, moderator, moderates, honest);

    public Scene Scene { get; }

    public Studio Moderator { get; }

    public Person Moderates { get; }

    /// <summary>Somebody on the stage's room who did nothing.</summary>
    public LiveClient Honest { get; }

    public App App => app;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A yard of this application, made once: one for what is decided about people, another with the many rooms whose rules are tried, which a decision would all wake.</summary>
    public static Task<Yard> Of(App app, bool ofRooms) => Yards.GetOrAdd((app, ofRooms), _ => New(app));

    /// <summary>One for a fact alone.</summary>
    public static async Task<Yard> New(App app)
    {
        var scene = await Scene.Arrange(app);
        var moderates = await scene.Granted(EventRole.Moderator);
        return new(app, scene, new(app.Url, scene, moderates), moderates, await scene.Enter(await scene.Attendee("Hana Honest")));
    }

    /// <summary>One more room of the event, with these rules.</summary>
    public async Task<Room> NewRoom(object? rules = null)
    {
        var room = new Room { EventId = Scene.Event.Id, Slug = $"r{Guid.CreateVersion7():N}", Name = "Side", Kind = RoomKind.Networking };
        await Scene.Save(room);
        if (rules is not null) await Rule(room, rules);
        return room;
    }

    public Task Rule(Room room, object input) => Moderator.Graph(RulesDocument, new { room = room.Id, input });

    public async Task<Guid> Restrict(Person person, string kind, Room? room = null, int? minutes = null, string? reason = null) =>
        Guid.Parse((string)(await Moderator.Graph(RestrictDocument, new { @event = Scene.Event.Id, person = person.Id, kind, room = room?.Id, minutes, reason }))["restrictPerson"]!);

    public Studio As(Person? person, bool byLink = false) => new(app.Url, Scene, person, byLink ? Scene.Event.Id : null);

    /// <summary>The room is led anew, as after its process is gone: what it knows it reads from the database.</summary>
    public Task LeadAnew(Room room) => app.Services.GetRequiredService<IGrainFactory>().GetGrain<IRoomGrain>(room.Id).Cast<IGrainManagementExtension>().DeactivateOnIdle().AsTask();

    /// <summary>Registers by the event's page as a stranger does; the person whom that made, if any.</summary>
    public async Task<Person?> Register(string email, string name)
    {
        using var stranger = app.Visitor();
        await stranger.Graph(Registration.Tickets.Register, Registration.Tickets.Input(Scene.Ticket, email, name));
        await using var db = app.OpenDb();
        var key = email.ToUpperInvariant();
        return await (from p in db.Users.AsNoTracking()
                      where p.NormalizedEmail == key
                      join r in db.Set<Plenary.Registration.Registration>() on p.Id equals r.PersonId
                      where r.EventId == Scene.Event.Id && r.CancelledAt == null
                      select p).SingleOrDefaultAsync(Cancellation);
    }

    /// <summary>What anybody was ever shown with these words: in a chat, as a question, at a table, in private.</summary>
    public async Task<int> Shown(string words)
    {
        await using var db = app.OpenDb();
        return await db.Set<RoomEntry>().CountAsync(e => e.Text!.Contains(words), Cancellation)
            + await db.Set<Plenary.Questions.Question>().CountAsync(q => q.Text.Contains(words) && q.State != Plenary.Questions.QuestionState.Held && q.State != Plenary.Questions.QuestionState.Dismissed, Cancellation)
            + await db.Set<Plenary.Messages.Message>().CountAsync(m => m.Text.Contains(words), Cancellation);
    }
}
