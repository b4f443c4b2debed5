using System.Data;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Registration;
using Plenary.Rooms;

namespace Plenary.Load.Bench;

/// <summary>
/// An event with a room and people who are registered for it, in the database of the installation under test, and the sessions that their personal
/// links would have opened, sealed with its keys. How people register and sign in is proven elsewhere; here tens of thousands are needed in seconds.
/// </summary>
internal sealed class Hall
{
    private const string StampClaim = "AspNet.Identity.SecurityStamp";

    private readonly Installation installation;
    private readonly Person[] people;
    private readonly Person[] crew;

    private Hall(Installation installation, Guid @event, Guid room, Person[] people, Person[] crew) =>
        (this.installation, Event, Room, this.people, this.crew) = (installation, @event, room, people, crew);

    public Guid Event { get; }

    public Guid Room { get; }

    /// <summary>Who is registered, in the order of their sessions.</summary>
    public IEnumerable<Guid> People => people.Select(person => person.Id);

    public static async Task<Hall> Build(Installation installation, int count, int moderators)
    {
        var now = TimeProvider.System.GetUtcNow();
        var organization = new Organization { Slug = $"o{Guid.CreateVersion7():N}", Name = "Load", CreatedAt = now };
        var at = new Event
        {
            OrganizationId = organization.Id,
            Slug = $"e{Guid.CreateVersion7():N}",
            Name = "Load",
            TimeZone = "Etc/UTC",
            Status = EventStatus.Published,
            StartsAt = now,
            EndsAt = now.AddDays(1),
            CreatedAt = now,
        };
        var ticket = new TicketType { EventId = at.Id, Name = "General", Capacity = Math.Max(count, 1), Sold = count };
        var room = new Room { EventId = at.Id, Slug = "stage", Name = "Main Stage", Kind = RoomKind.Stage };
        await using (var db = installation.OpenDb())
        {
            db.AddRange(organization, at, ticket, room);
            await db.SaveChangesAsync();
        }
        var people = Enumerable.Range(1, count).Select(n => NewPerson(n, now)).ToArray();
        var crew = Enumerable.Range(1, moderators).Select(n => NewPerson(-n, now)).ToArray();
        await installation.Copy(people.Concat(crew));
        await installation.Copy(crew.Select(person => new EventRoleGrant { EventId = at.Id, PersonId = person.Id, Role = EventRole.Moderator }));
        await installation.Copy(people.Select(person => new Registration.Registration { EventId = at.Id, TicketTypeId = ticket.Id, PersonId = person.Id, Name = person.Name, RegisteredAt = now, LinkSentAt = now }));
        return new(installation, at.Id, room.Id, people, crew);
    }

    /// <summary>
    /// Writes the <c>Cookie</c> headers of these people to a file, a line each; answers its path. A session is looked up in the database again when it
    /// is five minutes old, so a crowd that comes later needs new ones.
    /// </summary>
    public string WriteCookies(string file, int first, int count)
    {
        Write(file, people.AsMemory(first, count), ofEventOnly: true);
        return file;
    }

    /// <summary>Those of the moderators, whose sessions are of their whole accounts.</summary>
    public string WriteCrewCookies(string file)
    {
        Write(file, crew, ofEventOnly: false);
        return file;
    }

    /// <summary>What the room's log holds: how many entries, how many ids, and the last number.</summary>
    public async Task<(int Entries, int Ids, long Last)> Log()
    {
        await using var db = installation.OpenDb();
        var log = db.Set<RoomEntry>().Where(e => e.RoomId == Room);
        return (await log.CountAsync(), await log.Select(e => e.EntryId).Distinct().CountAsync(), await log.MaxAsync(e => (long?)e.Seq) ?? 0);
    }

    private void Write(string file, ReadOnlyMemory<Person> whose, bool ofEventOnly)
    {
        var now = TimeProvider.System.GetUtcNow();
        var lines = new string[whose.Length];
        Parallel.For(0, lines.Length, i => lines[i] = Cookie(whose.Span[i], now, ofEventOnly));
        File.WriteAllLines(file, lines);
    }

    private string Cookie(Person person, DateTimeOffset now, bool ofEventOnly)
    {
        var identity = new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, person.Id.ToString()), new(ClaimTypes.Name, person.UserName!), new(ClaimTypes.Email, person.Email!),
            new(StampClaim, person.SecurityStamp!), new("plenary:session", Guid.CreateVersion7().ToString()),
        ], IdentityConstants.ApplicationScheme);
        if (ofEventOnly) identity.AddClaim(new(Viewer.EventClaim, Event.ToString()));
        var ticket = new AuthenticationTicket(new(identity), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(1) }, IdentityConstants.ApplicationScheme);
        return "plenary=" + installation.Sessions.Protect(ticket);
    }

    private static Person NewPerson(int number, DateTimeOffset now)
    {
        var email = $"{Guid.CreateVersion7():N}@example.org";
        return new()
        {
            Name = number > 0 ? $"Attendee {number}" : $"Moderator {-number}",
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            CreatedAt = now,
        };
    }
}

/// <summary>The database and keys of the installation under test, seen from beside it.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly WebApplication services;
    private readonly string connection;

    public Installation(string connection)
    {
        this.connection = connection;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["ConnectionStrings:Db"] = connection;
        builder.AddDatabase();
        builder.AddAccess();
        services = builder.Build();
        Sessions = new(services.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware", IdentityConstants.ApplicationScheme, "v2"));
    }

    /// <summary>Seals sessions as the sign-in would have.</summary>
    public TicketDataFormat Sessions { get; }

    public Db OpenDb() => services.Services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContext();

    /// <summary>Writes rows: by PostgreSQL's COPY, with the columns and conversions of the model, hundreds of thousands take seconds; on SQLite as the product does.</summary>
    public async Task Copy<T>(IEnumerable<T> rows) where T : class
    {
        await using var db = OpenDb();
        if (!db.Database.IsNpgsql())
        {
            foreach (var some in rows.Chunk(2_000))
            {
                db.AddRange(some);
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }
            return;
        }
        var type = db.Model.FindEntityType(typeof(T))!;
        var columns = type.GetProperties().Where(p => !p.IsShadowProperty()).Select(p => (Name: p.GetColumnName(), p.GetTypeMapping().Converter, Get: p.PropertyInfo!)).ToArray();
        await using var target = new NpgsqlConnection(connection);
        await target.OpenAsync();
        await using var writer = await target.BeginBinaryImportAsync($"copy \"{type.GetTableName()}\" ({string.Join(',', columns.Select(c => $"\"{c.Name}\""))}) from stdin (format binary)");
        foreach (var row in rows)
        {
            await writer.StartRowAsync();
            foreach (var (_, converter, get) in columns)
            {
                var value = get.GetValue(row);
                if (converter is not null) value = converter.ConvertToProvider(value);
                if (value is null) await writer.WriteNullAsync();
                else await writer.WriteAsync(value);
            }
        }
        await writer.CompleteAsync();
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
