using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Calls;
using Plenary.Messages;
using Plenary.Platform.Mail;
using Plenary.Tests.Calls;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Messages;

/// <summary>People of an event write to each other.</summary>
public abstract class MessagingFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoPeopleWriteToEachOtherAndEachSeesWhatIsNewAndWhatWasRead()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben"), scene.Event.Id);
        await using var adaLive = await scene.Connect(ada.Person);
        await using var benLive = await scene.Connect(ben.Person);
        await adaLive.Attend(scene.Event.Id);
        await benLive.Attend(scene.Event.Id);

        var first = await ada.Write(ben.Id, "  Hello\nBen ");
        var conversation = (Guid)first["conversation"]!;
        Assert.Equal(("Hello\nBen", 1), ((string)first["text"]!, (int)first["number"]!));
        await benLive.Until(() => benLive.Told.Any(t => t.About == "message"), "the message");
        var told = JsonNode.Parse(benLive.Told.Single(t => t.About == "message").Data)!;
        Assert.Equal((conversation, "Hello\nBen", ada.Id, 1), ((Guid)told["conversation"]!, (string)told["text"]!, (Guid)told["person"]!, (int)told["number"]!));
        Assert.Equal(1, await ben.Unread());
        Assert.Equal(0, await ada.Unread());

        await ben.Ask("mutation ($c: ID!) { typing(conversation: $c) }", new { c = conversation });
        await adaLive.Until(() => adaLive.Told.Any(t => t.About == "typing"), "that Ben writes");
        Assert.DoesNotContain(benLive.Told, t => t.About == "typing");
        await ben.Read(conversation, 1_000_000); // not further than there is
        await adaLive.Until(() => adaLive.Told.Any(t => t.About == "read"), "that Ben read it");
        Assert.Equal(1, (int)JsonNode.Parse(adaLive.Told.Single(t => t.About == "read").Data)!["to"]!);
        Assert.Equal(0, await ben.Unread());

        var answer = await ben.Write(ada.Id, "Hello Ada");
        Assert.Equal((conversation, 2), ((Guid)answer["conversation"]!, (int)answer["number"]!));
        Assert.Equal(["Hello\nBen", "Hello Ada"], await ada.Texts(conversation));
        var list = Assert.Single(await ada.Conversations())!;
        Assert.Equal((1, "Hello Ada", false), ((int)list["unread"]!, (string)list["last"]!["text"]!, (bool)list["group"]!));
        Assert.Equal([("Ada", 1), ("Ben", 2)], list["members"]!.AsArray().Select(m => ((string)m!["card"]!["name"]!, (int)m["readTo"]!)).Order());
        Assert.Equal("invalid-input", await ada.Refused(Correspondent.SendDocument, new { input = new { id = Guid.CreateVersion7(), conversation, text = "  " } }));
        Assert.Equal("invalid-input", await ada.Refused(Correspondent.SendDocument, new { input = new { id = Guid.CreateVersion7(), conversation, text = new string('x', 4_001) } }));
    }

    [Fact]
    public async Task SentTwiceOrAtOnceItIsOneMessageAndNumbersHaveNoDoubles()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben"));
        var id = Guid.CreateVersion7();
        // The same first message over and over, and the other's first one, all at the same moment.
        var sent = await Task.WhenAll([.. Enumerable.Range(0, 4).Select(_ => ada.Write(ben.Id, "once", id)), ben.Write(ada.Id, "me too")]);
        var conversation = (Guid)sent[0]["conversation"]!;
        Assert.All(sent, m => Assert.Equal(conversation, (Guid)m["conversation"]!));
        Assert.Single(sent[..4].Select(m => (int)m["number"]!).Distinct());
        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => (n % 2 == 0 ? ada : ben).Say(conversation, $"line {n}")));
        Assert.Equal(8, (await ada.Texts(conversation)).Length);
        await using var db = app.OpenDb();
        Assert.Equal(Enumerable.Range(1, 8).Select(n => (long)n), await db.Set<Message>().Where(m => m.ConversationId == conversation).OrderBy(m => m.Number).Select(m => m.Number).ToListAsync(Cancellation));
        Assert.Equal("id-taken", await ben.Refused(Correspondent.SendDocument, new { input = new { id, conversation, text = "mine" } }));
    }

    [Fact]
    public async Task AGroupTalksAndWhoLeavesReadsNoMore()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben"));
        using var cai = new Correspondent(scene, app.Url, await scene.Attendee("Cai"));
        var stranger = await scene.Stranger();
        const string start = "mutation ($e: ID!, $id: ID!, $p: [ID!]!) { startGroup(event: $e, id: $id, title: \"Three\", people: $p) { id group title members { card { name } } } }";
        var id = Guid.CreateVersion7();
        for (var again = 0; again < 2; again++)
        {
            var group = (await ada.Ask(start, new { e = scene.Event.Id, id, p = new[] { ben.Id, cai.Id, stranger.Id } }))["startGroup"]!;
            Assert.Equal((id, true, "Three", 3), ((Guid)group["id"]!, (bool)group["group"]!, (string)group["title"]!, group["members"]!.AsArray().Count));
        }
        Assert.Equal("group-full", await ada.Refused(start, new { e = scene.Event.Id, id = Guid.CreateVersion7(), p = Enumerable.Range(0, 12).Select(_ => Guid.CreateVersion7()) }));
        Assert.Equal("id-taken", await ben.Refused(start, new { e = scene.Event.Id, id = (Guid)(await ben.Write(ada.Id, "x"))["conversation"]!, p = new[] { ada.Id } }));
        await ben.Say(id, "for three");
        Assert.Equal((1, 1), ((int)(await ada.Conversations()).Single(c => (Guid)c!["id"]! == id)!["unread"]!, await cai.Unread()));
        await cai.Ask("mutation ($c: ID!) { leaveConversation(conversation: $c) }", new { c = id });
        await ada.Say(id, "for two");
        Assert.Empty(await cai.Conversations());
        Assert.Equal("not-found", await cai.Refused("query ($c: ID!) { messages(conversation: $c) { text } }", new { c = id }));
        Assert.Equal(["for three", "for two"], await ben.Texts(id));
    }

    [Fact]
    public async Task PeopleAreBroughtIntoAGroupAndTakenOutAndSeeWhatWasSaidMeanwhile()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben"));
        using var cai = new Correspondent(scene, app.Url, await scene.Attendee("Cai"));
        const string add = "mutation ($c: ID!, $p: [ID!]!) { addToGroup(conversation: $c, people: $p) { keeper members { card { name } } } }";
        const string remove = "mutation ($c: ID!, $p: ID!) { removeFromGroup(conversation: $c, person: $p) }";
        const string leave = "mutation ($c: ID!) { leaveConversation(conversation: $c) }";
        var id = Guid.CreateVersion7();
        await ada.Ask("mutation ($e: ID!, $id: ID!, $p: [ID!]!) { startGroup(event: $e, id: $id, title: \"Two\", people: $p) { id } }", new { e = scene.Event.Id, id, p = new[] { ben.Id } });
        await ada.Say(id, "before Cai");
        Assert.Equal("not-found", await cai.Refused(add, new { c = id, p = new[] { cai.Id } }));

        // Anybody in it brings people in, of those whom they see; two who do it at once do it once.
        var added = await Task.WhenAll(ben.Ask(add, new { c = id, p = new[] { cai.Id, Guid.CreateVersion7() } }), ada.Ask(add, new { c = id, p = new[] { cai.Id, ada.Id } }));
        Assert.Equal((ada.Id, 3), ((Guid)added[0]["addToGroup"]!["keeper"]!, added[0]["addToGroup"]!["members"]!.AsArray().Count));
        Assert.Equal(0, await cai.Unread());
        await ben.Say(id, "with Cai");
        Assert.Equal(["with Cai"], await cai.Texts(id));
        Assert.Equal(1, await cai.Unread());

        // Taken out by whoever keeps it, and by nobody else; out of its call, too.
        Assert.Equal("forbidden", await ben.Refused(remove, new { c = id, p = cai.Id }));
        Assert.Equal("invalid-input", await ada.Refused(remove, new { c = id, p = ada.Id }));
        await using var call = new Caller(await scene.Connect(cai.Person)) { Call = id };
        await call.Enter();
        await ada.Ask(remove, new { c = id, p = cai.Id });
        await call.Until(() => call.Heard<CallEnded>().Count == 1, "to be out of the call");
        await ada.Ask(remove, new { c = id, p = cai.Id });
        await ada.Say(id, "without Cai");
        Assert.Equal("not-found", await cai.Refused("query ($c: ID!) { messages(conversation: $c) { text } }", new { c = id }));

        // Brought back, they see what comes; whoever left by themselves is not brought back by others.
        await ada.Ask(add, new { c = id, p = new[] { cai.Id } });
        await ada.Say(id, "again");
        Assert.Equal(["again"], await cai.Texts(id));
        await cai.Ask(leave, new { c = id });
        Assert.Equal(2, (await ada.Ask(add, new { c = id, p = new[] { cai.Id } }))["addToGroup"]!["members"]!.AsArray().Count);
        // When who keeps it leaves, whoever is in it longest keeps it.
        await ada.Ask(leave, new { c = id });
        Assert.Equal(ben.Id, (Guid)(await ben.Ask("query ($c: ID!) { conversation(id: $c) { keeper } }", new { c = id }))["conversation"]!["keeper"]!);
        Assert.Equal("not-a-group", await ben.Refused(add, new { c = (Guid)(await ben.Write(ada.Id, "two"))["conversation"]!, p = new[] { cai.Id } }));
    }

    [Fact]
    public async Task WhoIsBlockedNoticesNothingAndIsNotHeard()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben"));
        using var cai = new Correspondent(scene, app.Url, await scene.Attendee("Cai"));
        var conversation = (Guid)(await ben.Write(ada.Id, "before"))["conversation"]!;
        await using var adaLive = await scene.Connect(ada.Person);
        await adaLive.Attend(scene.Event.Id);
        await ada.Block(ben.Id);
        await ada.Block(cai.Id);
        await adaLive.Until(() => adaLive.Told.Any(t => t.About == "conversation"), "that the list is another");

        Assert.Equal(2, (int)(await ben.Say(conversation, "unheard"))["number"]!);
        await ben.Ask("mutation ($c: ID!) { typing(conversation: $c) }", new { c = conversation });
        await ben.Ask("mutation ($c: ID!) { ring(conversation: $c, state: RINGING) }", new { c = conversation });
        Assert.Equal(["before", "unheard"], await ben.Texts(conversation));
        Assert.Equal("unheard", (string)Assert.Single(await ben.Conversations())!["last"]!["text"]!);
        Assert.Empty(await ada.Conversations());
        Assert.Equal(0, await ada.Unread());
        Assert.Equal("you-block-them", await ada.Refused(Correspondent.SendDocument, new { input = new { id = Guid.CreateVersion7(), conversation, text = "x" } }));
        // Without a conversation nobody can begin one: the same answer as for somebody who is not there.
        object First(Guid person) => new { input = new { id = Guid.CreateVersion7(), @event = scene.Event.Id, person, text = "hello?" } };
        Assert.Equal("not-found", await cai.Refused(Correspondent.SendDocument, First(ada.Id)));
        Assert.Equal("not-found", await cai.Refused(Correspondent.SendDocument, First(Guid.CreateVersion7())));

        await ada.Unblock(ben.Id);
        await ben.Say(conversation, "after");
        await adaLive.Until(() => adaLive.Told.Any(t => t.About == "message"), "the first message that is heard");
        Assert.Equal(["before", "after"], await ada.Texts(conversation)); // what was said meanwhile was not said to her
        Assert.Equal("after", (string)JsonNode.Parse(Assert.Single(adaLive.Told, t => t.About == "message").Data)!["text"]!);
        Assert.DoesNotContain(adaLive.Told, t => t.About is "typing" or "ring");
    }

    [Fact]
    public async Task TheCallOfAConversationRingsAndLetsItsPeopleInAndABlockEndsIt()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben"));
        var conversation = (Guid)(await ben.Write(ada.Id, "call me"))["conversation"]!;
        await using var adaLive = await scene.Connect(ada.Person);
        await using var benLive = await scene.Connect(ben.Person);
        await adaLive.Attend(scene.Event.Id);
        await ben.Ask("mutation ($c: ID!) { ring(conversation: $c, state: RINGING) }", new { c = conversation });
        await adaLive.Until(() => adaLive.Told.Any(t => t.About == "ring"), "that it rings");
        var ring = JsonNode.Parse(adaLive.Told.Single(t => t.About == "ring").Data)!;
        Assert.Equal((conversation, "Ben", "ringing"), ((Guid)ring["conversation"]!, (string)ring["name"]!, (string)ring["state"]!));
        var ended = new TaskCompletionSource<CallEnded>(TaskCreationOptions.RunContinuationsAsynchronously);
        adaLive.Hub.On<CallEnded>("CallEnded", ended.SetResult);
        foreach (var live in (LiveClient[])[adaLive, benLive])
        {
            var entered = await live.Hub.InvokeAsync<Entered>("EnterCall", new EnterCallRequest(conversation.ToString(), Guid.CreateVersion7().ToString(), true), Cancellation);
            Assert.True(entered.MayPublish);
        }
        Assert.Equal(2, (await app.Services.GetRequiredService<LiveCalls>().Peers(conversation)).Length);
        await ada.Block(ben.Id);
        Assert.Equal("call-over", (await ended.Task.WaitAsync(TimeSpan.FromSeconds(90), Cancellation)).Code);
        Assert.Equal("not-found", await LiveClient.Refused(() => adaLive.Hub.InvokeAsync<Entered>("EnterCall", new EnterCallRequest(conversation.ToString(), Guid.CreateVersion7().ToString(), true), Cancellation)));
    }

    [Fact]
    public async Task TheAbsentGetOneMailThatSaysWhoButNotWhatAndCanStopThem()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben Brook"));
        var conversation = (Guid)(await ben.Write(ada.Id, "the secret of Groundwork"))["conversation"]!;
        var digest = app.Services.GetRequiredService<MessageDigest>();
        await digest.Send(Cancellation);
        Assert.Empty(await MailsTo(ada)); // she may just be reading it
        await Age(conversation);
        await digest.Send(Cancellation);
        await digest.Send(Cancellation);
        var mail = Assert.Single(await MailsTo(ada));
        Assert.Contains("Ben Brook", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", mail.Text + mail.Html + mail.Subject, StringComparison.Ordinal);
        Assert.Contains($"/e/{scene.Event.Slug}/messages", mail.Text, StringComparison.Ordinal);
        Assert.Empty(await MailsTo(ben));

        await ben.Say(conversation, "one more");
        await Age(conversation);
        await digest.Send(Cancellation);
        Assert.Single(await MailsTo(ada)); // not within the hour
        await using (var db = app.OpenDb()) await db.Set<MessageMails>().Where(m => m.PersonId == ada.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.SentAt, TimeProvider.System.GetUtcNow().AddHours(-2)), Cancellation);
        await digest.Send(Cancellation);
        Assert.Equal(2, (await MailsTo(ada)).Count);

        using var nobody = new Correspondent(scene, app.Url, null);
        const string stop = "mutation ($t: String!) { stopMessageMails(token: $t) }";
        Assert.Equal("link-void", await nobody.Refused(stop, new { t = "rubbish" }));
        await nobody.Ask(stop, new { t = digest.StopLink(ada.Id).Split('/')[^1] });
        Assert.False((bool)(await ada.Ask("{ messageMails }"))["messageMails"]!);
    }

    [Fact]
    public async Task ReadingAListCostsTheSameHoweverLongItIs()
    {
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(6);
        using var ada = new Correspondent(scene, app.Url, people[0]);
        foreach (var person in people[1..]) await ada.Write(person.Id, "hello");
        using var visitor = app.Visitor();
        visitor.Http.DefaultRequestHeaders.Add("Cookie", scene.Sessions.Cookie(people[0].Id));
        const string query = "query ($e: ID!) { conversations(event: $e) { id unread last { text files { id } } members { card { name } } } }";
        var list = await visitor.GraphInCommands(12, query, new { e = scene.Event.Id });
        Assert.Equal(5, list["conversations"]!.AsArray().Count);
    }

    private async Task Age(Guid conversation)
    {
        await using var db = app.OpenDb();
        await db.Set<Message>().Where(m => m.ConversationId == conversation).ExecuteUpdateAsync(set => set.SetProperty(m => m.At, m => TimeProvider.System.GetUtcNow().AddMinutes(-20)), Cancellation);
    }

    private Task<IReadOnlyList<MailboxMail>> MailsTo(Correspondent person) => app.MailsTo(person.Person!.Email!);
}

public sealed class MessagingFactsOnSqlite(SqliteApp app) : MessagingFacts(app);

public sealed class MessagingFactsOnPostgres(PostgresApp app) : MessagingFacts(app);
