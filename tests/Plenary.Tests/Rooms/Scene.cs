using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Live;
using Plenary.Registration;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>A published event with a stage, and people who registered for it, written straight into the database.</summary>
public sealed class Scene
{
    private readonly Func<Db> openDb;
    private readonly Uri site;
    private DeafRelay? deaf; // references to it are weak

    private Scene(Func<Db> openDb, Uri site, Sessions sessions) => (this.openDb, this.site, Sessions) = (openDb, site, sessions);

    public Sessions Sessions { get; }

    public Organization Organization { get; } = new() { Slug = $"o{Guid.CreateVersion7():N}", Name = "O" };

    public Event Event { get; private set; } = null!;

    public TicketType Ticket { get; private set; } = null!;

    public Room Stage { get; private set; } = null!;

    /// <summary>Behind the stage.</summary>
    public Room Backstage { get; private set; } = null!;

    public static async Task<Scene> Arrange(App app, EventStatus status = EventStatus.Published)
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        return await Arrange(app.OpenDb, app.Url, app.Services.GetRequiredService<IDataProtectionProvider>(), status);
    }

    public static async Task<Scene> Arrange(Func<Db> openDb, Uri site, IDataProtectionProvider keys, EventStatus status = EventStatus.Published)
    {
        var scene = new Scene(openDb, site, new Sessions(keys));
        var now = TimeProvider.System.GetUtcNow();
        scene.Event = new()
        {
            OrganizationId = scene.Organization.Id,
            Slug = $"e{Guid.CreateVersion7():N}",
            Name = "E",
            TimeZone = "Europe/Berlin",
            Status = status,
            StartsAt = now,
            EndsAt = now.AddDays(1),
        };
        scene.Ticket = new() { EventId = scene.Event.Id, Name = "General", Capacity = 10_000 };
        scene.Stage = new() { EventId = scene.Event.Id, Slug = "stage", Name = "Main Stage", Kind = RoomKind.Stage };
        scene.Backstage = Room.Behind(scene.Stage);
        await scene.Save(scene.Organization, scene.Event, scene.Ticket, scene.Stage, scene.Backstage);
        return scene;
    }

    public async Task Save(params object[] rows)
    {
        await using var db = openDb();
        db.AddRange(rows);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Somebody without any relation to the event.</summary>
    public async Task<Person> Stranger(string name = "Sam Stranger")
    {
        var person = NewPerson(name);
        await Save(person);
        return person;
    }

    /// <summary>Somebody registered for the event.</summary>
    public async Task<Person> Attendee(string name = "Ann Attendee")
    {
        var person = NewPerson(name);
        await Save(person, Registration(person));
        return person;
    }

    public async Task<Person[]> Attendees(int count)
    {
        var people = Enumerable.Range(1, count).Select(n => NewPerson($"Person {n}")).ToArray();
        await Save([.. people, .. people.Select(Registration)]);
        return people;
    }

    /// <summary>What cancelling a registration writes.</summary>
    public async Task Cancel(Person person)
    {
        await using var db = openDb();
        var registration = await db.Set<Plenary.Registration.Registration>().SingleAsync(r => r.PersonId == person.Id && r.EventId == Event.Id, TestContext.Current.CancellationToken);
        registration.CancelledAt = TimeProvider.System.GetUtcNow();
        db.AddAccessChanged(Event.Id, person.Id, TimeProvider.System.GetUtcNow());
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async Task<Person> Member(OrganizationRole role)
    {
        var person = NewPerson($"A {role}");
        await Save(person, new Membership { OrganizationId = Organization.Id, PersonId = person.Id, Role = role });
        return person;
    }

    public async Task<Person> Granted(EventRole role)
    {
        var person = NewPerson($"A {role}");
        await Save(person, new EventRoleGrant { EventId = Event.Id, PersonId = person.Id, Role = role });
        return person;
    }

    /// <summary>A client of this person, connected; with the account's session, or one of this event only.</summary>
    public Task<LiveClient> Connect(Person? person, bool json = false, Guid? onlyEvent = null) =>
        new LiveClient(site, person is null ? null : Sessions.Cookie(person.Id, onlyEvent), json).Start();

    /// <summary>A client of this person in the room.</summary>
    public async Task<LiveClient> Enter(Person person, bool json = false, Room? room = null)
    {
        var client = await Connect(person, json);
        await client.Join((room ?? Stage).Id);
        return client;
    }

    /// <summary>So many people are in the stage's room, in a process that only tells their number.</summary>
    public async Task Elsewhere(App app, int people)
    {
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        deaf = new();
        await grains.GetGrain<IRoomGrain>(Stage.Id).Subscribe(grains.CreateObjectReference<IRoomObserver>(deaf), new("elsewhere", people, 0, null), 0);
    }

    private Plenary.Registration.Registration Registration(Person person) =>
        new() { EventId = Event.Id, TicketTypeId = Ticket.Id, PersonId = person.Id, Name = person.Name };

    private static Person NewPerson(string name)
    {
        var email = $"{Guid.CreateVersion7():N}@example.org";
        return new()
        {
            Name = name,
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            SecurityStamp = Guid.CreateVersion7().ToString(),
        };
    }

    private sealed class DeafRelay : IRoomObserver
    {
        public Task OnFrame(Frame frame) => Task.CompletedTask;

        public Task OnLost() => Task.CompletedTask;

        public Task OnReconsider(Guid person) => Task.CompletedTask;

        public Task OnTell(Guid person, string about, string data) => Task.CompletedTask;

        public Task OnTellAll(string about, string data) => Task.CompletedTask;

        public Task<Guid[]> OnHere(Guid[] people) => Task.FromResult<Guid[]>([]);
    }
}
