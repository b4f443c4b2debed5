using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Plenary.Tests.Support;

namespace Plenary.Tests.Agenda;

/// <summary>Agendas taken home as files, and taken over from files of Plenary and of other systems.</summary>
public abstract class AgendaFileFacts(App app)
{
    private const string Agenda = "query($id: ID!) { event(id: $id) { startsAt endsAt rooms { name } sessions { id title summary startsAt endsAt room { name } speakers { name } } } }";
    private const string SaveSession = "mutation($input: SaveSessionInput!) { saveSession(input: $input) { id } }";

    [Theory]
    [InlineData("json")]
    [InlineData("ics")]
    [InlineData("csv")]
    public async Task WhatGoesOutComesBackTheSame(string format)
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent(publish: true);
        var (ada, bo) = (await owner.NewSpeaker(made.Id(), "Ada Ämter"), await owner.NewSpeaker(made.Id(), "Bo, Jr."));
        await Save(owner, made, "=Sums; \"quoted\", and 名前", "One line,\nanother; and a <b>tag</b> \\ with a backslash that is longer than any line of a calendar may be.", "2031-05-14T19:00", 45, ada.Id(), bo.Id());
        var file = await Export(owner, made, format);

        var same = await Take(owner, made, file, $"format={format}&removeOthers=true");
        Assert.True((int)same["mistakeCount"]! == 0, same.ToJsonString());
        Assert.Empty(same["added"]!.AsArray().Concat(same["changed"]!.AsArray()).Concat(same["removed"]!.AsArray()));
        Assert.Equal(5, (int)same["unchanged"]!);

        var other = await owner.NewEvent("Another one");
        var preview = await Take(owner, other, file, $"format={format}&removeOthers=true");
        Assert.False((bool)preview["written"]!);
        Assert.Equal(4, (await Read(owner, other)).Count(s => s.Length > 0));
        Assert.True((bool)(await Take(owner, other, file, $"format={format}&removeOthers=true&confirm={(string)preview["fingerprint"]!}"))["written"]!);
        Assert.Equal(await Read(owner, made), await Read(owner, other));
        // Once more is nothing more.
        Assert.Equal(5, (int)(await Take(owner, other, file, $"format={format}&removeOthers=true"))["unchanged"]!);
    }

    [Fact]
    public async Task OnlyWhatWasShownIsWritten()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var file = Encoding.UTF8.GetBytes("title,room,start,minutes\r\nNew talk,Attic,2031-05-14T20:00,30\r\n");
        var preview = await Take(owner, made, file, "format=csv");
        Assert.Equal(["Attic"], preview["rooms"]!.AsArray().Select(r => (string)r!));
        await Save(owner, made, "Meanwhile", "", "2031-05-14T21:00", 30);
        var (status, refusal) = await Post(owner.Browser, made.Id(), file, $"format=csv&confirm={(string)preview["fingerprint"]!}");
        Assert.Equal((HttpStatusCode.Conflict, "changed-meanwhile"), (status, (string)refusal["code"]!));
        Assert.DoesNotContain(await Read(owner, made), s => s.StartsWith("New talk", StringComparison.Ordinal));
        var again = await Take(owner, made, file, "format=csv");
        await Take(owner, made, file, $"format=csv&confirm={(string)again["fingerprint"]!}");
        Assert.Contains(await Read(owner, made), s => s.StartsWith("New talk", StringComparison.Ordinal) && s.Contains("Attic", StringComparison.Ordinal));
        Assert.Contains(await Read(owner, made), s => s.StartsWith("Meanwhile", StringComparison.Ordinal)); // what the file does not have stays, unless it is to go
    }

    /// <summary>Format, text (DAYS and ZONE stand for what is around them), line of the mistake, and words of it.</summary>
    public static TheoryData<string, string, int, string> Mistakes => new()
    {
        { "json", "{\n\"schedule\": {\n\"conference\" oops", 3, "not JSON" },
        { "json", "[1, 2]", 1, "no schedule" },
        { "json", "DAYS:{\"Attic\": [\n{ \"guid\": \"nothing\", \"title\": \"T\", \"date\": \"2031-05-14T20:00:00+02:00\", \"duration\": \"00:30\", \"persons\": [] }]}", 3, "must be a UUID" },
        { "json", "DAYS:{\"Attic\": [\n{ \"id\": \"7\", \"guid\": \"8079583e-8321-506c-95af-fd2903a5f075\", \"title\": \"T\", \"date\": \"2031-05-14T20:00:00+02:00\", \"duration\": \"00:30\", \"persons\": [] }]}", 3, "whole number" },
        { "json", "DAYS:{\"Attic\": [\n{ \"guid\": \"8079583e-8321-506c-95af-fd2903a5f075\", \"title\": \"T\", \"date\": \"soon\", \"duration\": \"00:30\", \"persons\": [] }]}", 3, "not a date" },
        { "json", "ZONE", 2, "not a time zone" },
        { "ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:T\nDTSTART;TZID=Mars/Olympus:20310514T200000\nDTEND:20310514T190000Z\nEND:VEVENT\nEND:VCALENDAR", 4, "not a time zone" },
        { "ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:T\nDTSTART:20310514T180000Z\nDURATION:PT30M\nRRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR", 6, "repeats" },
        { "ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:T\n", 3, "in the middle" },
        { "csv", "title,room,start,minutes\nA,Attic,2031-05-14T20:00,30\nB,Attic,2031-05-14T20:15,30\n", 3, "one session at a time" },
        { "csv", "title,room,start,minutes\nA,Attic,2031-05-14T20:00,3\n", 2, "5 to 720" },
        { "csv", "title,room,start,minutes\nA,Attic,2020-05-14T20:00,30\n", 0, "Move the sessions onto" },
        { "csv", "title,room,minutes\nA,Attic,30\n", 1, "no column “start”" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task AMistakeIsToldByItsLineAndNothingIsLost(string format, string text, int line, string says)
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        if (text.StartsWith("DAYS:", StringComparison.Ordinal)) text = "{ \"schedule\": { \"conference\": {\n\"days\": [{ \"rooms\": " + text[5..] + "}] } } }";
        if (text == "ZONE") text = "{ \"schedule\": { \"conference\": {\n\"time_zone_name\": \"Mars/Olympus\", \"days\": [] } } }";
        var before = await Read(owner, made);
        var answer = await Take(owner, made, Encoding.UTF8.GetBytes(text), $"format={format}&removeOthers=true");
        var mistake = Assert.Single(answer["mistakes"]!.AsArray())!;
        Assert.True(line == (int)mistake["line"]!, mistake.ToJsonString());
        Assert.Contains(says, (string)mistake["message"]!, StringComparison.Ordinal);
        var (status, _) = await Post(owner.Browser, made.Id(), Encoding.UTF8.GetBytes(text), $"format={format}&removeOthers=true&confirm={(string)answer["fingerprint"]!}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(before, await Read(owner, made));
    }

    [Fact]
    public async Task TooMuchOrNobodysFileIsRefused()
    {
        using var owner = await app.NewOwner();
        using var other = await app.NewOwner("Otto Other");
        using var stranger = app.Visitor();
        var made = await owner.NewEvent();
        var many = new StringBuilder("title,room,start,minutes\n");
        for (var i = 0; i < 5000; i++) many.Append("T,Attic,2031-05-14T20:00,30\n");
        var answer = await Take(owner, made, Encoding.UTF8.GetBytes(many.ToString()), "format=csv");
        Assert.Contains("5000 sessions", (string)answer["mistakes"]![0]!["message"]!, StringComparison.Ordinal);
        var file = "title,room,start,minutes\nA,Attic,2031-05-14T20:00,30\n"u8.ToArray();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(owner.Browser, made.Id(), new byte[5 * 1024 * 1024], "format=csv")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(owner.Browser, made.Id(), [0xff, 0xfe, 0x00], "format=csv")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(owner.Browser, made.Id(), file, "format=xml")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Post(other.Browser, made.Id(), file, "format=csv")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Post(stranger, made.Id(), file, "format=csv")).Status);
        // A draft's agenda is nobody else's either.
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Http.GetAsync($"/e/{made.Slug()}/schedule.json", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task ATitleIsTextWhateverItLooksLike()
    {
        using var owner = await app.NewOwner();
        using var visitor = app.Visitor();
        var made = await owner.NewEvent(publish: true);
        var file = "title,room,start,minutes\n<script>alert(1)</script>,Attic,2031-05-14T20:00,30\n"u8.ToArray();
        var preview = await Take(owner, made, file, "format=csv");
        Assert.Contains("looks like HTML", (string)preview["notes"]![0]!["message"]!, StringComparison.Ordinal);
        await Take(owner, made, file, $"format=csv&confirm={(string)preview["fingerprint"]!}");
        Assert.DoesNotContain("<script>alert", await visitor.Http.GetStringAsync($"/e/{made.Slug()}", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AScheduleOfAnotherSystemIsMovedOntoTheEventAndItsPeopleComeAlong()
    {
        const string Theirs = """
            { "schedule": { "version": "1", "conference": { "acronym": "other", "title": "Other", "start": "2020-12-14", "end": "2020-12-15", "daysCount": 2, "timeslot_duration": "00:05", "time_zone_name": "Europe/Berlin",
              "days": [ { "index": 1, "date": "2020-12-14", "day_start": "2020-12-14T04:00:00+01:00", "day_end": "2020-12-15T03:59:00+01:00", "rooms": { "Gray Room": [
                { "id": 25, "guid": "8079583e-8321-506c-95af-fd2903a5f075", "date": "2020-12-14T09:00:00+01:00", "start": "09:00", "duration": "00:30", "room": "Gray Room", "slug": "a", "url": "http://localhost/a/", "title": "Opening",
                  "subtitle": "", "track": null, "type": "Talk", "language": "en", "abstract": "Short.", "description": "Line one<br />line &amp; two", "links": [], "persons": [ { "id": 26, "code": "NQTF8Y", "public_name": "Brian Robinson", "biography": "Speaks." } ] } ] } },
                { "index": 2, "date": "2020-12-15", "day_start": "2020-12-15T04:00:00+01:00", "day_end": "2020-12-16T03:59:00+01:00", "rooms": { "Gray Room": [
                { "id": 26, "guid": "2d64f8e2-26ee-529f-b5ab-3b3f326e31b9", "date": "2020-12-15T09:00:00+01:00", "start": "09:00", "duration": "01:30", "room": "Gray Room", "slug": "b", "url": "http://localhost/b/", "title": "Closing",
                  "subtitle": "", "track": null, "type": "Talk", "language": "en", "abstract": "", "description": "", "links": [], "persons": [ { "id": 26, "code": "NQTF8Y", "public_name": "Brian Robinson", "biography": "Speaks." } ] } ] } } ] } } }
            """;
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var file = Encoding.UTF8.GetBytes(Theirs);
        Assert.Contains("Move the sessions", (string)Assert.Single((await Take(owner, made, file, "format=json"))["mistakes"]!.AsArray())!["message"]!, StringComparison.Ordinal);
        await Confirm(owner, made, file, "format=json&ontoEvent=true&removeOthers=true");
        // Nine in the morning in winter is nine in the morning in May.
        Assert.Equal(["Opening|Gray Room|2031-05-14T07:00:00|2031-05-14T07:30:00|Brian Robinson|Short.\n\nLine one\nline & two", "Closing|Gray Room|2031-05-15T07:00:00|2031-05-15T08:30:00|Brian Robinson|"], await Read(owner, made));
        // The next edition of the file changes what it changes, and makes nobody twice.
        var preview = await Take(owner, made, Encoding.UTF8.GetBytes(Theirs.Replace("\"Closing\"", "\"Goodbye\"", StringComparison.Ordinal)), "format=json&ontoEvent=true&removeOthers=true");
        Assert.Equal("title", (string)Assert.Single(preview["changed"]!.AsArray())!["changes"]![0]!);
        Assert.Empty(preview["added"]!.AsArray().Concat(preview["speakers"]!.AsArray()));

        if (Shared("pretalx-democon.json") is not { } real) return; // a real export, where the machine has one
        var third = await owner.NewEvent("Third");
        var answer = await Confirm(owner, third, await File.ReadAllBytesAsync(real, Cancellation), "format=json&ontoEvent=true&removeOthers=true");
        Assert.Equal((36, 27, 0), (answer["added"]!.AsArray().Count, answer["speakers"]!.AsArray().Count, (int)answer["mistakeCount"]!));
        Assert.NotEqual(0, (int)(await Take(owner, third, await File.ReadAllBytesAsync(Shared("invalid-example.json")!, Cancellation), "format=json&ontoEvent=true"))["mistakeCount"]!);
    }

    [Fact]
    public async Task ProgramsThatAreNotOursReadWhatGoesOut()
    {
        Assert.SkipUnless(await Python.Has("icalendar") && await Python.Has("jsonschema"), "python3-icalendar or python3-jsonschema is not installed (Debian); ./test installs them");
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent("Tea, cake; and more");
        var ada = await owner.NewSpeaker(made.Id(), "Ada; \"the\" Ämter");
        await Save(owner, made, "Über: commas, semicolons; and 名前", "One line,\nanother.", "2031-05-14T19:00", 45, ada.Id());
        var read = await Python.Run("import sys, icalendar\nc = icalendar.Calendar.from_ical(sys.stdin.buffer.read())\nfor e in c.walk('VEVENT'): print(str(e['SUMMARY']) + '|' + e['DTSTART'].dt.isoformat() + '|' + e['DTEND'].dt.isoformat() + '|' + str(e['LOCATION']))", await Export(owner, made, "ics"));
        Assert.Contains("Über: commas, semicolons; and 名前|2031-05-14T17:00:00+00:00|2031-05-14T17:45:00+00:00|Main stage", read, StringComparison.Ordinal);
        Assert.Equal(5, read.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.SkipWhen(Shared("schema.json") is null, "the public schema of schedule.json is not on this machine");
        var verdict = await Python.Run($"import sys, json, jsonschema\nschema = json.load(open({JsonValue.Create(Shared("schema.json")!).ToJsonString()}))\nfor e in jsonschema.Draft6Validator(schema, format_checker=jsonschema.FormatChecker()).iter_errors(json.load(sys.stdin.buffer)): print(list(e.path), e.message)\nprint('checked')", await Export(owner, made, "json"));
        Assert.Equal("checked", verdict.Trim());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<byte[]> Export(Owner owner, JsonNode made, string format) => owner.Browser.Http.GetByteArrayAsync($"/e/{made.Slug()}/schedule.{format}", Cancellation);

    private static async Task<JsonNode> Take(Owner owner, JsonNode made, byte[] file, string how)
    {
        var (status, answer) = await Post(owner.Browser, made.Id(), file, how);
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        return answer;
    }

    private static async Task<JsonNode> Confirm(Owner owner, JsonNode made, byte[] file, string how)
    {
        var preview = await Take(owner, made, file, how);
        Assert.True((int)preview["mistakeCount"]! == 0, preview.ToJsonString());
        return await Take(owner, made, file, $"{how}&confirm={(string)preview["fingerprint"]!}");
    }

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> Post(Browserless browser, Guid made, byte[] file, string how)
    {
        using var response = await browser.Http.PostAsync($"/events/{made}/agenda?{how}", new ByteArrayContent(file), Cancellation);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!);
    }

    /// <summary>The agenda as lines that can be compared.</summary>
    private static async Task<List<string>> Read(Owner owner, JsonNode made) =>
        [.. (await owner.Graph(Agenda, new { id = made.Id() }))["event"]!["sessions"]!.AsArray().Select(s =>
            $"{s!["title"]}|{s["room"]!["name"]}|{((string)s["startsAt"]!)[..19]}|{((string)s["endsAt"]!)[..19]}|{string.Join(", ", s["speakers"]!.AsArray().Select(p => (string)p!["name"]!))}|{s["summary"]}")];

    private static Task<JsonObject> Save(Owner owner, JsonNode made, string title, string summary, string startsAtLocal, int minutes, params Guid[] speakers) =>
        owner.Graph(SaveSession, new { input = new { @event = made.Id(), room = made["rooms"]!.AsArray().Single(r => (string)r!["name"]! == "Main stage")!.Id(), title, summary, startsAtLocal, minutes, speakers } });

    /// <summary>A file of the public samples, where a folder of them lies beside the project; null where it does not.</summary>
    private static string? Shared(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", "schedule", name) is var file && File.Exists(file)) return file;
        return null;
    }
}

public sealed class AgendaFileFactsOnSqlite(SqliteApp app) : AgendaFileFacts(app);

public sealed class AgendaFileFactsOnPostgres(PostgresApp app) : AgendaFileFacts(app);
