using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Plenary.Calls;
using Plenary.Rooms;

namespace Plenary.Tests.Rooms;

/// <summary>
/// While a cluster is upgraded, old and new processes talk to each other, and so do old clients with new servers. Messages that were written down
/// once are read for ever (<c>wire-samples.json</c>), one that lacks a field that came later is read with its default, and one with a field
/// that is not known yet is read without it.
/// </summary>
public sealed class WireVersionFacts
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static readonly MessagePackSerializerOptions Pack = new MessagePackHubProtocolOptions().SerializerOptions;

    private static readonly Guid Room = new("01a207b7-e79a-7d64-ab49-4db879bb168b");

    private static readonly Entry Line = new(7, new("01a207b7-e79a-7d64-ab49-4db879bb0001"), EntryKind.Chat, 1_790_000_000_123, new("01a207b7-e79a-7d64-ab49-4db879bb0002"), "Zoë", "attendee", "Grüße", null);

    private static readonly StageNow Live = new(StageState.Live, new("01a207b7-e79a-7d64-ab49-4db879bb0003"), "/live/x/live.m3u8", "Amara", 1_790_000_000_000);

    private static readonly Audience People = new(12, 3, 1800);

    private static readonly CallPeer Caller = new(new("01a207b7-e79a-7d64-ab49-4db879bb0004"), Line.Person!.Value, "Zoë", "speaker", "S127.0.0.1:11111:1", true, true, false, [new("c", "camera", true)], 12);

    private static readonly CallList InCall = new(1_790_000_000_456, [Caller], false, [Room]);

    // What is written down. Only add: a sample that changes is a cluster that cannot be upgraded while it runs.
    private static readonly object[] Messages =
    [
        new NewEntry(Line.Id, EntryKind.Chat, Line.Person, "Zoë", "attendee", "Grüße", null),
        new Appended(AppendOutcome.Kept, 7, 1_790_000_000_123),
        new RelayReport("S127.0.0.1:11111:1", 12, 3, 1800, new() { ["clap"] = 4 }, true, 14, 25),
        new Tail(7, [Line], Live, People, [Line.Person!.Value]),
        People,
        Live,
        new OnStage(Line.Person!.Value, "Amara Okafor", "Climate, mostly"),
        new StageCard("break", "Back soon", "With the second half", null, null, 1_790_000_600_000),
        new StageBanner("Why fourteen?", "Zoë"),
        new PlanNow(3, "{\"version\":3}"),
        Line,
        new Frame(Room, 6, 7, [Line], new() { ["clap"] = 4 }, 12, 3, 1800, 2),
        Caller,
        Caller.Tracks[0],
        InCall,
        new CallTail(InCall, [Room], [Line.Person!.Value], "ws://janus-1:8188"),
        new EnteredCall(EnterOutcome.In, true, "ws://janus-1:8188", InCall),
        new Plenary.Rooms.Chat.Quote(5, Line.Id, Line.Person, "Zoë", "Grüße"),
        new Plenary.Rooms.Chat.LinkPreview("https://example.org/", "example.org", "A page", "About something"),
        new Plenary.Rooms.Chat.MessageNow(5, 9, "Hallo", 1_790_000_000_456, "staff", true, new() { ["👍"] = 3 }, new("https://example.org/", "example.org", "A page")),
        new Plenary.Rooms.Chat.ChangeWish(Plenary.Rooms.Chat.Deed.Edit, 5, true, "Hallo", new("https://example.org/", "example.org", "A page")),
        new Plenary.Rooms.Chat.ReactionWish(5, Line.Person!.Value, "👍", true),
        new Caption(Line.Id, "pt-BR", "Olá", 1_790_000_000_123, 1_790_000_002_000, true, "Amara"),
        new Plenary.Parties.PartyAnswer("too-few", "{}", true),
        new Plenary.Parties.PartyCommand(true, true, true, 2, "Welcome", 10, true, true, true),
        new Plenary.Stage.Origin.MediaAsk(Room, "00ff", "240p", "live.m3u8", 7, 2, true),
        new Plenary.Stage.Origin.MediaAnswer(200, "video/mp4", [1, 2, 3], 3600, "wrong"),
        new Plenary.Tables.FloorCommand(Plenary.Tables.FloorAct.Save, Room, true, Line.Id, 6, Line.Person, true, "Tea", 1_790_000_000_000, 1_790_000_600_000, [Room]),
        new Plenary.Tables.FloorAnswer("{\"version\":3}", "seat-taken", 409, "Somebody was faster.", "seat"),
        new Plenary.Polls.PollCommand(Plenary.Polls.PollAct.Vote, Room, Line.Id, "{\"picks\":[1]}"),
        new Plenary.Polls.PollAnswer("{}", "poll-closed", 409, "It is closed.", "choice", true),
        new Plenary.Questions.QuestionCommand(Plenary.Questions.QuestionAct.Ask, Line.Id, "Zoë", true, true, Room, "Why?", true, Line.Id, 61, [Room], true),
        new Plenary.Questions.QuestionAnswer("{}", "own-question", 409, "It is yours.", "id", true),
    ];

    private readonly ServiceProvider services = new ServiceCollection().AddSerializer(serializer => serializer.AddAssembly(typeof(Frame).Assembly).AddAssembly(typeof(WireVersionFacts).Assembly)).BuildServiceProvider();

    private Serializer Grains => services.GetRequiredService<Serializer>();

    [Fact]
    public void WhatWasWrittenDownIsReadForEver()
    {
        var samples = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(Samples()))!;
        var missing = new List<string>();
        foreach (var message in Messages)
        {
            var type = message.GetType();
            var text = JsonSerializer.Serialize(message, type, Json);
            var bytes = Grains.SerializeToArray(message);
            if (!samples.TryGetValue(type.Name, out var written)) missing.Add($"\"{type.Name}\": [\"{Convert.ToBase64String(bytes)}\"]");
            else foreach (var one in written) Assert.Equal(text, JsonSerializer.Serialize(Grains.Deserialize<object>(Convert.FromBase64String(one)), type, Json));
        }
        Assert.True(missing.Count == 0, "without a sample:\n" + string.Join(",\n", missing));
        var recorded = typeof(Frame).Assembly.GetTypes().Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), false)).Select(type => type.Name);
        Assert.Equal(recorded.Order(), Messages.Select(m => m.GetType().Name).Order());
    }

    [Fact]
    public void AProcessReadsFramesOfAnOlderAndOfANewerOne()
    {
        var old = Grains.Deserialize<Frame>(Grains.SerializeToArray(new FirstFrame(Room, 6, 7, [Line])))!;
        Assert.Equal((Room, 6, 7, "Grüße", null, null), (old.Room, old.Prev, old.Seq, Assert.Single(old.Entries).Text, old.Present, old.Left));

        var tomorrow = new TomorrowsFrame(Room, 6, 7, [Line], null, 12, null, null, 2, "mood", [Live, Live]);
        var read = Grains.Deserialize<Frame>(Grains.SerializeToArray(tomorrow))!;
        Assert.Equal((Room, 7, "Grüße", 12, 2), (read.Room, read.Seq, Assert.Single(read.Entries).Text, read.Present, read.Left));

        // And the older process reads what the newer one sends.
        var back = Grains.Deserialize<FirstFrame>(Grains.SerializeToArray(new Frame(Room, 6, 7, [Line], new() { ["clap"] = 4 }, 12, 3, 1800, 2)))!;
        Assert.Equal((Room, 7, "Grüße"), (back.Room, back.Seq, Assert.Single(back.Entries).Text));
    }

    [Fact]
    public void AServerReadsWhatOlderAndNewerClientsSend()
    {
        var (old, tomorrow) = (new { room = Room.ToString() }, new { room = Room.ToString(), after = 7L, ticket = "t", mood = "fine", device = new { kind = "phone" } });
        foreach (var read in new Func<object, JoinRequest>[] { OverJson<JoinRequest>, OverPack<JoinRequest> })
        {
            Assert.Equal(new(Room.ToString(), null, null), read(old));
            Assert.Equal(new(Room.ToString(), 7, "t"), read(tomorrow));
        }
        foreach (var read in new Func<object, PostRequest>[] { OverJson<PostRequest>, OverPack<PostRequest> })
            Assert.Equal(new(Room.ToString(), "id", "text"), read(new { room = Room.ToString(), id = "id", text = "text", mood = "fine" }));
    }

    [Fact]
    public void AnOlderClientReadsWhatTheServerSends()
    {
        var frame = new Frame(Room, 6, 7, [Line], new() { ["clap"] = 4 }, 12, 3, 1800, 2);
        foreach (var read in new Func<object, FrameOfAnOldClient>[] { OverJson<FrameOfAnOldClient>, OverPack<FrameOfAnOldClient> })
        {
            var seen = read(frame);
            Assert.Equal((Room, 6, 7), (seen.Room, seen.Prev, seen.Seq));
            Assert.Equal("Grüße", Assert.Single(seen.Entries).Text);
        }
    }

    private static T OverJson<T>(object message) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(message, message.GetType(), Json), Json)!;

    private static T OverPack<T>(object message) => MessagePackSerializer.Deserialize<T>(
        MessagePackSerializer.Serialize(message.GetType(), message, message is Frame ? Pack : MessagePack.Resolvers.ContractlessStandardResolver.Options, TestContext.Current.CancellationToken), Pack, TestContext.Current.CancellationToken);

    private static string Samples([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "wire-samples.json");
}

/// <summary>The frame as it was before anything was added to it.</summary>
[GenerateSerializer, Alias("plenary.test.first-frame")]
public sealed record FirstFrame([property: Id(0)] Guid Room, [property: Id(1)] long Prev, [property: Id(2)] long Seq, [property: Id(3)] Entry[] Entries);

/// <summary>The frame as it may be one day.</summary>
[GenerateSerializer, Alias("plenary.test.tomorrows-frame")]
public sealed record TomorrowsFrame(
    [property: Id(0)] Guid Room,
    [property: Id(1)] long Prev,
    [property: Id(2)] long Seq,
    [property: Id(3)] Entry[] Entries,
    [property: Id(4)] Dictionary<string, int>? Reactions,
    [property: Id(5)] int? Present,
    [property: Id(6)] int? Watching,
    [property: Id(7)] int? LatencyMs,
    [property: Id(8)] int? Left,
    [property: Id(40)] string Mood,
    [property: Id(41)] StageNow[] Stages);

/// <summary>What a client that was built long ago knows of a frame.</summary>
[MessagePackObject]
public sealed record FrameOfAnOldClient([property: Key("room")] Guid Room, [property: Key("prev")] long Prev, [property: Key("seq")] long Seq, [property: Key("entries")] Entry[] Entries);
