using Plenary.Load.Simulator;

namespace Plenary.Load.Bench;

/// <summary>
/// The product as it is run: PostgreSQL with its default durability (null: SQLite, which is of one process alone), real people with tickets, rooms joined, posts written before they are
/// acknowledged. Several processes are one cluster on that database.
/// </summary>
internal sealed class PlenaryEngine(Workspace work, Postgres? postgres, params string[] settings) : Engine(work, "plenary")
{
    private static int number;

    private readonly string tag = $"plenary{++number}";
    private readonly List<(Audience Posters, int Posted)> halls = [];
    private int crowds;

    public override Protocol Protocol => Protocol.Plenary;

    public override string Path => "/live";

    public override double BesideCpu => postgres?.Cpu ?? 0;

    public Installation Installation { get; private set; } = null!;

    /// <summary>The event, in the order of <see cref="Open"/>, that <see cref="Broadcast"/> posts to.</summary>
    public int Onto { get; set; }

    /// <summary>Posts made to it so far.</summary>
    public int Posted => halls[Onto].Posted;

    public Audience Posters => halls[Onto].Posters;

    public override async Task Start(int processes)
    {
        var database = postgres is null ? $"Data Source={System.IO.Path.Combine(Work.Folder, tag)}.db" : await postgres.NewDatabase(tag);
        for (var i = 0; i < processes; i++)
        {
            var port = FreePort.Take();
            string[] cluster = processes == 1 ? [] : ["--Cluster:Enabled", "true", "--Cluster:Address", "127.0.0.1"];
            string[] command = ["dotnet", Environment.GetEnvironmentVariable("PLENARY_LOAD_PRODUCT")!, "--urls", $"http://127.0.0.1:{port}", "--ConnectionStrings:Db", database,
                "--Data:Folder", System.IO.Path.Combine(Work.Folder, $"{tag}-{i}"), "--Logging:LogLevel:Default", "Warning", .. cluster, .. settings];
            await Serve(port, command);
        }
        Installation = new(database);
    }

    /// <summary>An event with so many registered, and those who will post to it.</summary>
    /// <param name="people">Who may come.</param>
    /// <param name="posters">Its moderators, who post: what they write is left out of no frame. One may post five messages a second for long.</param>
    public async Task<Hall> Open(int people, int posters)
    {
        var hall = await Hall.Build(Installation, people, posters);
        var audience = new Audience(Work);
        audience.Add(Crowd(0, posters, new() { Room = hall.Room.ToString(), Cookies = hall.WriteCrewCookies(NextFile()) }));
        halls.Add((audience, 0));
        await audience.Arrive();
        return hall;
    }

    /// <summary>A crowd of the hall's people from this one on, with fresh sessions.</summary>
    public Options CrowdOf(Hall hall, int door, int first, int people, Options? like = null) =>
        Crowd(door, people, (like ?? new()) with { Room = hall.Room.ToString(), Cookies = hall.WriteCookies(NextFile(), first, people) });

    /// <summary>Posted over the wire, so the way in and the disk are in what is measured.</summary>
    public override async Task Broadcast(int count, double rate, int size)
    {
        var (posters, posted) = halls[Onto];
        halls[Onto] = (posters, posted + count);
        await posters.Post(count, rate, size, posted + 1);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var (posters, _) in halls) await posters.DisposeAsync();
        await base.DisposeAsync();
        if (Installation is not null) await Installation.DisposeAsync();
    }

    private string NextFile() => System.IO.Path.Combine(Work.Folder, $"{tag}-cookies-{++crowds}");
}
