using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Surge;

/// <summary>Processes that are siblings: one installation on one PostgreSQL, each with an address of its own unless they share one.</summary>
internal sealed class Siblings(ServerProcess[] processes) : IAsyncDisposable
{
    public ServerProcess this[int process] => processes[process];

    public IEnumerable<Uri> Urls => processes.Select(process => process.Url);

    /// <param name="app">Where there is a PostgreSQL.</param>
    /// <param name="count">How many.</param>
    /// <param name="addresses">Clients reach each by itself.</param>
    /// <param name="settings">Of all of them.</param>
    public static async Task<Siblings> Start(PostgresApp app, int count, bool addresses, params string[] settings)
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        var database = new Npgsql.NpgsqlConnectionStringBuilder(await app.CreateDatabaseAsync()) { MaxPoolSize = 20 }.ConnectionString;
        var processes = Enumerable.Range(0, count).Select(_ =>
        {
            var process = new ServerProcess(database, ["--Cluster:Enabled=true", "--Cluster:Address=127.0.0.1", $"--Cluster:SiloPort={FreePort.Take()}", .. settings]);
            if (addresses) process.Environment["Live__Address"] = process.Url.ToString();
            return process;
        }).ToArray();
        await Task.WhenAll(processes.Select(process => process.StartAgain()));
        return new(processes);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes) await process.DisposeAsync();
    }
}
