using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plenary.Platform.Mail;
using Plenary.Rooms;
using Plenary.Tests.Messages;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Backup;

/// <summary>The drill of docs/operate/backup.md: an installation is backed up while people use it, lost, and brought back.</summary>
[Trait("Speed", "Slow")]
public abstract class DrillFacts : IAsyncDisposable
{
    private readonly string elsewhere = Directory.CreateTempSubdirectory("plenary-backups-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A database of its own; null means SQLite in the server's data folder.</summary>
    protected abstract Task<string?> NewDatabase();

    /// <summary>Loses the database, where it is not in the data folder.</summary>
    protected abstract Task Lose(string? database);

    [Fact]
    public async Task WhatWasAcknowledgedBeforeTheBackupIsThereAfterEverythingWasLost()
    {
        var database = await NewDatabase();
        await using var server = await ServerProcess.StartAsync(database);
        string[] installation = ["--ConnectionStrings:Db", database ?? $"Data Source={Path.Combine(server.Folder, "plenary.db")}", "--Data:Folder", server.Folder];
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var people = await scene.Attendees(4);
        using var ada = new Correspondent(scene, server.Url, people[0]);
        using var ben = new Correspondent(scene, server.Url, people[1]);
        var (file, address) = await ada.Upload("figures.csv", "text/csv", "people,1234\n"u8.ToArray());
        await ada.Write(ben.Id, "Änderungen, as promised: \\N\t\"tab\"\nnext line", files: file);
        var picture = await Picture(ada, "picture.png");
        var told = await ben.Conversations();

        // The backup is taken while everybody posts.
        var clients = new List<LiveClient>();
        foreach (var person in people) clients.Add(await scene.Enter(person));
        var (acknowledged, over) = (new ConcurrentDictionary<Guid, long>(), new CancellationTokenSource());
        var posting = clients.Select(client => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                var id = Guid.CreateVersion7();
                acknowledged[id] = (await client.PostUntilKept($"still here · {id}", id)).Seq;
            }
        }, Cancellation)).ToList();
        while (acknowledged.Count < 8) await Task.Delay(10, Cancellation);
        var before = acknowledged.Keys.ToHashSet();
        var backup = (await PlenaryCommand.RunAsync(["backup", elsewhere, .. installation])).Succeeded();
        var during = acknowledged.Count - before.Count;
        await over.CancelAsync();
        await Task.WhenAll(posting).WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
        foreach (var client in clients) await client.DisposeAsync();
        Assert.True(during > 0, "nobody could post while the backup was taken");
        var archive = Assert.Single(Directory.GetFiles(elsewhere));
        Assert.Contains(archive, backup.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(archive));

        await server.Kill();
        SqliteConnection.ClearAllPools();
        foreach (var entry in new DirectoryInfo(server.Folder).EnumerateFileSystemInfos())
            if (entry is DirectoryInfo folder) folder.Delete(recursive: true);
            else entry.Delete();
        await Lose(database);

        var restored = (await PlenaryCommand.RunAsync(["restore", archive, .. installation])).Succeeded();
        Assert.StartsWith("Restored ", restored.Output.Trim().Split('\n')[^1], StringComparison.Ordinal);
        await server.StartAgain();

        await using (var db = server.OpenDb())
        {
            var kept = await db.Set<RoomEntry>().Where(e => e.RoomId == scene.Stage.Id).OrderBy(e => e.Seq).ToListAsync(Cancellation);
            Assert.Subset(kept.Select(e => e.EntryId).ToHashSet(), before);
            Assert.Equal(Enumerable.Range(1, kept.Count).Select(n => (long)n), kept.Select(e => e.Seq));
            Assert.All(kept, e => Assert.True(!acknowledged.TryGetValue(e.EntryId, out var seq) || seq == e.Seq, "an entry has another number"));
        }
        // The session of before, the message, the file, the picture.
        Assert.Equal(told.ToJsonString(), (await ben.Conversations()).ToJsonString());
        Assert.Equal((200, "people,1234\n"), await ben.Get(address));
        using (var shown = await ada.Http.GetAsync(new Uri(picture, UriKind.Relative), Cancellation)) Assert.True(shown.IsSuccessStatusCode, $"the picture: {shown.StatusCode}");
        await SignInAnew(server, people[2].Email!);
        await using var again = await scene.Enter(people[3]);
        Assert.True((await again.Post("we are back")).Seq > before.Count);
        Assert.NotNull((await ada.Ask("{ viewer { id } }"))["viewer"]);
    }

    /// <summary>Asks for a link and uses it, as on a day when nobody has a session.</summary>
    private static async Task SignInAnew(ServerProcess server, string email)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Add("Origin", server.Url.GetLeftPart(UriPartial.Authority));
        await Graph(http, "mutation($email: String!) { requestSignIn(email: $email) }", new { email });
        MailboxMail? mail = null;
        while (mail is null)
        {
            await using var db = server.OpenDb();
            mail = await db.Set<MailboxMail>().AsNoTracking().FirstOrDefaultAsync(m => m.To == email, Cancellation);
            if (mail is null) await Task.Delay(20, Cancellation);
        }
        var token = mail.Link("/sign-in").Split('/', '=', '#')[^1];
        var answer = await Graph(http, "mutation($token: String!) { useSignInLink(token: $token) { viewer { id } } }", new { token });
        Assert.NotNull(answer["data"]?["useSignInLink"]);
    }

    private static async Task<JsonNode> Graph(HttpClient http, string query, object variables)
    {
        using var response = await http.PostAsJsonAsync("/graphql", new { query, variables }, JsonSerializerOptions.Web, Cancellation);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
    }

    /// <summary>Uploads a picture; answers its address.</summary>
    private static async Task<string> Picture(Correspondent person, string name) => (await person.Upload(name, "image/png", Pixel)).Url;

    // One black pixel.
    private static byte[] Pixel => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(elsewhere, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

public sealed class DrillFactsOnSqlite : DrillFacts
{
    protected override Task<string?> NewDatabase() => Task.FromResult<string?>(null);

    protected override Task Lose(string? database) => Task.CompletedTask;
}

public sealed class DrillFactsOnPostgres(PostgresApp app) : DrillFacts
{
    protected override async Task<string?> NewDatabase()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        return await app.CreateDatabaseAsync();
    }

    protected override async Task Lose(string? database)
    {
        var of = new NpgsqlConnectionStringBuilder(database);
        var name = of.Database;
        of.Database = "postgres";
        await using var connection = new NpgsqlConnection(of.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"DROP DATABASE {name} WITH (FORCE)", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        NpgsqlConnection.ClearAllPools();
    }
}
