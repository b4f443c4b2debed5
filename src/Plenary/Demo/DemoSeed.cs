using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Identity;
using Plenary.Networking.Meetings;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Registration;
using Plenary.Rooms;
using Plenary.Tables;

namespace Plenary.Demo;

/// <summary>Makes the demo organization and its event, once for a data folder, around the present moment.</summary>
internal sealed class DemoSeed(IDbContextFactory<Db> dbs, ILookupNormalizer normalizer, TimeProvider clock, DemoReplay replay)
{
    private readonly Dictionary<string, Person> people = [];

    /// <summary>Makes the demo unless it is there. One transaction: a start that was cut short leaves nothing half made.</summary>
    public async Task MakeAsync(CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<Organization>().AnyAsync(o => o.Slug == DemoEvent.OrganizationSlug, cancellation)) return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = RoundedNow();
        var organization = new Organization { Name = DemoEvent.OrganizationName, Slug = DemoEvent.OrganizationSlug, CreatedAt = now.AddDays(-60) };
        foreach (var persona in DemoEvent.Personas) Person(db, persona.Name, persona.Email, persona.Headline, now);
        var organizer = people[DemoEvent.Personas[0].Name];
        db.Add(new InstallationOwner { PersonId = organizer.Id, Since = now });
        db.AddRange(organization, new Membership { OrganizationId = organization.Id, PersonId = organizer.Id, Role = OrganizationRole.Owner, Since = now });

        var main = Groundwork(db, organization, organizer, now);
        foreach (var (person, number) in people.Values.Select((p, i) => (p, i))) db.Add(DemoPeople.Of(person, number, now.AddDays(-20)));
        Meetings(db, main.Rooms["main-stage"].EventId);
        DemoMessages.Add(db, main.Rooms["main-stage"].EventId, people, clock.GetUtcNow());
        Further(db, organization, now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await replay.MakeAsync(main.Sessions[1], main.Rooms["main-stage"], people["Amara Okafor"], cancellation);
    }

    /// <summary>A meeting that is open now, and a question that waits for its answer.</summary>
    private void Meetings(Db db, Guid eventId)
    {
        var quarter = TimeSpan.FromMinutes(Meeting.Quarter).Ticks;
        var at = new DateTimeOffset(clock.GetUtcNow().UtcTicks / quarter * quarter, TimeSpan.Zero);
        var (hana, amara, lena) = (people["Hana Novak"].Id, people["Amara Okafor"].Id, people["Lena Vogt"].Id);
        var open = new Meeting { EventId = eventId, ById = amara, WithId = hana, StartsAt = at, EndsAt = at.AddMinutes(30), State = MeetingState.Accepted, AskedAt = at.AddDays(-1) };
        var asked = new Meeting { EventId = eventId, ById = lena, WithId = hana, StartsAt = at.AddHours(2), EndsAt = at.AddHours(2).AddMinutes(15), Note = "Would you write about Brno for our newsletter?", AskedAt = at };
        db.AddRange(open, asked);
        foreach (var person in new[] { hana, amara })
            foreach (var time in open.Quarters)
                db.Add(new PromisedTime { PersonId = person, At = time, MeetingId = open.Id });
    }

    private (Dictionary<string, Room> Rooms, List<Session> Sessions) Groundwork(Db db, Organization organization, Person organizer, DateTimeOffset now)
    {
        var @event = new Event
        {
            OrganizationId = organization.Id,
            Slug = DemoEvent.Slug,
            Name = DemoEvent.Name,
            Tagline = DemoEvent.Tagline,
            Description = DemoEvent.Description,
            Status = EventStatus.Published,
            TimeZone = DemoEvent.Zone,
            StartsAt = now.AddMinutes(DemoEvent.Sessions.Min(s => s.Starts)),
            EndsAt = now.AddMinutes(DemoEvent.Sessions.Max(s => s.Starts + s.Minutes)),
            CoverArt = "cover",
            TemplateKey = "conference",
            CreatedAt = now.AddDays(-45),
            PublishedAt = now.AddDays(-40),
        };
        db.Add(@event);
        db.Add(new EventRoleGrant { EventId = @event.Id, PersonId = organizer.Id, Role = EventRole.Organizer, Since = now });
        var rooms = DemoEvent.Rooms.Select((r, i) => new Room { EventId = @event.Id, Slug = r.Slug, Name = r.Name, Kind = r.Kind, Format = r.Format, Position = i }).ToDictionary(r => r.Slug);
        foreach (var room in rooms.Values) db.AddRoom(room);
        foreach (var (topic, number) in DemoEvent.Tables.Select((t, i) => (t, i + 1))) db.Add(new Table { RoomId = rooms["tables"].Id, Number = number, Topic = topic });
        var speakers = new Dictionary<string, Speaker>();
        foreach (var (speaker, position) in DemoEvent.Speakers.Select((s, i) => (s, i)))
        {
            var person = Person(db, speaker.Name, $"{speaker.Portrait}@demo.invalid", speaker.Headline, now);
            speakers[speaker.Portrait] = new Speaker
            {
                EventId = @event.Id,
                Name = speaker.Name,
                Headline = speaker.Headline,
                Bio = speaker.Bio,
                Email = person.Email,
                PersonId = person.Id,
                Portrait = speaker.Portrait,
                InvitedAt = now.AddDays(-30),
                Position = position,
            };
            db.AddRange(speakers[speaker.Portrait], new EventRoleGrant { EventId = @event.Id, PersonId = person.Id, Role = EventRole.Speaker, Since = now });
        }
        var sessions = new List<Session>();
        foreach (var s in DemoEvent.Sessions)
        {
            var session = new Session { EventId = @event.Id, RoomId = rooms[s.Room].Id, Title = s.Title, Summary = s.Summary, StartsAt = now.AddMinutes(s.Starts), EndsAt = now.AddMinutes(s.Starts + s.Minutes) };
            sessions.Add(session);
            db.Add(session);
            db.AddRange(s.Speakers.Select((portrait, i) => new SessionSpeaker { SessionId = session.Id, SpeakerId = speakers[portrait].Id, Position = i }));
        }
        Registered(db, @event, now);
        Said(db, rooms["main-stage"], DemoReplay.Said.Select(line => (line.Name, line.Text, false, sessions[1].StartsAt.AddSeconds(line.At))).Concat(Ago(DemoEvent.Said)), now);
        Said(db, rooms["lobby"], Ago(DemoEvent.SaidInLobby), now);
        return (rooms, sessions);
    }

    private void Registered(Db db, Event @event, DateTimeOffset now)
    {
        var ticket = new TicketType { EventId = @event.Id, Name = "Both days", Description = "Live, replays and tables", Capacity = 3000 };
        var workshops = new TicketType { EventId = @event.Id, Name = "Workshops only", Description = "The hands-on hours of both days", Capacity = 60, Position = 1 };
        db.AddRange(ticket, workshops);
        var registered = DemoEvent.Registered.ToList();
        foreach (var (name, i) in registered.Select((n, i) => (n, i)))
        {
            var type = i % 5 == 4 ? workshops : ticket;
            // More people the closer the day: the usual curve.
            var daysAgo = 38 * (1 - Math.Sqrt((i + 1) / (double)registered.Count));
            var at = now.AddDays(-daysAgo).AddMinutes(i % 47);
            db.Add(new Plenary.Registration.Registration { Id = Guid.CreateVersion7(at), EventId = @event.Id, TicketTypeId = type.Id, PersonId = Person(db, name, "", "", now).Id, Name = name, TimeZone = DemoEvent.Zone, RegisteredAt = at });
            type.Sold++;
        }
    }

    private void Said(Db db, Room room, IEnumerable<(string Name, string Text, bool Staff, DateTimeOffset At)> lines, DateTimeOffset now)
    {
        foreach (var (line, i) in lines.Select((l, i) => (l, i)))
            db.Add(new RoomEntry
            {
                RoomId = room.Id,
                Seq = i + 1,
                EntryId = Guid.CreateVersion7(),
                Kind = EntryKind.Chat,
                PersonId = Person(db, line.Name, "", "", now).Id,
                Name = line.Name,
                Role = line.Staff ? "moderator" : "attendee",
                Text = line.Text,
                At = line.At,
            });
    }

    private IEnumerable<(string Name, string Text, bool Staff, DateTimeOffset At)> Ago(IEnumerable<DemoLine> lines) =>
        lines.Select(line => (line.Name, line.Text, line.Staff, clock.GetUtcNow().AddMinutes(-line.MinutesAgo)));

    /// <summary>Two more events, so that lists are lists.</summary>
    private static void Further(Db db, Organization organization, DateTimeOffset now)
    {
        foreach (var (name, tagline, cover, accent, days, published) in new[]
        {
            ("Stewards’ meetup", "An evening a month for people who look after something old.", "cover-slate", "#2f5d77", 16, true),
            ("Ask the registrars anything", "An hour, three registrars, every question.", "cover-clay", "#a8552f", 30, false),
        })
        {
            var starts = now.AddDays(days);
            var @event = new Event
            {
                OrganizationId = organization.Id,
                Slug = Platform.Text.Slugs.Of(name, 60, "event"),
                Name = name,
                Tagline = tagline,
                Status = published ? EventStatus.Published : EventStatus.Draft,
                TimeZone = DemoEvent.Zone,
                StartsAt = starts,
                EndsAt = starts.AddMinutes(90),
                CoverArt = cover,
                Accent = accent,
                TemplateKey = published ? "meetup" : "ama",
                CreatedAt = now.AddDays(-3),
                PublishedAt = published ? now.AddDays(-2) : null,
            };
            var stage = new Room { EventId = @event.Id, Slug = "main-stage", Name = "Main stage", Kind = RoomKind.Stage, Format = published ? "meetup" : "ama", Position = 1 };
            db.AddRange(@event, new Room { EventId = @event.Id, Slug = "lobby", Name = "Lobby", Kind = RoomKind.Lobby, Format = "lobby" });
            db.AddRoom(stage);
            db.Add(new Session { EventId = @event.Id, RoomId = stage.Id, Title = name, Summary = tagline, StartsAt = starts, EndsAt = starts.AddMinutes(90) });
            db.Add(new TicketType { EventId = @event.Id, Name = "A seat", Capacity = 200 });
        }
    }

    private Person Person(Db db, string name, string email, string headline, DateTimeOffset now)
    {
        if (people.TryGetValue(name, out var known)) return known;
        if (email.Length == 0) email = $"{name.ToLowerInvariant().Replace(' ', '.')}@demo.invalid";
        var person = new Person
        {
            Name = name,
            Headline = headline,
            Email = email,
            UserName = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            NormalizedUserName = normalizer.NormalizeName(email),
            EmailConfirmed = true,
            SecurityStamp = Guid.CreateVersion7().ToString("N"),
            CreatedAt = now,
        };
        db.Add(person);
        return people[name] = person;
    }

    private DateTimeOffset RoundedNow()
    {
        var now = clock.GetUtcNow();
        return new(now.Year, now.Month, now.Day, now.Hour, now.Minute / 15 * 15, 0, TimeSpan.Zero);
    }
}
