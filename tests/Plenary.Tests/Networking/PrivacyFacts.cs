using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Calls;
using Plenary.Events;
using Plenary.Networking.Directory;
using Plenary.Networking.Meetings;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;
using Plenary.Profiles;
using Plenary.Rooms;
using Plenary.Tests.Messages;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Networking;

/// <summary>
/// What people keep between them is there, with words that could leak, and everybody else tries every door: each field of the graph, the hub, addresses of files, searches, reports and exports.
/// </summary>
public abstract class PrivacyFacts(App app)
{
    /// <summary>Words of a letter between two, of a group, of a note with a meeting that was declined, and of contacts that two gave each other.</summary>
    private static readonly string[] Letters = ["letterquartz", "grouponyx", "noteamber", "contactpearl.example"];

    /// <summary>Words of a profile that is hidden.</summary>
    private const string Hidden = "hiddenopal";

    /// <summary>Words that a reporter ticked for the moderators.</summary>
    private const string Reported = "reportjade";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NobodyReadsWhatOthersKeepBetweenThemThroughAnyDoor()
    {
        var kept = await Arrange();
        var scene = kept.Scene;
        var blocked = await scene.Attendee("Blocked");
        foreach (var by in (Person[])[kept.Ada, kept.Cleo])
            using (var blocker = new Correspondent(scene, app.Url, by)) await blocker.Block(blocked.Id);
        var next = await Scene.Arrange(app);
        var attendee = await scene.Attendee("Eve");

        // Whoever adds a way to be somebody, such as an API key with its scopes, adds a line: who they are, what they send, and which words are theirs to read.
        (string Who, Correspondent Asks, string[] MayRead)[] others =
        [
            ("owner", new(scene, app.Url, await scene.Member(OrganizationRole.Owner)), [Reported]),
            ("organizer", new(scene, app.Url, await scene.Granted(EventRole.Organizer)), [Reported]),
            ("moderator", new(scene, app.Url, await scene.Granted(EventRole.Moderator)), [Reported]),
            ("speaker", new(scene, app.Url, await scene.Granted(EventRole.Speaker)), []),
            ("attendee", new(scene, app.Url, attendee), []),
            ("blocked", new(scene, app.Url, blocked), []),
            ("put out of the group", new(scene, app.Url, kept.Former), []),
            ("stranger", new(scene, app.Url, await scene.Stranger()), []),
            ("nobody", new(scene, app.Url, null), []),
            ("Ben, by a link to another event", new(scene, app.Url, kept.Ben, next.Event.Id), []),
        ];
        var documents = new EveryQuestion(app.Services.GetRequiredService<PlenarySchema>(), kept.Values).Documents().ToList();
        string[] all = [.. Letters, Hidden, Reported, kept.Picture];
        foreach (var (who, asks, mayRead) in others)
        {
            string[] secrets = [.. all.Except(mayRead)];
            await using var live = await scene.Connect(asks.Person, onlyEvent: who.StartsWith("Ben", StringComparison.Ordinal) ? next.Event.Id : null);
            if (asks.Person is not null)
                foreach (var attend in (Func<Task>[])[() => live.Attend(scene.Event.Id), () => live.Join(scene.Stage.Id)])
                    try { await attend(); }
                    catch (HubException) { } // who may not be here hears nothing, which is the point
            await Parallel.ForEachAsync([.. documents, .. kept.Changes], Cancellation, async (document, _) => Clean(who, document, (await asks.Answer(document)).ToJsonString(), secrets));
            foreach (var address in kept.Addresses) Clean(who, address, (await asks.Get(address)).Text, secrets);
            foreach (var call in (Guid[])[kept.Conversation, kept.Group, kept.Meeting])
                Assert.NotNull(await Record.ExceptionAsync(() => live.Hub.InvokeAsync<Entered>("EnterCall", new EnterCallRequest(call.ToString(), Guid.CreateVersion7().ToString(), false), Cancellation)));
            using (var ada = new Correspondent(scene, app.Url, kept.Ada))
            {
                await ada.Say(kept.Conversation, $"{Letters[0]} again");
                await ada.Say(kept.Group, $"{Letters[1]} again");
            }
            if (asks.Person is not null) await live.Hub.InvokeAsync<long>("Now", Cancellation);
            foreach (var told in live.Told.ToArray()) Clean(who, told.About, told.Data, secrets);
            asks.Dispose();
        }

        // The same questions find everything when those ask whose words they are: they would have found a leak.
        foreach (var (person, words) in new[] { (kept.Ada, Letters), (kept.Cleo, [Hidden]) })
        {
            using var owner = new Correspondent(scene, app.Url, person);
            var told = new StringBuilder();
            await Parallel.ForEachAsync(documents, Cancellation, async (document, _) =>
            {
                var answer = (await owner.Answer(document)).ToJsonString();
                lock (told) told.Append(answer);
            });
            foreach (var word in words) Assert.Contains(word, told.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AWishThatIsNotReturnedIsInNobodysAnswers()
    {
        var kept = await Arrange();
        var scene = kept.Scene;
        Correspondent[] others = [new(scene, app.Url, kept.Cleo), new(scene, app.Url, await scene.Attendee("Eve")), new(scene, app.Url, await scene.Granted(EventRole.Moderator))];
        string[] documents = [.. new EveryQuestion(app.Services.GetRequiredService<PlenarySchema>(), kept.Values).Documents().Where(d => d.Contains(kept.Cleo.Id.ToString(), StringComparison.Ordinal) || d.StartsWith("{ event(", StringComparison.Ordinal))];
        foreach (var other in others) await Told(other); // what is made at the first look, such as suggestions, is there
        var before = await Task.WhenAll(others.Select(Told));
        await scene.Save(new ConnectWish { EventId = scene.Event.Id, ById = kept.Ben.Id, WhomId = kept.Cleo.Id, At = TimeProvider.System.GetUtcNow(), SharedLink = "https://wishruby.example" });
        var after = await Task.WhenAll(others.Select(Told));
        for (var i = 0; i < others.Length; i++)
            for (var n = 0; n < documents.Length; n++) Assert.True(before[i][n] == after[i][n], $"{documents[n]}\n{before[i][n]}\n{after[i][n]}");
        foreach (var other in others) other.Dispose();

        async Task<string[]> Told(Correspondent who)
        {
            var answers = new string[documents.Length];
            for (var n = 0; n < documents.Length; n++) answers[n] = Still((await who.Answer(documents[n])).ToJsonString());
            return answers;
        }

        // Clocks go on.
        static string Still(string answer) => System.Text.RegularExpressions.Regex.Replace(answer, "\"(now|until|left|peakAt|serverTime|expiresAt|url|credential|username)\":(\"[^\"]*\"|[0-9.eE+]+)", "");
    }

    private static void Clean(string who, string door, string answer, string[] secrets)
    {
        Assert.DoesNotContain("\"code\":\"too-many-requests\"", answer, StringComparison.Ordinal);
        // What somebody asks for may be repeated in the complaint about it.
        foreach (var secret in secrets)
            if (answer.Contains(secret, StringComparison.OrdinalIgnoreCase) && !door.Contains(secret, StringComparison.OrdinalIgnoreCase)) Assert.Fail($"{who} reads “{secret}” through {door}: {answer}");
    }

    private async Task<Kept> Arrange()
    {
        var scene = await Scene.Arrange(app);
        var (ada, ben, cleo, former) = (await scene.Attendee("Ada"), await scene.Attendee("Ben"), await scene.Attendee("Cleo"), await scene.Attendee("Former"));
        using var adas = new Correspondent(scene, app.Url, ada);
        using var bens = new Correspondent(scene, app.Url, ben);
        var file = await adas.Upload("plan.txt", "text/plain", Encoding.UTF8.GetBytes(Letters[0]));
        var sent = await adas.Write(ben.Id, $"Here it is: {Letters[0]}", null, file.Id);
        var rude = await bens.Write(ada.Id, $"Rude: {Reported}");
        var (conversation, group) = ((Guid)sent["conversation"]!, Guid.CreateVersion7());
        await adas.Ask("mutation ($e: ID!, $id: ID!, $p: [ID!]!) { startGroup(event: $e, id: $id, title: \"We\", people: $p) { id } }", new { e = scene.Event.Id, id = group, p = new[] { ben.Id, former.Id } });
        await adas.Ask("mutation ($c: ID!, $p: ID!) { removeFromGroup(conversation: $c, person: $p) }", new { c = group, p = former.Id });
        await adas.Say(group, $"Only us: {Letters[1]}");
        await adas.Ask("mutation ($c: ID!, $p: ID!, $m: [ID!]!) { reportMessages(conversation: $c, about: $p, messages: $m) }", new { c = conversation, p = ben.Id, m = new[] { (Guid)rude["id"]! } });
        var now = TimeProvider.System.GetUtcNow();
        var meeting = new Meeting { EventId = scene.Event.Id, ById = ada.Id, WithId = ben.Id, StartsAt = now.AddHours(1), EndsAt = now.AddHours(1.25), Note = Letters[2], State = MeetingState.Declined, AskedAt = now };
        await scene.Save(
            meeting,
            new ConnectWish { EventId = scene.Event.Id, ById = ada.Id, WhomId = ben.Id, At = now, SharedLink = $"https://{Letters[3]}/a" },
            new ConnectWish { EventId = scene.Event.Id, ById = ben.Id, WhomId = ada.Id, At = now, SharedLink = $"https://{Letters[3]}/b" },
            new Profile { PersonId = cleo.Id, About = Hidden, Company = Hidden, Interests = [Hidden], LooksFor = [Hidden], Offers = [Hidden], Visibility = Visibility.Hidden, ChangedAt = now });
        var picture = $"/profiles/{cleo.Id}/picture";
        return new(scene, ada, ben, cleo, former, conversation, group, (Guid)sent["id"]!, meeting.Id, picture,
            [
                file.Url, $"{picture}?event={scene.Event.Id}", $"/profiles/{cleo.Id}/intro?event={scene.Event.Id}", $"/meetings/{meeting.Id}.ics",
                $"/e/{scene.Event.Slug}/contacts.vcf", $"/e/{scene.Event.Slug}/contacts.csv", $"/e/{scene.Event.Slug}/contacts/{ada.Id}.vcf", $"/e/{scene.Event.Slug}/contacts/{cleo.Id}.vcf",
                $"/e/{scene.Event.Slug}/event.ics", $"/e/{scene.Event.Slug}", $"/e/{scene.Event.Slug}/people?person={cleo.Id}", $"/e/{scene.Event.Slug}/messages?c={conversation}", "/sitemap.xml", "/metrics",
            ]);
    }

    /// <summary>What is kept, by whom, and where somebody could look for it.</summary>
    private sealed record Kept(Scene Scene, Person Ada, Person Ben, Person Cleo, Person Former, Guid Conversation, Guid Group, Guid Message, Guid Meeting, string Picture, string[] Addresses)
    {
        /// <summary>Changes that answer something, or could be had to.</summary>
        public string[] Changes =>
        [
            $"mutation {{ addToGroup(conversation: \"{Group}\", people: [\"{Ben.Id}\"]) {{ last {{ text }} members {{ card {{ name }} }} }} }}",
            $"mutation {{ removeFromGroup(conversation: \"{Group}\", person: \"{Ben.Id}\") }}",
            $"mutation {{ leaveConversation(conversation: \"{Group}\") }}",
            $"mutation {{ reportMessages(conversation: \"{Conversation}\", about: \"{Ada.Id}\", messages: [\"{Message}\"]) }}",
            $"mutation {{ acceptMeeting(id: \"{Meeting}\") {{ note other {{ name }} }} }}",
            $"mutation {{ declineMeeting(id: \"{Meeting}\") {{ note }} }}",
            $"mutation {{ cancelMeeting(id: \"{Meeting}\") {{ note }} }}",
            $"mutation {{ connect(event: \"{Scene.Event.Id}\", person: \"{Cleo.Id}\") {{ person {{ card {{ about }} contact {{ theirs {{ link }} }} }} }} }}",
            $"mutation {{ shareContact(event: \"{Scene.Event.Id}\", person: \"{Ada.Id}\", email: true) {{ person {{ contact {{ theirs {{ link }} }} }} }} }}",
            $"mutation {{ proposeMeeting(event: \"{Scene.Event.Id}\", person: \"{Cleo.Id}\", at: \"{Scene.Event.StartsAt.AddHours(3):O}\") {{ other {{ about }} }} }}",
        ];

        public string[] Values(string field, string argument) => (field, argument) switch
        {
            ("event", "id") or (_, "event") when field != "room" => [Text(Scene.Event.Id)],
            ("room", "id") or (_, "room") => [Text(Scene.Stage.Id)],
            ("organization", "slug") => [JsonSerializer.Serialize(Scene.Organization.Slug)],
            (_, "conversation") => [Text(Conversation), Text(Group)],
            (_, "person") => [Text(Ada.Id), Text(Ben.Id), Text(Cleo.Id)],
            (_, "people") => [$"[{Text(Ada.Id)}, {Text(Ben.Id)}, {Text(Cleo.Id)}]"],
            ("person", "id") => [Text(Ada.Id), Text(Ben.Id), Text(Cleo.Id)],
            ("conversation", "id") => [Text(Conversation), Text(Group), Text(Message)],
            (_, "id" or "party" or "broadcast") => [Text(Conversation)],
            ("people", "search") => ["null", $"\"{Hidden[..6]}\""],
            _ => [],
        };

        private static string Text(Guid id) => $"\"{id}\"";
    }
}

public sealed class PrivacyFactsOnSqlite(SqliteApp app) : PrivacyFacts(app);

public sealed class PrivacyFactsOnPostgres(PostgresApp app) : PrivacyFacts(app);
