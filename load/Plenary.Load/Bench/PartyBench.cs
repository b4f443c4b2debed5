using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Load.Simulator;
using Plenary.Parties;
using Plenary.Profiles;

namespace Plenary.Load.Bench;

/// <summary>
/// A Cocktail Party of 10,000: everybody attends, enters, is ready; three rounds; everybody enters the call of each meeting and says what browsers say. What is measured is
/// how late each person is told each transition, against the time that was announced for it. <c>--people=</c>, <c>--rounds=</c>, <c>--calls=0.2</c>: the share of meetings
/// whose people enter the call; <c>--minute=20</c>: seconds of talk.
/// </summary>
internal sealed class PartyBench(Workspace work, bool quick, string[] options) : IDisposable
{
    private const int AtOnce = 24;

    /// <summary>Meetings of each round whose people both ask for more time.</summary>
    private const int Extending = 10;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = AtOnce });

    public async Task<Dictionary<string, double>> Run()
    {
        var (people, rounds) = ((int)Number("people", quick ? 1_000 : 10_000), (int)Number("rounds", 3));
        await using var postgres = await Postgres.Start(work);
        await using var plenary = new PlenaryEngine(work, postgres, "--Parties:MinuteSeconds", Number("minute", 20).ToString(CultureInfo.InvariantCulture));
        await plenary.Start(1);
        http.BaseAddress = new($"http://127.0.0.1:{plenary.Ports.First()}");
        var hall = await Hall.Build(plenary.Installation, people, moderators: 1);
        // By and by: the directory's index is kept with each row, and a copy has half a minute.
        foreach (var some in Profiles(hall).Chunk(250)) await plenary.Installation.Copy(some);
        var cookies = hall.WriteCookies(Path.Combine(work.Folder, "guests"), 0, people);
        await using var guests = new Audience(work);
        guests.Add(plenary.Crowd(0, people, new() { Room = hall.Event.ToString(), Cookies = cookies, Calls = Number("calls", 1) }) with { Protocol = Protocol.Party });
        await guests.Arrive(120);
        work.Say($"{people:N0} people attend");

        var host = (await File.ReadAllLinesAsync(hall.WriteCrewCookies(Path.Combine(work.Folder, "host"))))[0];
        var party = (await Ask(host, "mutation($room: ID!, $settings: PartySettingsInput) { startParty(room: $room, settings: $settings) { id } }",
            new { room = hall.Room, settings = new { minutes = 1, rounds, checkInSeconds = 900 } })).GetProperty("startParty").GetProperty("id").GetGuid();
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(await File.ReadAllLinesAsync(cookies), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (cookie, _) =>
        {
            await Ask(cookie, "mutation($party: ID!) { enterParty(party: $party) { version } }", new { party });
            await Ask(cookie, "mutation($party: ID!) { readyForParty(party: $party) { version } }", new { party });
        });
        var checkIn = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        work.Say($"checked in after {checkIn:0.0} s");

        await guests.Tell("window");
        await Task.Delay(500);
        var (cpu, beside, client) = (plenary.Cpu, postgres.Cpu, guests.Cpu);
        began = TimeProvider.System.GetTimestamp();
        await Ask(host, "mutation($party: ID!) { directParty(party: $party, command: { begin: true }) { phase } }", new { party });
        await Watch(plenary.Installation, host, party, cookies, hall);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await Task.Delay(2_000); // whoever was told late
        var reports = await guests.Reports();
        var lateness = new Histogram();
        foreach (var report in reports) lateness.Add(Histogram.Unpack(report.Latency));
        var kept = await Kept(plenary.Installation, party);
        foreach (var report in reports.Where(r => r.Trouble is not null)) work.Say($"trouble: {report.Trouble}");
        for (var round = 1; round <= rounds; round++) work.Say($"round {round}: {kept.Count(m => m.Round == round):N0} meetings, {kept.Where(m => m.Round == round).Sum(m => m.People.Count):N0} people, {kept.Count(m => m.Round == round && m.Extended)} extended");
        var pairs = kept.SelectMany(m => m.People.SelectMany((a, n) => m.People.Skip(n + 1).Select(b => a.CompareTo(b) < 0 ? (a, b) : (b, a)))).ToList();
        var met = kept.Sum(m => (long)m.People.Count);
        return new()
        {
            ["people"] = people,
            ["rounds"] = kept.Select(m => m.Round).Distinct().Count(),
            ["lateP50"] = lateness.Milliseconds(0.5),
            ["lateP99"] = lateness.Milliseconds(0.99),
            ["lateMost"] = lateness.Max / 1000.0,
            ["transitions"] = lateness.Count,
            ["messages"] = reports.Sum(r => r.Frames),
            ["lost"] = met - reports.Sum(r => r.Entries) + reports.Sum(r => r.People - r.Joined),
            ["reconnects"] = reports.Sum(r => r.Reconnects),
            ["repeated"] = pairs.Count - pairs.Distinct().Count(),
            ["inMeetings"] = met,
            ["enteredCalls"] = reports.Sum(r => r.Entered),
            ["connectedInCalls"] = reports.Sum(r => r.InCalls),
            ["signals"] = reports.Sum(r => r.Signals),
            ["refused"] = reports.Sum(r => r.Refused),
            ["checkInSeconds"] = checkIn,
            ["cores"] = (plenary.Cpu - cpu) / seconds,
            ["databaseCores"] = (postgres.Cpu - beside) / seconds,
            ["simulatorCores"] = (guests.Cpu - client) / seconds,
        };
    }

    private static IEnumerable<Profile> Profiles(Hall hall) => Crowds.Of(hall.People.Count(), 1).Zip(hall.People, (candidate, person) => new Profile
    {
        PersonId = person,
        Interests = candidate.Interests,
        LooksFor = candidate.LooksFor,
        Offers = candidate.Offers,
        Languages = candidate.Languages,
        Company = candidate.Company!,
    });

    /// <summary>Until the party is over; some ask for more time in each round.</summary>
    private async Task Watch(Installation installation, string host, Guid party, string cookies, Hall hall)
    {
        var places = hall.People.Index().ToDictionary(person => person.Item, person => person.Index);
        var lines = await File.ReadAllLinesAsync(cookies);
        var asked = 0;
        while (true)
        {
            await Task.Delay(1_000);
            var now = (await Ask(host, "query($party: ID!) { party(id: $party) { phase round } }", new { party })).GetProperty("party");
            var (phase, round) = (now.GetProperty("phase").GetString(), now.GetProperty("round").GetInt32());
            if (phase == "over") return;
            if (phase != "talk" || asked == round) continue;
            asked = round;
            await using var db = installation.OpenDb();
            foreach (var meeting in await db.Set<PartyMeeting>().AsNoTracking().Where(m => m.PartyId == party && m.Round == round).OrderBy(m => m.Id).Take(Extending).ToListAsync())
                foreach (var person in meeting.People)
                {
                    try
                    {
                        await Ask(lines[places[person]], "mutation($party: ID!, $meeting: ID!) { askForMoreTime(party: $party, meeting: $meeting) { version } }", new { party, meeting = meeting.Id });
                    }
                    catch (InvalidOperationException)
                    {
                        break; // the round was over before they asked
                    }
                }
        }
    }

    private static async Task<List<PartyMeeting>> Kept(Installation installation, Guid party)
    {
        await using var db = installation.OpenDb();
        return await db.Set<PartyMeeting>().AsNoTracking().Where(m => m.PartyId == party).ToListAsync();
    }

    private async Task<JsonElement> Ask(string cookie, string query, object variables)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }, options: Json) };
        request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return document.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && !document.TryGetProperty("errors", out _) ? data : throw new InvalidOperationException(document.ToString());
    }

    public void Dispose() => http.Dispose();

    private double Number(string name, double otherwise) =>
        options.FirstOrDefault(o => o.StartsWith($"--{name}=", StringComparison.Ordinal)) is { } text ? double.Parse(text[(name.Length + 3)..], CultureInfo.InvariantCulture) : otherwise;
}
