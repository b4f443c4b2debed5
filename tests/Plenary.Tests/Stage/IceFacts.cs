using Plenary.Events;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>Who is told of the servers that lead out of a network: credentials of a relay are worth something to strangers.</summary>
public abstract class IceFacts(App app)
{
    private const string Document = "query($event: String!, $slug: String!) { room(event: $event, slug: $slug) { stage { iceServers { urls username credential } } } }";

    [Fact]
    public async Task OnlyThoseWhoMayBeBackstageLearnOfThem()
    {
        var scene = await Scene.Arrange(app);
        using var speaker = new Director(app.Url, scene, await scene.Granted(EventRole.Speaker));
        using var attendee = new Director(app.Url, scene, await scene.Attendee());
        var where = new { @event = scene.Event.Slug, slug = scene.Stage.Slug };
        Assert.NotNull((await speaker.Graph(Document, where))["room"]!["stage"]!["iceServers"]);
        Assert.Null((await attendee.Graph(Document, where))["room"]!["stage"]!["iceServers"]);
    }
}

public sealed class IceFactsOnSqlite(SqliteApp app) : IceFacts(app);

public sealed class IceFactsOnPostgres(PostgresApp app) : IceFacts(app);
