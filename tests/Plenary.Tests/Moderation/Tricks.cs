using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Rooms.Held;
using Plenary.Tests.Calls;
using Plenary.Tests.Messages;
using Plenary.Tests.Polls;
using Plenary.Tests.Support;
using Plenary.Tests.Tables;

namespace Plenary.Tests.Moderation;

/// <summary>Ways to get round a restriction or a rule, each of which asserts that it does not work; its words are looked for afterwards.</summary>
internal static class Tricks
{
    private static readonly object Strict = new { words = "nuisance\nidiot", wordPolicy = "REFUSE", links = "REFUSE" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static readonly Dictionary<string, Func<Villain, Task>> All = new()
    {
        // Muted: says nothing, whatever the way.
        ["mute: the tab that was open before"] = async v => { await v.Is("MUTE"); await v.CannotWrite(v.Tab, "muted"); },
        ["mute: another tab, another protocol"] = async v =>
        {
            var other = await v.Open(json: true);
            await other.Join(v.Stage);
            await v.Is("MUTE");
            await v.CannotWrite(other, "muted");
        },
        ["mute: coming back"] = async v =>
        {
            await v.Is("MUTE");
            await v.Tab.Drop();
            await v.Tab.Start();
            await v.Tab.Join(v.Stage);
            await v.CannotWrite(v.Tab, "muted");
        },
        ["mute: the personal link on another device"] = async v =>
        {
            await v.Is("MUTE");
            var phone = await v.Open(byLink: true);
            await phone.Join(v.Stage);
            await v.CannotWrite(phone, "muted");
        },
        ["mute: a question, also an anonymous one"] = async v => { await v.Is("MUTE"); await v.CannotAsk("muted"); },
        ["mute: other words for an old question"] = async v =>
        {
            using var page = v.Page();
            var id = Guid.CreateVersion7();
            await page.Graph(Villain.AskDocument, new { room = v.Stage, id, text = "When is the break?" });
            await v.Is("MUTE");
            Assert.Equal("muted", await page.Refused("mutation($room: ID!, $id: ID!, $text: String!) { editQuestion(room: $room, id: $id, text: $text) { id } }", new { room = v.Stage, id, text = v.Words }));
        },
        ["mute: a word in the cloud of a poll"] = async v =>
        {
            var poll = await Cloud(v, v.Yard.Scene.Stage);
            await v.Is("MUTE");
            Assert.Equal("muted", await LiveClient.Refused(() => v.Tab.Say(poll, v.Words[^24..])));
        },
        ["mute: a raised hand"] = async v =>
        {
            await v.Is("MUTE");
            using var page = v.Page();
            Assert.Equal("muted", await page.Refused("mutation($room: ID!) { raiseHand(room: $room) { __typename } }", new { room = v.Stage }));
        },
        ["mute: a private message"] = async v =>
        {
            await v.Is("MUTE");
            using var writer = new Correspondent(v.Yard.Scene, v.Yard.App.Url, v.Person);
            Assert.Equal("muted", await writer.Refused(Correspondent.SendDocument, new { input = new { id = Guid.CreateVersion7(), @event = v.Yard.Scene.Event.Id, person = v.Yard.Moderates.Id, text = v.Words } }));
        },
        ["mute: a line at a table"] = async v =>
        {
            var floor = new Room { EventId = v.Yard.Scene.Event.Id, Slug = $"t{Guid.CreateVersion7():N}"[..30], Name = "Tables", Kind = RoomKind.Networking, Format = "roundtable" };
            await v.Yard.Scene.Save(floor);
            using var sitter = new Sitter(v.Yard.App.Url, v.Yard.Scene, floor, v.Person);
            var table = Guid.Parse((string)(await sitter.Do(Sitter.Start, new { room = floor.Id, topic = "Anything" }))["tables"]![0]!["id"]!);
            await v.Is("MUTE");
            Assert.Equal("muted", await sitter.Refused(Sitter.Say, new { table, id = Guid.CreateVersion7(), text = v.Words }));
        },
        ["mute: a voice at a table"] = async v =>
        {
            var floor = new Room { EventId = v.Yard.Scene.Event.Id, Slug = $"v{Guid.CreateVersion7():N}"[..30], Name = "Tables", Kind = RoomKind.Networking, Format = "roundtable" };
            await v.Yard.Scene.Save(floor);
            using var sitter = new Sitter(v.Yard.App.Url, v.Yard.Scene, floor, v.Person);
            var tab = await v.Open();
            await tab.Join(floor.Id);
            var table = Guid.Parse((string)(await sitter.Do(Sitter.Start, new { room = floor.Id, topic = "Anything" }))["tables"]![0]!["id"]!);
            var caller = new Caller(tab) { Call = table };
            await caller.Enter();
            var restriction = await v.Is("MUTE");
            await caller.Until(() => caller.Peers.Any(p => p.Person == v.Person.Id && p.Silenced), "being silenced");
            await caller.Anew().Enter();
            Assert.True(caller.Peers.Single(p => p.Peer == caller.Peer).Silenced);
            await v.Yard.Moderator.Graph(Yard.LiftDocument, new { id = restriction });
            await caller.Until(() => caller.Peers.Any(p => p.Peer == caller.Peer && !p.Silenced), "being heard again");
        },
        ["mute: a private call"] = async v =>
        {
            using var writer = new Correspondent(v.Yard.Scene, v.Yard.App.Url, v.Person);
            var id = Guid.CreateVersion7();
            await writer.Ask("mutation ($e: ID!, $id: ID!, $p: [ID!]!) { startGroup(event: $e, id: $id, title: \"Two\", people: $p) { id } }", new { e = v.Yard.Scene.Event.Id, id, p = new[] { v.Yard.Moderates.Id } });
            var caller = new Caller(await v.Open()) { Call = id };
            await caller.Enter();
            await v.Is("MUTE");
            await caller.Until(() => caller.Peers.Any(p => p.Person == v.Person.Id && p.Silenced), "being silenced");
        },
        ["mute: another room of the event"] = async v =>
        {
            await v.Is("MUTE");
            var side = await v.Open();
            await side.Join((await v.Yard.NewRoom()).Id);
            await v.CannotWrite(side, "muted");
        },
        ["mute: another name"] = async v =>
        {
            await v.Is("MUTE");
            using var page = v.Page();
            await page.Graph("mutation { updateProfile(name: \"Somebody Else\", headline: \"\") { id } }");
            var other = await v.Open();
            await other.Join(v.Stage);
            await v.CannotWrite(other, "muted");
        },
        ["mute: writing all the time while it is decided"] = async v =>
        {
            var muted = 0;
            var after = 0;
            var flood = Task.Run(async () =>
            {
                for (var n = 0; n < 40; n++)
                {
                    var late = Volatile.Read(ref muted) == 1;
                    try { await v.Tab.Post($"before {n}"); if (late) after++; }
                    catch (Microsoft.AspNetCore.SignalR.HubException) { if (late) return; }
                }
            }, Cancellation);
            await v.Is("MUTE");
            Volatile.Write(ref muted, 1);
            await flood;
            Assert.Equal(0, after);
        },
        ["mute: the id of somebody else's message"] = async v =>
        {
            var id = Guid.CreateVersion7();
            await v.Yard.Honest.Reaches((await v.Yard.Honest.PostUntilKept("Mine", id)).Seq);
            await v.Is("MUTE");
            await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => v.Tab.Post(v.Words, id));
            Assert.Equal("Mine", v.Yard.Honest.Log.Single(e => e.Id == id).Text);
        },
        ["mute: the id of one's own old message"] = async v =>
        {
            var id = Guid.CreateVersion7();
            await v.Tab.Post("An old one", id);
            await v.Is("MUTE");
            // It is the old one and stays so, or is refused as anything they write.
            try { await v.Tab.Post(v.Words, id); }
            catch (Microsoft.AspNetCore.SignalR.HubException) { }
        },
        ["mute: registering anew"] = async v =>
        {
            await v.Is("MUTE");
            var again = await v.Yard.Register(v.Person.Email!.Replace("@", "+again@", StringComparison.Ordinal), "Somebody New");
            var fresh = await v.Open(who: again);
            await fresh.Join(v.Stage);
            await v.CannotWrite(fresh, "muted");
        },
        ["mute: a second registration from before"] = async v =>
        {
            var second = await v.Yard.Register(v.Person.Email!.Replace("@", "+second@", StringComparison.Ordinal), "Second Self");
            var tab = await v.Open(who: second);
            await tab.Join(v.Stage);
            await v.Is("MUTE");
            await v.CannotWrite(tab, "muted");
        },
        ["mute: the room is led by another process"] = async v =>
        {
            await v.Is("MUTE");
            await v.Yard.LeadAnew(v.Yard.Scene.Stage);
            await v.CannotWrite(v.Tab, "muted");
        },
        ["mute: lifting it oneself"] = async v =>
        {
            var id = await v.Is("MUTE");
            using var page = v.Page();
            Assert.Equal("not-found", await page.Refused(Yard.LiftDocument, new { id }));
            await v.CannotWrite(v.Tab, "muted");
        },
        ["mute: cancelling the registration and coming again"] = async v =>
        {
            await v.Is("MUTE");
            await v.Yard.Scene.Cancel(v.Person);
            var again = await v.Yard.Register(v.Person.Email!, v.Person.Name);
            var tab = await v.Open(who: again);
            await tab.Join(v.Stage);
            await v.CannotWrite(tab, "muted");
        },

        ["mute: other words for an old message"] = async v =>
        {
            var old = await v.Tab.Post("An old one");
            await v.Is("MUTE");
            Assert.Equal("muted", await LiveClient.Refused(() => Edit(v, v.Tab, old)));
        },
        ["mute: an answer to somebody's message"] = async v =>
        {
            var said = await v.Tab.Post("Something to answer");
            await v.Is("MUTE");
            Assert.Equal("muted", await LiveClient.Refused(() => v.Tab.Hub.InvokeAsync<Posted>("Post", new PostRequest(v.Stage.ToString(), Guid.CreateVersion7().ToString(), v.Words, said.Seq), Cancellation)));
        },

        // Sent away: is not there, whatever the way.
        ["time-out: joining again"] = async v =>
        {
            await v.Is("TIME_OUT", minutes: 10);
            await Villain.IsOut(v.Tab);
            await Villain.CannotEnter(v.Tab, v.Stage, "timed-out");
            await v.CannotWrite(v.Tab, "not-joined");
        },
        ["time-out: another room"] = async v =>
        {
            var side = await v.Yard.NewRoom();
            await v.Is("TIME_OUT", minutes: 10);
            await Villain.CannotEnter(await v.Open(), side.Id, "timed-out");
        },
        ["removal: joining again on another device"] = async v =>
        {
            await v.Is("REMOVAL", v.Yard.Scene.Stage);
            await Villain.IsOut(v.Tab);
            await Villain.CannotEnter(await v.Open(byLink: true), v.Stage, "removed");
            await (await v.Open()).Join((await v.Yard.NewRoom()).Id); // the other rooms are open
        },
        ["ban: every tab that was open before"] = async v =>
        {
            var (second, third) = (await v.Open(json: true), await v.Open(byLink: true));
            await second.Join(v.Stage);
            await third.Join(v.Stage);
            await v.Is("BAN");
            foreach (var one in new[] { v.Tab, second, third })
            {
                await Villain.IsOut(one);
                await v.CannotWrite(one, "not-joined");
                await Villain.CannotEnter(one, v.Stage, "banned");
            }
        },
        ["ban: signing in again"] = async v => { await v.Is("BAN"); await Villain.CannotEnter(await v.Open(), v.Stage, "banned"); },
        ["ban: the personal link"] = async v => { await v.Is("BAN"); await Villain.CannotEnter(await v.Open(byLink: true), v.Stage, "banned"); },
        ["ban: registering again by the same address"] = async v =>
        {
            await v.Is("BAN");
            var mails = (await v.Yard.App.MailsTo(v.Person.Email!)).Count;
            await v.Yard.Register(v.Person.Email!, "Nobody Special");
            await Villain.CannotEnter(await v.Open(), v.Stage, "banned");
            Assert.Equal(mails, (await v.Yard.App.MailsTo(v.Person.Email!)).Count);
        },
        ["ban: registering by a plus address"] = async v => { await v.Is("BAN"); Assert.Null(await v.Yard.Register(v.Person.Email!.Replace("@", "+1@", StringComparison.Ordinal), "Nobody Special")); },
        ["ban: registering in other letters"] = async v => { await v.Is("BAN"); await v.Yard.Register(v.Person.Email!.ToUpperInvariant(), "N"); await Villain.CannotEnter(await v.Open(), v.Stage, "banned"); },
        ["ban: dots at Gmail"] = async v =>
        {
            var name = $"{Guid.CreateVersion7():N}";
            var who = await v.Yard.Register($"{name}@gmail.com", "Dot Villain");
            await v.Yard.Restrict(who!, "BAN");
            Assert.Null(await v.Yard.Register($"{name[..3]}.{name[3..]}+x@googlemail.com", "Dot Again"));
        },
        ["ban: giving the place back and taking another"] = async v =>
        {
            await v.Is("BAN");
            await v.Yard.Scene.Cancel(v.Person);
            Assert.Null(await v.Yard.Register(v.Person.Email!, "Nobody Special"));
        },
        ["ban: a second registration from before"] = async v =>
        {
            var second = await v.Yard.Register(v.Person.Email!.Replace("@", "+second@", StringComparison.Ordinal), "Second Self");
            var tab = await v.Open(who: second);
            await tab.Join(v.Stage);
            await v.Is("BAN");
            await Villain.IsOut(tab);
            await Villain.CannotEnter(tab, v.Stage, "banned");
        },
        ["ban: being at the event and in no room"] = async v => { await v.Is("BAN"); Assert.Equal("not-found", await LiveClient.Refused(async () => await (await v.Open()).Attend(v.Yard.Scene.Event.Id))); },
        ["ban: asking and looking by the graph"] = async v =>
        {
            await v.Is("BAN");
            await v.CannotAsk("not-found");
            using var page = v.Page();
            Assert.Equal("not-found", await page.Refused("query($id: ID!) { room(id: $id) { name } }", new { id = v.Stage }));
        },
        ["ban: voting on the old connection"] = async v =>
        {
            var poll = await Cloud(v, v.Yard.Scene.Stage);
            await v.Is("BAN");
            await Villain.IsOut(v.Tab);
            Assert.Equal("not-joined", await LiveClient.Refused(() => v.Tab.Say(poll, v.Words[^24..])));
        },
        ["ban: a private message"] = async v =>
        {
            await v.Is("BAN");
            using var writer = new Correspondent(v.Yard.Scene, v.Yard.App.Url, v.Person);
            Assert.Equal("not-found", await writer.Refused(Correspondent.SendDocument, new { input = new { id = Guid.CreateVersion7(), @event = v.Yard.Scene.Event.Id, person = v.Yard.Moderates.Id, text = v.Words } }));
        },

        // Held: nobody sees it before a moderator does.
        ["hold: reading it by another tab, or by the log"] = async v =>
        {
            var room = await v.Yard.NewRoom(new { holdsAll = true });
            var (one, two) = (await v.Open(), await v.Open());
            await one.Join(room.Id);
            Assert.True((await one.Post(v.Words)).Held);
            await two.Join(room.Id);
            Assert.Empty(two.Log);
        },
        ["hold: sending it many times"] = async v =>
        {
            var (room, id) = (await v.Yard.NewRoom(new { holdsAll = true }), Guid.CreateVersion7());
            var tab = await v.Open();
            await tab.Join(room.Id);
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => tab.Post(v.Words, id)));
            await using var db = v.Yard.App.OpenDb();
            Assert.Equal(1, await db.Set<HeldMessage>().CountAsync(h => h.RoomId == room.Id, Cancellation));
        },
        ["hold: letting it through oneself"] = async v =>
        {
            var (room, id) = (await v.Yard.NewRoom(new { holdsAll = true }), Guid.CreateVersion7());
            var tab = await v.Open();
            await tab.Join(room.Id);
            await tab.Post(v.Words, id);
            using var page = v.Page();
            Assert.Equal("not-found", await page.Refused(Yard.DecideDocument, new { room = room.Id, id, through = true }));
            Assert.Equal("not-found", await page.Refused(Yard.QueueDocument, new { @event = v.Yard.Scene.Event.Id }));
        },
        ["hold: sending it again after it was declined, and after the hold"] = async v =>
        {
            var (room, id) = (await v.Yard.NewRoom(new { holdsAll = true }), Guid.CreateVersion7());
            var tab = await v.Open();
            await tab.Join(room.Id);
            await tab.Post(v.Words, id);
            await v.Yard.Moderator.Graph(Yard.DecideDocument, new { room = room.Id, id, through = false });
            await tab.Post(v.Words, id);
            await v.Yard.Rule(room, new { holdsAll = false });
            await tab.Post(v.Words, id);
        },
        ["hold: a question instead of a message"] = async v =>
        {
            var room = await v.Yard.NewRoom(new { holdsAll = true });
            using var page = v.Page();
            Assert.Equal("HELD", (string)(await page.Graph(Villain.AskDocument, new { room = room.Id, id = Guid.CreateVersion7(), text = v.Words }))["askQuestion"]!["state"]!);
        },
        ["hold: the room is led by another process"] = async v =>
        {
            var room = await v.Yard.NewRoom(new { holdsAll = true });
            var tab = await v.Open();
            await tab.Join(room.Id);
            await tab.Post(v.Words);
            await v.Yard.LeadAnew(room);
            Assert.True((await tab.Post(v.Words)).Held);
        },
        ["hold: other words for an old message"] = v => Changed(v, new { holdsAll = true }, "no-changes"),
        ["delay: other words for an old message"] = v => Changed(v, new { delaySeconds = 15 }, "no-changes"),
        ["lock: other words for an old message"] = v => Changed(v, new { locked = true }, "room-locked"),
        ["delay: being muted while it waits"] = async v =>
        {
            var room = await v.Yard.NewRoom(new { delaySeconds = 3 });
            var tab = await v.Open();
            await tab.Join(room.Id);
            Assert.True((await tab.Post(v.Words)).Held);
            await v.Is("MUTE");
            await using var db = v.Yard.App.OpenDb();
            Assert.Equal(HeldState.Dropped, (await db.Set<HeldMessage>().SingleAsync(h => h.RoomId == room.Id, Cancellation)).State);
        },

        // Slow mode: one message in its time.
        ["slow mode: two tabs"] = v => Slow(v, async room =>
        {
            var other = await v.Open(json: true);
            await other.Join(room.Id);
            await v.CannotWrite(other, "slow-mode");
        }),
        ["slow mode: leaving and coming back"] = v => Slow(v, async room =>
        {
            var again = await v.Open(byLink: true);
            await again.Join(room.Id);
            await v.CannotWrite(again, "slow-mode");
        }),
        ["slow mode: the room is led by another process"] = v => Slow(v, async room =>
        {
            await v.Yard.LeadAnew(room);
            var again = await v.Open();
            await again.Join(room.Id);
            await v.CannotWrite(again, "slow-mode");
        }),
        ["slow mode: many at the same moment"] = async v =>
        {
            var room = await v.Yard.NewRoom(new { slowSeconds = 600 });
            var tab = await v.Open();
            await tab.Join(room.Id);
            var kept = await Task.WhenAll(Enumerable.Range(0, 6).Select(async n =>
            {
                try { return (await tab.Post($"Only one of us {n}")).Seq > 0; }
                catch (Microsoft.AspNetCore.SignalR.HubException) { return false; }
            }));
            Assert.Single(kept, one => one);
        },

        // Locked: only staff and speakers write.
        ["lock: writing on"] = async v =>
        {
            var room = await v.Yard.NewRoom(new { locked = true });
            var tab = await v.Open();
            await tab.Join(room.Id);
            await v.CannotWrite(tab, "room-locked");
        },
        ["lock: a question instead"] = async v => await v.CannotAsk("room-locked", await v.Yard.NewRoom(new { locked = true })),
        ["lock: opening it oneself"] = async v =>
        {
            var room = await v.Yard.NewRoom(new { locked = true });
            using var page = v.Page();
            Assert.Equal("not-found", await page.Refused("mutation($room: ID!) { setRoomRules(room: $room, input: { locked: false }) { locked } }", new { room = room.Id }));
        },
        ["lock: being in the room before"] = async v =>
        {
            var room = await v.Yard.NewRoom();
            var tab = await v.Open();
            await tab.Join(room.Id);
            await tab.Post("It is open");
            await v.Yard.Rule(room, new { locked = true });
            await v.CannotWrite(tab, "room-locked");
        },

        // The list of words, and links. How they are written is WordListProperty's.
        ["words: other letters, spaces, and nothing between them"] = async v =>
        {
            var tab = await v.Open();
            await tab.Join((await v.Yard.NewRoom(Strict)).Id);
            foreach (var text in new[] { "What a nu\u200Bisаnce", "n u i s a n c e", "ＮＵＩＳＡＮＣＥ" }) Assert.Equal("words-refused", await LiveClient.Refused(() => tab.Post($"{text} {v.Words}")));
        },
        ["words: as one's name"] = async v =>
        {
            await using var named = await Villain.Of(v.Yard, await v.Yard.NewRoom(Strict), "Nuis\u00ADance Bad");
            Assert.Equal("words-refused", await LiveClient.Refused(() => named.Tab.Post(v.Words)));
        },
        ["words: in a question, or in the cloud of a poll"] = async v =>
        {
            var room = await v.Yard.NewRoom(Strict);
            using var page = v.Page();
            Assert.Equal("words-refused", await page.Refused(Villain.AskDocument, new { room = room.Id, id = Guid.CreateVersion7(), text = $"Is it i-d-i-o-t? {v.Words}" }));
            var tab = await v.Open();
            await tab.Join(room.Id);
            var poll = await Cloud(v, room);
            Assert.Equal("words-refused", await LiveClient.Refused(() => tab.Say(poll, "n.u.i.s.a.n.c.e")));
        },
        ["links: in disguise"] = async v =>
        {
            var tab = await v.Open();
            await tab.Join((await v.Yard.NewRoom(Strict)).Id);
            foreach (var text in new[] { "hxxps://example.org", "example dot com", "example。com" }) Assert.Equal("links-refused", await LiveClient.Refused(() => tab.Post($"{text} {v.Words}")));
        },
    };

    private static Task<Acted> Edit(Villain v, LiveClient tab, Posted old) => Villain.Act(tab, "edit", JsonSerializer.Serialize(new { message = old.Seq, id = Guid.CreateVersion7(), text = v.Words }, JsonSerializerOptions.Web));

    /// <summary>A message from before a rule is said in other words after it.</summary>
    private static async Task Changed(Villain v, object rules, string code)
    {
        var room = await v.Yard.NewRoom();
        var tab = await v.Open();
        await tab.Join(room.Id);
        var old = await tab.Post("An old one");
        await v.Yard.Rule(room, rules);
        Assert.Equal(code, await LiveClient.Refused(() => Edit(v, tab, old)));
    }

    private static async Task Slow(Villain v, Func<Room, Task> trick)
    {
        var room = await v.Yard.NewRoom(new { slowSeconds = 600 });
        var tab = await v.Open();
        await tab.Join(room.Id);
        await tab.Post("The first one is fine");
        await v.CannotWrite(tab, "slow-mode");
        await trick(room);
    }

    private static async Task<Guid> Cloud(Villain v, Room room)
    {
        var id = Guid.CreateVersion7();
        await v.Yard.Moderator.Graph(Voter.Save, new { room = room.Id, id, input = new { question = "One word?", kind = "WORDS", most = 2 } });
        await v.Yard.Moderator.Graph(Voter.Open, new { id });
        return id;
    }
}
