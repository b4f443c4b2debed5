using System.Text.Json;
using CsCheck;
using Plenary.Platform.Live;
using Plenary.Platform.Live.Transport;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Live;

/// <summary>
/// A lane to a real socket, whose reader reads when it likes, while crowds are told and calls are answered by threads of their own: whatever arrives is whole and in
/// order, every answer arrives, of each crowd's states the latest does, and after entries that were lost comes a later one.
/// </summary>
public sealed class LaneProperty
{
    private const string Asks = "asks", Reads = "reads";

    /// <summary>One step. <paramref name="What"/> is a crowd that is told something, or one of the words above.</summary>
    private sealed record Step(string What, FrameClass Kind, int Size);

    private sealed record Told(string Crowd, int Number, string Padding);

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Gen.Select(Gen.Bool.Select(first => first ? "a" : "b"), Gen.Int[0, 2], Gen.OneOf(Gen.Int[0, 200], Gen.Int[2_000, 30_000]), (crowd, kind, size) => new Step(crowd, (FrameClass)kind, size))),
        (1, Gen.Int[0, 1_500].Select(size => new Step(Asks, default, size))),
        (2, Gen.Int[1, 12].Select(frames => new Step(Reads, default, frames))));

    [Fact]
    public async Task WhoeverReadsWhateverIsSentGetsItWholeInOrderAndEnough()
    {
        // A reader that says nothing for long is still there; and it is behind as soon as it does not read.
        await using var host = await LiveHost.Start(options => options.ClientTimeoutInterval = TimeSpan.FromMinutes(10), sendBuffer: 16_384);
        await Steps.Array[1, 100].SampleAsync(steps => Holds(host, steps), iter: 60, threads: 1);
    }

    private static async Task Holds(LiveHost host, Step[] steps)
    {
        // Crowds of its own: who comes in may still get what was sent just before, by the last play.
        var play = Guid.CreateVersion7().ToString();
        await using var reader = await RawWebSocket.Connect(host.Url, receiveBuffer: RawWebSocket.Small);
        foreach (var crowd in new[] { "a", "b" }) await reader.Send(WebSocketOpcode.Text, RawWebSocket.Json(new { type = 1, target = "Enter", arguments = new[] { crowd + play } }));
        await reader.Send(WebSocketOpcode.Text, RawWebSocket.Call("in", "Echo", ""));
        await reader.Completion("in");

        var sent = new Dictionary<string, List<Step>> { ["a"] = [], ["b"] = [] };
        var (asked, answered, got) = (new List<int>(), new List<int>(), new Dictionary<string, List<int>> { ["a"] = [], ["b"] = [] });
        foreach (var step in steps)
        {
            if (step.What == Asks) await Ask(step.Size);
            else if (step.What == Reads)
                for (var n = 0; n < step.Size && reader.HasMore; n++) await Read();
            else Tell(step);
        }
        foreach (var crowd in sent.Keys) Tell(new(crowd, FrameClass.Entries, 0));
        await Ask(0);
        try
        {
            while (answered.Count < asked.Count || sent.Any(crowd => got[crowd.Key] is var read && (read.Count == 0 || read[^1] < crowd.Value.Count - 1))) await Read();
        }
        catch (TimeoutException error)
        {
            var lanes = host.Lanes.All.OfType<SocketLane>().Select(lane => $"{lane.Waiting} bytes wait{(lane.Broken ? ", broken" : "")}");
            Assert.Fail($"{error.Message}: {answered.Count} of {asked.Count} answers, {string.Join(", ", sent.Select(crowd => $"{crowd.Key}: {got[crowd.Key].Count} of {crowd.Value.Count}, last {got[crowd.Key].LastOrDefault(-1)}"))}; lanes: {string.Join("; ", lanes)}");
        }

        Assert.Equal(Enumerable.Range(0, asked.Count), answered);
        foreach (var (crowd, those) in sent)
        {
            Assert.Equal(got[crowd].Distinct().Order(), got[crowd]);
            var lastState = those.FindLastIndex(step => step.Kind == FrameClass.State);
            if (lastState >= 0) Assert.Contains(lastState, got[crowd]);
        }

        void Tell(Step step)
        {
            host.Crowds[step.What + play].Send(new("Told", new Told(step.What, sent[step.What].Count, Padding(sent[step.What].Count, step.Size))), step.Kind);
            sent[step.What].Add(step);
        }

        Task Ask(int size)
        {
            asked.Add(size);
            return reader.Send(WebSocketOpcode.Text, RawWebSocket.Call($"{asked.Count - 1}", "Echo", Padding(asked.Count - 1, size)));
        }

        async Task Read()
        {
            using var message = JsonDocument.Parse((await reader.Next(WebSocketOpcode.Text)).AsMemory()[..^1]);
            if (message.RootElement.GetProperty("type").GetInt32() == 3)
            {
                var id = int.Parse(message.RootElement.GetProperty("invocationId").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(Padding(id, asked[id]), message.RootElement.GetProperty("result").GetString());
                answered.Add(id);
                return;
            }
            var told = message.RootElement.GetProperty("arguments")[0].Deserialize<Told>(JsonSerializerOptions.Web)!;
            Assert.Equal(Padding(told.Number, sent[told.Crowd][told.Number].Size), told.Padding);
            got[told.Crowd].Add(told.Number);
        }
    }

    private static string Padding(int number, int size) => new((char)('a' + (number % 26)), size);
}
