using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Profiles;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Messages;

/// <summary>Nobody but the people of a conversation reads it, whatever they are and whichever door they try.</summary>
public abstract class MessagePrivacyFacts(App app)
{
    private const string Secret = "the-letter-to-the-ministry";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NobodyElseReadsAMessageAFileOrThatThereIsAConversation()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben"));
        var file = await ada.Upload("letter.pdf", "application/pdf", Encoding.UTF8.GetBytes(Secret));
        var draft = await ada.Upload("draft.txt", "text/plain", Encoding.UTF8.GetBytes(Secret));
        Assert.Equal(404, (await ben.Get(file.Url)).Status); // not sent yet
        var sent = await ada.Write(ben.Id, Secret, null, file.Id);
        var (message, conversation) = ((Guid)sent["id"]!, (Guid)sent["conversation"]!);
        Assert.Equal((200, Secret), await ben.Get(file.Url));
        Assert.Equal((200, Secret), await ada.Get(file.Url));

        var blocked = await scene.Attendee("Blocked");
        await ada.Block(blocked.Id);
        var next = await Scene.Arrange(app);
        var spies = new List<(string Who, Correspondent Spy)>
        {
            ("owner", new(scene, app.Url, await scene.Member(OrganizationRole.Owner))),
            ("organizer", new(scene, app.Url, await scene.Granted(EventRole.Organizer))),
            ("producer", new(scene, app.Url, await scene.Granted(EventRole.Producer))),
            ("moderator", new(scene, app.Url, await scene.Granted(EventRole.Moderator))),
            ("speaker", new(scene, app.Url, await scene.Granted(EventRole.Speaker))),
            ("attendee", new(scene, app.Url, await scene.Attendee("Eve"))),
            ("blocked", new(scene, app.Url, blocked)),
            ("stranger", new(scene, app.Url, await scene.Stranger())),
            ("nobody", new(scene, app.Url, null)),
            ("Ben, by a link to another event", new(scene, app.Url, ben.Person, next.Event.Id)),
        };
        foreach (var (who, spy) in spies)
        {
            await using var live = await scene.Connect(spy.Person, onlyEvent: who.StartsWith("Ben", StringComparison.Ordinal) ? next.Event.Id : null);
            string[] doors =
            [
                $"{{ conversations(event: \"{scene.Event.Id}\") {{ id last {{ text files {{ url }} }} members {{ card {{ name }} }} }} }}",
                $"{{ conversation(id: \"{conversation}\") {{ id last {{ text }} members {{ readTo }} }} }}",
                $"{{ conversationWith(event: \"{scene.Event.Id}\", person: \"{ben.Id}\") {{ id last {{ text }} }} }}",
                $"{{ messages(conversation: \"{conversation}\") {{ id text files {{ url name }} }} }}",
                $"{{ unreadMessages(event: \"{scene.Event.Id}\") }}",
                $"mutation {{ readMessages(conversation: \"{conversation}\", to: 1) }}",
                $"mutation {{ typing(conversation: \"{conversation}\") }}",
                $"mutation {{ ring(conversation: \"{conversation}\", state: RINGING) }}",
                $"mutation {{ leaveConversation(conversation: \"{conversation}\") }}",
                $"mutation {{ reportMessages(conversation: \"{conversation}\", about: \"{ada.Id}\", messages: [\"{message}\"]) }}",
                $"mutation {{ sendMessage(input: {{ id: \"{Guid.CreateVersion7()}\", conversation: \"{conversation}\", text: \"let me in\" }}) {{ id }} }}",
                // The id of the message, to have it repeated; and the file, to have it taken along.
                $"mutation {{ sendMessage(input: {{ id: \"{message}\", conversation: \"{conversation}\", text: \"x\" }}) {{ text files {{ url }} }} }}",
                $"mutation {{ sendMessage(input: {{ id: \"{Guid.CreateVersion7()}\", event: \"{scene.Event.Id}\", person: \"{ben.Id}\", text: \"x\", files: [\"{file.Id}\"] }}) {{ id }} }}",
                $"mutation {{ sendMessage(input: {{ id: \"{Guid.CreateVersion7()}\", event: \"{scene.Event.Id}\", person: \"{ben.Id}\", text: \"x\", files: [\"{draft.Id}\"] }}) {{ id }} }}",
            ];
            foreach (var door in doors)
            {
                var answer = (await spy.Answer(door)).ToJsonString();
                Assert.False(answer.Contains(Secret, StringComparison.Ordinal) || answer.Contains(message.ToString(), StringComparison.Ordinal) || answer.Contains("letter.pdf", StringComparison.Ordinal), $"{who}: {door}: {answer}");
                if (!door.Contains("conversations(", StringComparison.Ordinal)) Assert.False(answer.Contains(conversation.ToString(), StringComparison.Ordinal), $"{who}: {door}: {answer}");
            }
            Assert.Equal(404, (await spy.Get(file.Url)).Status);
            Assert.Equal(404, (await spy.Get(draft.Url)).Status);
            var call = await Assert.ThrowsAnyAsync<Exception>(() => live.Hub.InvokeAsync<Entered>("EnterCall", new EnterCallRequest(conversation.ToString(), Guid.CreateVersion7().ToString(), false), Cancellation));
            Assert.DoesNotContain("Ada", call.Message, StringComparison.Ordinal);
            spy.Dispose();
        }
        // All that knocking changed nothing: neither read state, nor words.
        Assert.Equal([Secret], await ada.Texts(conversation));
        Assert.Equal(1, await ben.Unread());
        await using var db = app.OpenDb();
        Assert.False(await db.Set<Report>().AnyAsync(r => r.EventId == scene.Event.Id, Cancellation));
    }

    [Fact]
    public async Task WhatIsToldIsToldToTheTwoAlone()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben"));
        await using var owner = await scene.Connect(await scene.Member(OrganizationRole.Owner));
        await using var eve = await scene.Enter(await scene.Attendee("Eve"));
        await using var benLive = await scene.Connect(ben.Person);
        foreach (var live in (LiveClient[])[owner, eve, benLive]) await live.Attend(scene.Event.Id);
        await ada.Write(ben.Id, Secret);
        await benLive.Until(() => benLive.Told.Count > 0, "the message");
        foreach (var live in (LiveClient[])[owner, eve])
        {
            await live.Hub.InvokeAsync<long>("Now", Cancellation);
            Assert.Empty(live.Told);
        }
    }

    [Fact]
    public async Task ModeratorsSeeOfAReportWhatWasTickedAndNothingElse()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben"));
        using var moderator = new Correspondent(scene, app.Url, await scene.Granted(EventRole.Moderator));
        var conversation = (Guid)(await ada.Write(ben.Id, Secret))["conversation"]!;
        var rude = (Guid)(await ben.Say(conversation, "something rude"))["id"]!;
        await ada.Ask("mutation ($c: ID!, $p: ID!, $m: [ID!]!) { reportMessages(conversation: $c, about: $p, messages: $m, note: \"Please look\") }", new { c = conversation, p = ben.Id, m = new[] { rude } });
        await using var db = app.OpenDb();
        var report = await db.Set<Report>().SingleAsync(r => r.EventId == scene.Event.Id, Cancellation);
        Assert.Equal(("message", ben.Id, "Please look"), (report.ContextKind, report.AboutId, report.Note));
        Assert.Equal("something rude", (string)JsonNode.Parse(report.Excerpt!)![0]!["text"]!);
        Assert.DoesNotContain(Secret, report.Excerpt!, StringComparison.Ordinal);
        Assert.Equal("not-found", await moderator.Refused("query ($c: ID!) { messages(conversation: $c) { text } }", new { c = conversation }));
    }

    [Fact]
    public async Task WhoIsNotOfTheEventAnyMoreReadsNothingThere()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        using var ben = new Correspondent(scene, app.Url, await scene.Attendee("Ben"));
        var file = await ada.Upload("a.txt", "text/plain", Encoding.UTF8.GetBytes(Secret));
        var conversation = (Guid)(await ada.Write(ben.Id, Secret, null, file.Id))["conversation"]!;
        await scene.Cancel(ben.Person!);
        Assert.Equal("not-found", await ben.Refused("query ($c: ID!) { messages(conversation: $c) { text } }", new { c = conversation }));
        Assert.Equal("not-found", await ben.Refused("query ($e: ID!) { conversations(event: $e) { id } }", new { e = scene.Event.Id }));
        Assert.Equal(404, (await ben.Get(file.Url)).Status);
    }

    [Fact]
    public async Task FilesAreWhatTheySayAndNeverRunInThePage()
    {
        var scene = await Scene.Arrange(app);
        using var ada = new Correspondent(scene, app.Url, await scene.Attendee("Ada"));
        var file = await ada.Upload("../../evil.txt", "text/plain", Encoding.UTF8.GetBytes("<script>"));
        using var response = await ada.Http.GetAsync(new Uri(file.Url, UriKind.Relative), Cancellation);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("evil.txt", response.Content.Headers.ContentDisposition!.FileName);
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        async Task<int> Upload(string contentType, byte[] content)
        {
            using var body = new ByteArrayContent(content);
            body.Headers.ContentType = new(contentType);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/messages/files?event={scene.Event.Id}&name=x", UriKind.Relative)) { Content = body };
            request.Headers.ExpectContinue = true; // what is refused need not be sent
            using var answer = await ada.Http.SendAsync(request, Cancellation);
            return (int)answer.StatusCode;
        }
        Assert.Equal(415, await Upload("text/html", [1]));
        Assert.Equal(400, await Upload("image/png", [1, 2, 3]));
        Assert.Equal(400, await Upload("text/plain", []));
        Assert.Equal(413, await Upload("application/pdf", new byte[Plenary.Messages.MessageFiles.Largest + 1]));
    }
}

public sealed class MessagePrivacyFactsOnSqlite(SqliteApp app) : MessagePrivacyFacts(app);

public sealed class MessagePrivacyFactsOnPostgres(PostgresApp app) : MessagePrivacyFacts(app);
