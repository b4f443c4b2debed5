using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Load.Simulator;
using Plenary.Polls;

namespace Plenary.Load.Bench;

/// <summary>
/// Tens of thousands vote within seconds, over hub connections of their own; in a poll that says who chose what, and in an anonymous one. What was acknowledged, what the database holds when it is counted
/// anew, the tally, and what each person was told last have to be the same. <c>--people=</c>, <c>--database=sqlite|postgres|both</c>, <c>--seconds=</c>: within which they vote.
/// </summary>
internal sealed class VotesBench(Workspace work, bool quick, string[] options)
{
    /// <summary>Connections of one process: its descriptors are 20,000, and it needs others.</summary>
    private const int MostEach = 17_000;

    private const int Choices = 5;

    /// <summary>One in so many changes their mind.</summary>
    private const int Doubts = 10;

    private const double Tick = 0.5;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<Dictionary<string, double>> Run()
    {
        var people = int.Parse(Option("people") ?? (quick ? "1000" : "50000"), CultureInfo.InvariantCulture);
        var figures = new Dictionary<string, double> { ["people"] = people };
        var database = Option("database") ?? "both";
        if (database is not ("sqlite" or "postgres" or "both")) throw new ArgumentException($"--database={database}: sqlite, postgres or both");
        if (database is "sqlite" or "both") await On("sqlite", null, people, figures);
        if (database is "postgres" or "both")
        {
            await using var postgres = await Postgres.Start(work);
            await On("postgres", postgres, people, figures);
        }
        return figures;
    }

    private async Task On(string name, Postgres? postgres, int people, Dictionary<string, double> figures)
    {
        var parts = (people + MostEach - 1) / MostEach;
        var (gateways, waves) = postgres is null ? (1, parts) : (parts, 1);
        work.Say($"-- {name}: {people:N0} people, {gateways} {(gateways == 1 ? "process" : "processes")}, {waves} {(waves == 1 ? "wave" : "waves")}");
        await using var plenary = new PlenaryEngine(work, postgres);
        await plenary.Start(gateways);
        var hall = await Hall.Build(plenary.Installation, people, moderators: 1);
        using var desk = new Desk(plenary.Ports.First(), (await File.ReadAllLinesAsync(hall.WriteCrewCookies(Path.Combine(work.Folder, $"{name}-crew"))))[0]);
        Ballot[] ballots = [await desk.Open(hall.Room, "named", Doubts, anonymous: false), await desk.Open(hall.Room, "anonymous", 0, anonymous: true)];
        for (var wave = 0; wave < waves; wave++)
        {
            var (first, end) = (people * wave / waves, people * (wave + 1) / waves);
            await using var audience = new Audience(work);
            for (var door = 0; door < gateways; door++)
            {
                var (from, to) = (first + ((end - first) * door / gateways), first + ((end - first) * (door + 1) / gateways));
                audience.Add(plenary.CrowdOf(hall, door, from, to - from));
            }
            await audience.Arrive(300);
            work.Say($"{audience.People:N0} people are in");
            foreach (var ballot in ballots)
            {
                await Vote(plenary, audience, ballot, Seconds * (end - first) / people);
                if (wave < waves - 1) continue;
                await desk.Close(ballot.Poll);
                ballot.Unseen = await Wrong(audience, ballot, "closed", await audience.Reports());
            }
        }
        foreach (var ballot in ballots) await Count(plenary.Installation, ballot);
        foreach (var ballot in ballots)
        {
            foreach (var trouble in ballot.Trouble) work.Say($"{name}, {ballot.Name}: {trouble}");
            var prefix = ballot.Name == "named" ? name : $"{name}.{ballot.Name}";
            figures[$"{prefix}.votes"] = ballot.Acks.Count;
            figures[$"{prefix}.seconds"] = ballot.Seconds;
            figures[$"{prefix}.perSecond"] = ballot.Acks.Count / ballot.Seconds;
            figures[$"{prefix}.ackP50"] = ballot.Acks.Milliseconds(0.5);
            figures[$"{prefix}.ackP99"] = ballot.Acks.Milliseconds(0.99);
            figures[$"{prefix}.refused"] = ballot.Refused;
            figures[$"{prefix}.wrong"] = ballot.Wrong + ballot.Unseen;
            figures[$"{prefix}.ticksMost"] = ballot.TicksMost;
            figures[$"{prefix}.leastTick"] = ballot.LeastTick;
            figures[$"{prefix}.cores"] = ballot.Cpu / ballot.Seconds;
            if (postgres is not null) figures[$"{prefix}.databaseCores"] = ballot.DatabaseCpu / ballot.Seconds;
            figures[$"{prefix}.simulatorCores"] = ballot.SimulatorCpu / ballot.Seconds;
        }
    }

    /// <summary>Everybody of the audience votes; returns when each was acknowledged and was told the result.</summary>
    private async Task Vote(PlenaryEngine plenary, Audience audience, Ballot ballot, double seconds)
    {
        var (cpu, beside, client) = (plenary.Cpu, plenary.BesideCpu, audience.Cpu);
        var began = TimeProvider.System.GetTimestamp();
        await audience.Tell(string.Create(CultureInfo.InvariantCulture, $"vote {ballot.Poll} {Choices} {seconds} {ballot.Doubts}"));
        Report[] reports = [];
        await Workspace.Until(async () => (reports = await audience.Reports()).Sum(r => r.Votes!.Acknowledged) == audience.People, 120,
            () => $"{reports.Sum(r => r.Votes!.Acknowledged)} of {audience.People} votes were acknowledged; {reports.Select(r => r.Votes!.Trouble ?? r.Trouble).FirstOrDefault(t => t is not null)}", every: 250);
        (ballot.Cpu, ballot.DatabaseCpu, ballot.SimulatorCpu) = (ballot.Cpu + plenary.Cpu - cpu, ballot.DatabaseCpu + plenary.BesideCpu - beside, ballot.SimulatorCpu + audience.Cpu - client);
        ballot.Seconds += reports.Max(r => r.Votes!.Seconds);
        foreach (var votes in reports.Select(r => r.Votes!))
        {
            for (var choice = 0; choice < Choices; choice++) ballot.Chosen[choice] += votes.Chosen[choice];
            ballot.Acks.Add(Histogram.Unpack(votes.Acks));
            ballot.Refused += votes.Refused;
        }
        ballot.People += audience.People;
        ballot.Unseen = await Wrong(audience, ballot, "open", reports);
        reports = await audience.Reports();
        var ticks = Math.Ceiling(TimeProvider.System.GetElapsedTime(began).TotalSeconds / Tick) + 1;
        ballot.TicksMost = Math.Max(ballot.TicksMost, reports.Max(r => r.Votes!.FramesMost) / ticks);
        ballot.LeastTick = Math.Min(ballot.LeastTick, reports.Where(r => r.Votes!.LeastTick > 0).Select(r => (double)r.Votes!.LeastTick).DefaultIfEmpty(double.PositiveInfinity).Min());
        foreach (var trouble in reports.Select(r => r.Votes!.Trouble ?? r.Trouble).OfType<string>().Distinct()) ballot.Trouble.Add(trouble);
        work.Say($"{ballot.Name}: {audience.People:N0} voted in {reports.Max(r => r.Votes!.Seconds):0.0} s");
    }

    /// <summary>Waits until the last result that everybody was told is that of what was acknowledged; answers how many hold another one when it does not come.</summary>
    private static async Task<int> Wrong(Audience audience, Ballot ballot, string state, Report[] reports)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var right = reports.SelectMany(r => r.Votes!.Results).Where(result => result.State == state && result.Voters == ballot.People && result.Counts.SequenceEqual(ballot.Chosen)).Sum(result => result.People);
            if (right == audience.People || TimeProvider.System.GetElapsedTime(began).TotalSeconds > 30) return audience.People - right;
            await Task.Delay(250);
            reports = await audience.Reports();
        }
    }

    /// <summary>Counts what the database holds, and compares.</summary>
    private static async Task Count(Installation installation, Ballot ballot)
    {
        await using var db = installation.OpenDb();
        var poll = await db.Set<Poll>().AsNoTracking().SingleAsync(p => p.Id == ballot.Poll);
        var tally = new PollTally(PollKind.Single, poll.Counts);
        var voters = await db.Set<PollVoter>().CountAsync(v => v.PollId == ballot.Poll);
        var rows = await db.Set<PollVote>().Where(v => v.PollId == ballot.Poll).GroupBy(v => v.Choice).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => (long)g.Count);
        for (var choice = 0; choice < Choices; choice++)
        {
            ballot.Wrong += Math.Abs(tally.Of($"{choice}") - ballot.Chosen[choice]);
            // Of an anonymous poll there is nothing to count but who voted.
            if (ballot.Name == "named") ballot.Wrong += Math.Abs(rows.GetValueOrDefault($"[{choice}]") - ballot.Chosen[choice]);
        }
        ballot.Wrong += Math.Abs(poll.Voters - ballot.People) + Math.Abs((ballot.Name == "named" ? rows.Values.Sum() : voters) - ballot.People);
    }

    private double Seconds => double.Parse(Option("seconds") ?? (quick ? "3" : "8"), CultureInfo.InvariantCulture);

    private string? Option(string name) => options.FirstOrDefault(o => o.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];

    /// <summary>A poll and what came of it.</summary>
    private sealed class Ballot(Guid poll, string name, int doubts)
    {
        public Guid Poll { get; } = poll;

        public string Name { get; } = name;

        public int Doubts { get; } = doubts;

        /// <summary>People who voted.</summary>
        public int People { get; set; }

        /// <summary>By choice, as it was acknowledged.</summary>
        public long[] Chosen { get; } = new long[Choices];

        public Histogram Acks { get; } = new();

        public long Refused { get; set; }

        public double Seconds { get; set; }

        public double Cpu { get; set; }

        public double DatabaseCpu { get; set; }

        public double SimulatorCpu { get; set; }

        public double TicksMost { get; set; }

        public double LeastTick { get; set; } = double.PositiveInfinity;

        /// <summary>Votes by which the database differs.</summary>
        public long Wrong { get; set; }

        /// <summary>People who were told something else last.</summary>
        public int Unseen { get; set; }

        public HashSet<string> Trouble { get; } = [];
    }

    /// <summary>Where a moderator makes and closes polls.</summary>
    private sealed class Desk(int port, string cookie) : IDisposable
    {
        private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new($"http://127.0.0.1:{port}") };

        public async Task<Ballot> Open(Guid room, string name, int doubts, bool anonymous)
        {
            var id = Guid.CreateVersion7();
            var input = new { question = $"What next? ({name})", kind = "SINGLE", options = Enumerable.Range(1, Choices).Select(n => $"Option {n}").ToArray(), live = true, anonymous };
            await Ask("mutation($room: ID!, $id: ID!, $input: SavePollInput!) { savePoll(room: $room, id: $id, input: $input) { id } }", new { room, id, input });
            await Ask("mutation($id: ID!) { openPoll(id: $id) { id } }", new { id });
            return new(id, name, doubts);
        }

        public Task Close(Guid id) => Ask("mutation($id: ID!) { closePoll(id: $id) { id } }", new { id });

        public void Dispose() => http.Dispose();

        private async Task Ask(string query, object variables)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }, options: Json) };
            request.Headers.Add("Cookie", cookie);
            using var answer = await http.SendAsync(request);
            var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
            if (document.TryGetProperty("errors", out _)) throw new InvalidOperationException(document.ToString());
        }
    }
}
