using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform;

/// <summary>What every slice may rely on, on both databases.</summary>
public abstract class DatabaseFacts(App app)
{
    [Fact]
    public async Task MigrationsHoldTheWholeModel()
    {
        using var _ = app.Visitor();
        await using var db = app.OpenDb();
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ATimeWithAnOffsetIsReadBackAsTheSameMoment()
    {
        using var _ = app.Visitor();
        var cancellation = TestContext.Current.CancellationToken;
        var moment = new DateTimeOffset(2027, 3, 28, 2, 30, 0, 123, 456, TimeSpan.FromHours(2));
        var organization = new Organization { Slug = $"o{Guid.CreateVersion7():N}", Name = "O", CreatedAt = moment };
        await using (var db = app.OpenDb())
        {
            db.Add(organization);
            await db.SaveChangesAsync(cancellation);
        }
        await using (var db = app.OpenDb())
        {
            var read = await db.Set<Organization>().SingleAsync(o => o.Id == organization.Id, cancellation);
            Assert.Equal(moment, read.CreatedAt);
            Assert.Equal(TimeSpan.Zero, read.CreatedAt.Offset);
        }
    }

    [Fact]
    public async Task TheSecondOfTwoWritersIsRefused()
    {
        using var _ = app.Visitor();
        var cancellation = TestContext.Current.CancellationToken;
        var organization = new Organization { Slug = $"o{Guid.CreateVersion7():N}", Name = "O" };
        var @event = new Event { OrganizationId = organization.Id, Slug = $"e{Guid.CreateVersion7():N}", Name = "E", TimeZone = "UTC" };
        await using var first = app.OpenDb();
        first.AddRange(organization, @event);
        await first.SaveChangesAsync(cancellation);
        await using var second = app.OpenDb();
        var other = await second.Set<Event>().SingleAsync(e => e.Id == @event.Id, cancellation);
        @event.Name = "first";
        await first.SaveChangesAsync(cancellation);
        other.Name = "second";
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync(cancellation));
        Assert.Equal(2, @event.Version);
    }
}

public sealed class DatabaseFactsOnSqlite(SqliteApp app) : DatabaseFacts(app);

public sealed class DatabaseFactsOnPostgres(PostgresApp app) : DatabaseFacts(app);
