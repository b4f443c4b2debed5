using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Telemetry;

/// <summary>A server process on PostgreSQL that writes its log for Elasticsearch and sends every trace to a receiver of ours.</summary>
public sealed class WatchedServer(PostgresApp app) : IAsyncLifetime
{
    private ServerProcess? server;
    private Scene? scene;

    internal OtlpReceiver Receiver { get; } = new();

    internal ServerProcess Server => server ?? throw new InvalidOperationException("There is no PostgreSQL.");

    internal Scene Scene => scene ?? throw new InvalidOperationException("There is no PostgreSQL.");

    public async ValueTask InitializeAsync()
    {
        if (app.Missing is not null) return;
        server = new(await app.CreateDatabaseAsync(), ["--Logging:Format", "ecs", "--Otlp:Endpoint", Receiver.Url, "--Otlp:TracePercent", "100"]);
        server.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "100"; // milliseconds until spans are sent
        await server.StartAgain();
        scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        Receiver.Dispose();
    }

    /// <summary>Skips a test where it cannot run.</summary>
    public void Needed() => Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
}

/// <summary>Tests that share one <see cref="WatchedServer"/>.</summary>
[CollectionDefinition(Name)]
public sealed class UnderWatch : ICollectionFixture<WatchedServer>
{
    public const string Name = "watched server";
}
