using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Tests.Support;

[assembly: AssemblyFixture(typeof(SqliteApp))]
[assembly: AssemblyFixture(typeof(PostgresApp))]

namespace Plenary.Tests.Support;

/// <summary>
/// The whole application on a real port, with a real silo and a real database, once for all tests of an assembly. Tests make their own
/// people and events, so they do not meet. Facts about users are written once, in an abstract class that takes an <see cref="App"/>, and run on
/// both databases by two sealed subclasses.
/// </summary>
public abstract class App : IAsyncLifetime
{
    private Host? host;

    /// <summary>Why this database cannot be had here; tests are then skipped, saying so.</summary>
    public virtual string? Missing => null;

    /// <summary>The address of the site, on <c>localhost</c>.</summary>
    public Uri Url { get; private set; } = null!;

    public IServiceProvider Services => (host ?? throw new InvalidOperationException("not started")).Services;

    /// <summary>A new database; answers its connection string.</summary>
    protected abstract Task<string> PrepareAsync();

    /// <summary>Runs after the host stopped.</summary>
    protected virtual Task CleanUpAsync() => Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;
        CommandCounter.Begin(); // before the first context: contexts remember for a second that nobody listened
        host = new Host(await PrepareAsync());
        Url = new UriBuilder(host.ClientOptions.BaseAddress) { Host = "localhost" }.Uri;
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        if (Missing is null) await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A context of the application's database, to arrange or to look.</summary>
    public Db OpenDb() => Services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContext();

    /// <summary>A browser without a page: cookies of its own, no redirects followed.</summary>
    /// <param name="atThisMachine">True for somebody at the server's own machine; others come through a proxy, each from an address of their own.</param>
    public Browserless Visitor(bool atThisMachine = false) => new(this, atThisMachine);

    /// <summary>What the application said on its terminal so far.</summary>
    public string Printed => host?.Printed.ToString() ?? "";

    private sealed class Host : WebApplicationFactory<Program>
    {
        private readonly string database;
        private readonly string folder = Directory.CreateTempSubdirectory("plenary-test-").FullName;

        public Host(string database)
        {
            this.database = database;
            UseKestrel(0);
            StartServer();
        }

        public StringWriter Printed { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Testing");
            builder.UseSetting("ConnectionStrings:Db", database);
            builder.UseSetting("Data:Folder", folder);
            builder.UseSetting("Proxy:Trusted", "127.0.0.1, ::1");
            builder.UseSetting("Metrics:Enabled", "true");
            builder.UseSetting("Stripe:WebhookSecret", Orders.StripeFacts.Secret);
            builder.UseSetting("Stripe:Address", "http://127.0.0.1:1"); // nobody is there: no fact pays at Stripe
            // Other facts use this process meanwhile, as much of it as there is.
            foreach (var (limit, most) in new[] { ("BeginBelowLoadPercent", "10000"), ("EndAboveLoadPercent", "10000"), ("EndAboveDelayMilliseconds", "600000") }) builder.UseSetting($"Rehearsals:{limit}", most);
            // Parties whose minutes take a second: nobody waits for minutes here.
            foreach (var (length, seconds) in Parties.ShortParties.Lengths) builder.UseSetting($"Parties:{length}Seconds", seconds);
            builder.ConfigureTestServices(services => services.AddSingleton(new Terminal(TextWriter.Synchronized(Printed))).AddSingleton<IOutgoingGrainCallFilter, FrameMischief>());
            // Facts that read the log bring a provider of their own; the console only tells what went wrong.
            builder.ConfigureLogging(logging => logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Error).AddFilter<ConsoleLoggerProvider>("Microsoft.EntityFrameworkCore", LogLevel.None));
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>The application on SQLite.</summary>
public sealed class SqliteApp : App
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"plenary-{Guid.CreateVersion7():N}.db");

    protected override Task<string> PrepareAsync() => Task.FromResult($"Data Source={file}");

    protected override Task CleanUpAsync()
    {
        foreach (var end in new[] { "", "-wal", "-shm" }) File.Delete(file + end);
        return Task.CompletedTask;
    }
}

/// <summary>The application on a PostgreSQL of the tests' own.</summary>
public sealed class PostgresApp : App
{
    private PostgresServer? server;

    public override string? Missing => PostgresServer.Missing;

    /// <summary>An empty database on the same server, for a process of its own.</summary>
    public Task<string> CreateDatabaseAsync() => server!.CreateDatabaseAsync();

    /// <summary>The connection string of a database on it that nobody made yet.</summary>
    public string NoDatabaseYet() => server!.NoDatabaseYet();

    protected override async Task<string> PrepareAsync() => await (server = await PostgresServer.StartAsync()).CreateDatabaseAsync();

    protected override async Task CleanUpAsync()
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        if (server is not null) await server.DisposeAsync();
    }
}
