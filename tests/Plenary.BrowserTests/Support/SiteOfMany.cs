using Npgsql;
using Plenary.Tests.Support;

namespace Plenary.BrowserTests.Support;

/// <summary>Several processes of the program on one PostgreSQL, behind Debian's haproxy: one address for browsers, whichever process is lost.</summary>
internal sealed class SiteOfMany : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-many-").FullName;
    private readonly Haproxy proxy = new();
    private readonly List<Site> processes = [];
    private PostgresServer? database;

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Missing => PostgresServer.Missing ?? Haproxy.Missing;

    public Uri Url => proxy.Url;

    /// <summary>Each by itself, past the proxy.</summary>
    public IReadOnlyList<Site> Processes => processes;

    /// <summary>One of the processes itself: the development mailbox shows its mails to nobody who comes over a proxy.</summary>
    public Uri Mailbox => processes[0].Url;

    /// <summary>Starts them; with the demo's event, which the first one makes.</summary>
    public static async Task<SiteOfMany> StartAsync(int count, params string[] settings)
    {
        var site = new SiteOfMany();
        try
        {
            site.database = await PostgresServer.StartAsync();
            var connection = new NpgsqlConnectionStringBuilder(site.database.NoDatabaseYet()) { MaxPoolSize = 20 }.ConnectionString;
            site.processes.Add(await site.OneAsync(connection, settings));
            site.processes.AddRange(await Task.WhenAll(Enumerable.Range(1, count - 1).Select(_ => site.OneAsync(connection, settings))));
            await site.proxy.Start([.. site.processes.Select(process => process.Url)]);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the process away that said this last.</summary>
    public async Task KillWhoSaidAsync(string what)
    {
        var which = processes.FindLastIndex(process => process.IsRunning && process.Output.Contains(what, StringComparison.Ordinal));
        Assert.True(which >= 0, $"nobody said “{what}”");
        await processes[which].KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        foreach (var process in processes) await process.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Task<Site> OneAsync(string connection, string[] settings) => Site.StartAsync([
        "--demo", "--ConnectionStrings:Db", connection, "--Cluster:Enabled=true", "--Cluster:Address=127.0.0.1", $"--Cluster:SiloPort={FreePort.Take()}",
        "--Data:Folder", folder, .. settings]);
}
