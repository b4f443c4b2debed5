using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Plenary.Events;
using Plenary.Profiles;
using Plenary.Rooms;
using Plenary.Rooms.Chat;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>What messages answer, whom they call, and what becomes of them: for everybody who is there, who comes back and who comes later.</summary>
public abstract class ChatFacts(App app)
{
    private const string History = "query($room: ID!, $message: Int!) { chatHistory(room: $room, message: $message) { deed by role before } }";
    private const string Search = "query($room: ID!, $text: String!) { searchChat(room: $room, text: $text) { seq text quote { text } } }";
    private const string Pinned = "query($room: ID!) { pinnedMessages(room: $room) { seq text pinned } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAnswerQuotesWhatItAnswersAsItIsNow()
    {
        var scene = await Scene.Arrange(app);
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        await using var bob = await scene.Enter(await scene.Attendee("Bob"), json: true);
        await ann.Post("It was\nthe session store.");

        Assert.Equal(2, (await bob.Reply("It always is.", to: 1)).Seq);
        await ann.Reaches(2);
        Assert.Equal((1L, "Ann", "It was the session store."), (ann.Log[1].Quote!.Message, ann.Log[1].Quote!.Name, ann.Log[1].Quote!.Text));
        foreach (var missing in new long[] { 3, 77, -5 }) Assert.Equal("message-gone", await LiveClient.Refused(() => bob.Reply("What?", to: missing)));

        await ann.Edits(1, "It was the cache.");
        await ann.Reaches(3);
        await using (var late = await scene.Enter(await scene.Attendee()))
            Assert.Equal((1L, "It was the cache."), (late.Log[0].Now!.Message, late.Log[1].Quote!.Text));
        await ann.Removes(1);
        await ann.Reaches(4);
        await using var later = await scene.Enter(await scene.Attendee());
        Assert.Equal((null, "author", null), (later.Log[0].Text, later.Log[0].Now!.Removed, later.Log[1].Quote!.Text));
        Assert.Equal("message-gone", await LiveClient.Refused(() => bob.Reply("Hm?", to: 1)));
    }

    [Fact]
    public async Task WhatWasRemovedIsToldToNobodyWhoComesBackNorAfterTheRoomMoved()
    {
        var scene = await Scene.Arrange(app);
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        await using var mod = await scene.Enter(await scene.Granted(EventRole.Moderator));
        await using var away = await scene.Enter(await scene.Attendee("Away"));
        await ann.Post("the first secret");
        await away.Reaches(1);
        await ann.Edits(1, "the second secret");
        await mod.Reply("I read that.", to: 1);
        await mod.Reacts(1, "😮");
        await mod.Removes(1);
        await mod.Reaches(5);
        await ann.Reaches(5);
        Assert.Equal("staff", ann.Shows(1).Now!.Removed);

        await Nowhere();
        await app.Services.GetRequiredService<IGrainFactory>().GetGrain<IRoomGrain>(scene.Stage.Id).Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        Assert.Equal(6, (await ann.Post("and on")).Seq);
        await Nowhere();

        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Moderator));
        var deeds = (await staff.Graph(History, new { room = scene.Stage.Id, message = 1 }))["chatHistory"]!.AsArray();
        Assert.Equal(["edit the first secret", "remove the second secret"], deeds.Select(d => $"{d!["deed"]} {d["before"]}"));
        using var attendee = new Studio(app.Url, scene, await scene.Attendee());
        Assert.Equal("forbidden", await attendee.Refused(History, new { room = scene.Stage.Id, message = 1 }));

        async Task Nowhere()
        {
            await using var visitor = await scene.Connect(await scene.Attendee(), json: true);
            foreach (var after in new long?[] { null, 0, 1, 3 })
            {
                var joined = await visitor.Hub.InvokeAsync<Joined>("Join", new JoinRequest(scene.Stage.Id.ToString(), after), Cancellation);
                Assert.Equal(after is not null, joined.Replayed);
                Assert.DoesNotContain("secret", JsonSerializer.Serialize(joined.Entries.ToArray()), StringComparison.Ordinal);
                if (after is { } seq) Assert.Equal(joined.Seq - seq, joined.Entries.Count);
            }
        }
    }

    [Fact]
    public async Task ReactionsOfManyAtOnceAreCountedExactlyAndTakenTogether()
    {
        var scene = await Scene.Arrange(app);
        var clients = await Task.WhenAll((await scene.Attendees(12)).Select(person => scene.Enter(person)));
        for (var n = 0; n < 3; n++) await clients[n].Post($"message {n}");
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");

        var wanted = (await Task.WhenAll(clients.Select(async (client, who) =>
        {
            var random = new Random(seed + who);
            var on = new HashSet<(long Message, string Emoji)>();
            for (var n = 0; n < 18; n++)
            {
                var (message, emoji, want) = (random.NextInt64(1, 4), MessageReaction.Known[random.Next(3)], random.Next(3) > 0);
                await client.Reacts(message, emoji, want);
                if (want) on.Add((message, emoji));
                else on.Remove((message, emoji));
            }
            return on;
        }))).SelectMany(on => on).CountBy(on => on).ToDictionary(c => c.Key, c => c.Value);

        await using (var db = app.OpenDb())
        {
            var rows = await db.Set<MessageReaction>().Where(r => r.RoomId == scene.Stage.Id).ToListAsync(Cancellation);
            Same(rows.CountBy(r => (r.Message, r.Emoji)).ToDictionary(c => c.Key, c => c.Value));
            await clients[0].Reaches(await db.Set<RoomEntry>().Where(e => e.RoomId == scene.Stage.Id).MaxAsync(e => e.Seq, Cancellation));
        }
        await using var late = await scene.Enter(await scene.Attendee());
        Same(Counts(late));
        foreach (var client in clients)
        {
            await client.Reaches(late.Seq!.Value);
            Same(Counts(client));
        }
        // Conflated: far fewer entries than reactions.
        Assert.InRange(late.Seq!.Value, 4, 3 + 12 * 18 / 2);
        foreach (var client in clients) await client.DisposeAsync();

        void Same(Dictionary<(long, string), int> found) => Assert.Equal(wanted.OrderBy(w => w.Key), found.OrderBy(f => f.Key));

        static Dictionary<(long, string), int> Counts(LiveClient client) =>
            Enumerable.Range(1, 3).SelectMany(message => (client.Shows(message).Now?.Reactions ?? []).Select(r => ((long)message, r.Key, r.Value))).ToDictionary(c => (c.Item1, c.Key), c => c.Value);
    }

    [Fact]
    public async Task EverybodyMayDoWhatIsTheirsAndNobodyMore()
    {
        var scene = await Scene.Arrange(app);
        var person = await scene.Attendee("Ann");
        await scene.Save(new RoomEntry { RoomId = scene.Stage.Id, Seq = 1, EntryId = Guid.CreateVersion7(), Kind = EntryKind.Chat, PersonId = person.Id, Name = "Ann", Role = "attendee", Text = "long ago", At = TimeProvider.System.GetUtcNow().AddDays(-2) });
        await using var ann = await scene.Enter(person);
        await using var bob = await scene.Enter(await scene.Attendee("Bob"));
        await using var mod = await scene.Enter(await scene.Granted(EventRole.Moderator));
        await ann.Post("mine");

        Assert.Equal("too-late", await LiveClient.Refused(() => ann.Edits(1, "never said")));
        Assert.Equal("too-late", await LiveClient.Refused(() => ann.Removes(1)));
        Assert.Equal("forbidden", await LiveClient.Refused(() => bob.Edits(2, "yours")));
        Assert.Equal("forbidden", await LiveClient.Refused(() => mod.Edits(2, "yours")));
        Assert.Equal("forbidden", await LiveClient.Refused(() => bob.Removes(2)));
        Assert.Equal("forbidden", await LiveClient.Refused(() => ann.Pins(2)));
        Assert.Equal("invalid-input", await LiveClient.Refused(() => ann.Edits(2, " ")));
        Assert.Equal("invalid-input", await LiveClient.Refused(() => ann.Edits(2, new string('x', ChatText.Longest + 1))));
        Assert.Equal("invalid-input", await LiveClient.Refused(() => ann.Reacts(2, "💣")));
        Assert.Equal("invalid-input", await LiveClient.Refused(() => ann.Does("edit", new { message = "two" })));
        Assert.Equal("message-gone", await LiveClient.Refused(() => ann.Reacts(99, "👍")));
        await using (var outside = await scene.Connect(await scene.Attendee()))
            Assert.Equal("not-joined", await LiveClient.Refused(() => outside.Hub.InvokeAsync<Acted>("Act", new ActRequest(scene.Stage.Id.ToString(), "edit", "{}"), Cancellation)));

        var id = Guid.CreateVersion7();
        await ann.Edits(2, "mine, better", id);
        await ann.Edits(2, "mine, better", id); // tried again
        await bob.Reaches(3);
        Assert.Equal("mine, better", bob.Shows(2).Text);
        Assert.NotNull(bob.Shows(2).Now!.EditedAt);
        await mod.Removes(1);
        for (var n = 0; n < 5; n++) await mod.Pins((await mod.Post($"pin {n}")).Seq);
        Assert.Equal("too-many-pins", await LiveClient.Refused(() => mod.Pins(2)));
        using var reader = new Studio(app.Url, scene, person);
        var pins = (await reader.Graph(Pinned, new { room = scene.Stage.Id }))["pinnedMessages"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 5).Select(n => $"pin {n}"), pins.Select(p => (string?)p!["text"]));
        await mod.Pins((long)pins[0]!["seq"]!, on: false);
        await mod.Pins(2);
        Assert.Contains("too-many-requests", (await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Outcome(() => ann.Edits(2, $"again {n}"))))).ToHashSet());
    }

    [Fact]
    public async Task AMentionReachesPeopleOfTheEventWhereverTheyAreAndNobodyElse()
    {
        var scene = await Scene.Arrange(app);
        var (ann, bob, cleo) = (await scene.Attendee("Ann Ünal"), await scene.Attendee("Bob"), await scene.Attendee("Cleo"));
        var stranger = await scene.Stranger("Sam");
        await scene.Save(new Block { ById = cleo.Id, WhomId = bob.Id, EventId = scene.Event.Id, At = TimeProvider.System.GetUtcNow() });
        await using var elsewhere = await scene.Connect(ann);
        await elsewhere.Attend(scene.Event.Id);
        await using var apart = await scene.Connect(cleo);
        await apart.Attend(scene.Event.Id);
        await using var writer = await scene.Enter(bob);

        await writer.Reply("@Ann Ünal, @Sam and @Cleo, look. Not Dora.", to: 0, ann.Id, stranger.Id, cleo.Id, bob.Id);

        await writer.Reaches(1);
        Assert.Equal(new[] { ann.Id, cleo.Id }.Order(), writer.Log[0].Mentions!.Order());
        await elsewhere.Until(() => elsewhere.Told.Exists(t => t.About == "mention"), "the mention");
        var told = JsonNode.Parse(elsewhere.Told.Single(t => t.About == "mention").Data)!;
        Assert.Equal(("Bob", 1L, "stage"), ((string?)told["name"], (long)told["seq"]!, (string?)told["slug"]));
        // What comes to Cleo later came to her first if it came at all: the block kept the mention away.
        await using var other = await scene.Enter(ann);
        await other.Reply("@Cleo hello", to: 0, cleo.Id);
        await apart.Until(() => apart.Told.Exists(t => t.About == "mention"), "another mention");
        Assert.Equal("Ann Ünal", (string?)JsonNode.Parse(Assert.Single(apart.Told, t => t.About == "mention").Data)!["name"]);
    }

    [Fact]
    public async Task AMentionAndAnAnswerReachTheirPersonInAHugeRoomWhateverIsLeftOut()
    {
        var scene = await Scene.Arrange(app);
        await scene.Elsewhere(app, people: 5_000);
        var person = await scene.Attendee("Ann");
        await using var ann = await scene.Enter(person);
        await ann.Post("my question");
        var writers = await Task.WhenAll((await scene.Attendees(20)).Select(p => scene.Enter(p)));
        await ann.Until(() => ann.Present > 500, "the crowd");

        // Everybody calls or answers her, by the id and not by the name she had when they chose it.
        var seqs = await Task.WhenAll(writers.Select(async (writer, n) => (await (n % 2 == 0 ? writer.Reply("the answer", to: 1) : writer.Reply("@Ann look", to: 0, person.Id))).Seq));

        await ann.Until(() => seqs.All(seq => ann.Log.Any(e => e.Seq == seq)), "all that concerns her");
        foreach (var writer in writers) await writer.DisposeAsync();
    }

    [Fact]
    public async Task WordsAreFoundAsTheyAreNowAndOrganizersTakeTheChatHome()
    {
        var scene = await Scene.Arrange(app);
        var person = await scene.Attendee("Ann");
        await using var ann = await scene.Enter(person);
        await ann.Post("Die Müllabfuhr kommt am Dienstag");
        await ann.Post("=HYPERLINK(\"http://example.org\")");
        await ann.Post("müll, gone soon");
        await ann.Reply("Mittwoch wäre besser", to: 1);
        await ann.Edits(4, "Donnerstag wäre besser");
        await ann.Removes(3);
        using var reader = new Studio(app.Url, scene, await scene.Attendee());

        Assert.Equal<int[]>([1], await Found("mull"));
        Assert.Equal<int[]>([1], await Found("diens MÜLL"));
        Assert.Empty(await Found("Mittwoch"));
        Assert.Equal<int[]>([4], await Found("donners"));
        Assert.Empty(await Found("\"*-("));
        using var stranger = new Studio(app.Url, scene, await scene.Stranger());
        Assert.Equal("not-found", await stranger.Refused(Search, new { room = scene.Stage.Id, text = "x" }));

        using var organizer = new Studio(app.Url, scene, await scene.Granted(EventRole.Organizer));
        var csv = await organizer.Http.GetStringAsync($"/rooms/{scene.Stage.Id}/chat.csv", Cancellation);
        Assert.Contains("\"'=HYPERLINK(\"\"http://example.org\"\")\"", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("gone soon", csv, StringComparison.Ordinal);
        var json = JsonNode.Parse(await organizer.Http.GetStringAsync($"/rooms/{scene.Stage.Id}/chat.json", Cancellation))!.AsArray();
        Assert.Equal([(1, false), (2, false), (3, false), (4, true)], json.Select(line => ((int)line!["number"]!, (bool)line["edited"]!)));
        foreach (var nobody in (Studio[])[reader, stranger])
            Assert.Equal(HttpStatusCode.NotFound, (await nobody.Http.GetAsync($"/rooms/{scene.Stage.Id}/chat.csv", Cancellation)).StatusCode);

        async Task<int[]> Found(string text) => [.. (await reader.Graph(Search, new { room = scene.Stage.Id, text }))["searchChat"]!.AsArray().Select(hit => (int)hit!["seq"]!)];
    }

    private static async Task<string> Outcome(Func<Task> act)
    {
        try
        {
            await act();
            return "";
        }
        catch (Microsoft.AspNetCore.SignalR.HubException refused)
        {
            return (string)JsonNode.Parse(refused.Message[refused.Message.IndexOf('{', StringComparison.Ordinal)..])!["code"]!;
        }
    }
}

public sealed class ChatFactsOnSqlite(SqliteApp app) : ChatFacts(app);

public sealed class ChatFactsOnPostgres(PostgresApp app) : ChatFacts(app);
