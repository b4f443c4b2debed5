using CsCheck;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Live;
using Plenary.Rooms;

namespace Plenary.Tests.Rooms;

/// <summary>Counts that are kept up are those one would count.</summary>
public sealed class RoomMembersProperty
{
    private static readonly string[] Names = ["Ann", "ann", "Ann Lee", "Ann-Marie", "Dr. O'Neil", "李雷", "Bob"];
    private static readonly string[] Texts = ["@Ann", "hi @ann lee!", "@Ann-Marie, @bob", "mail ann@bob.org", "@Annabel", "@ @@bob @", "@dr. o'neil?", "@李雷 你好", ""];
    private static readonly Room Room = new() { Slug = "r", Name = "R" };

    private enum Step { Join, Leave, Rename, Report }

    private static readonly Gen<(Step Step, int Connection, int Name, int LatencyMs)[]> Plays =
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 11], Gen.Int[0, Names.Length - 1], Gen.Int[-1, 70_000]).Array[0, 60];

    [Fact]
    public void WhoeverComesAndGoesPeopleNamesAndPlayersAreRight() => Plays.Sample(steps =>
    {
        var clock = new StandingClock();
        var (members, watchers) = (new RoomMembers(), new Watchers(clock));
        var (lanes, people) = (Enumerable.Range(0, 12).Select(NewLane).ToArray(), Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray());
        var (model, names, latencies) = (new Dictionary<int, RoomMember>(), new Dictionary<Guid, string>(), new Dictionary<int, int>());
        foreach (var (step, connection, name, latency) in steps)
        {
            var person = people[connection % people.Length];
            switch (step)
            {
                case Step.Join:
                    names[person] = Names[name];
                    var joined = members.Add(new(lanes[connection], default, Pass(person, Names[name])));
                    if (model.TryGetValue(connection, out var before)) Assert.Same(before, joined);
                    model[connection] = joined;
                    break;
                case Step.Leave:
                    if (!model.Remove(connection, out var leaving)) break;
                    Assert.True(members.Remove(leaving));
                    Assert.False(members.Remove(leaving));
                    watchers.Remove(leaving);
                    latencies.Remove(connection);
                    break;
                case Step.Rename:
                    if (!model.TryGetValue(connection, out var renamed)) break;
                    names[person] = Names[name];
                    members.Change(renamed, Pass(person, Names[name]));
                    break;
                case Step.Report:
                    if (!model.TryGetValue(connection, out var player)) break;
                    watchers.Report(player, Math.Max(latency, 0), stalled: latency < 0);
                    latencies[connection] = latency;
                    break;
            }
            Assert.Equal((model.Count, model.Values.Select(m => m.Pass.Person).Distinct().Count()), (members.Count, members.People));
            foreach (var one in people) Assert.Equal(model.Values.Where(m => m.Pass.Person == one).ToHashSet(), members.Of(one).ToHashSet());
            foreach (var text in Texts)
            {
                var mentioned = model.Values.Where(m => Meant(text, names[m.Pass.Person], names.Where(n => model.Values.Any(x => x.Pass.Person == n.Key)).Select(n => n.Value))).ToHashSet();
                Assert.Equal(mentioned, members.MentionedIn(text).ToHashSet());
            }
            var playing = latencies.Values.Where(l => l >= 0).Select(l => Math.Min(l, 60_000) / 50 * 50).Order().ToArray();
            Assert.Equal((latencies.Count, playing.Length == 0 ? (int?)null : playing[playing.Length / 2]), (watchers.Count, watchers.LatencyMs));
        }
        clock.Seconds += 20;
        Assert.Equal(latencies.Count > 0, watchers.ForgetSilent());
        Assert.Equal((0, null), (watchers.Count, watchers.LatencyMs));
    }, iter: 300, threads: 1);

    /// <summary>The rule, word for word: somewhere an @, then this name to the end of a word, and no longer name of somebody here.</summary>
    private static bool Meant(string text, string name, IEnumerable<string> here) => Enumerable.Range(0, text.Length).Any(at =>
        text[at] == '@' && Begins(text[(at + 1)..], name) && !here.Any(other => other.Length > name.Length && Begins(text[(at + 1)..], other)));

    private static bool Begins(string text, string name) =>
        text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (text.Length == name.Length || !char.IsLetterOrDigit(text[name.Length]));

    private static RoomPass Pass(Guid person, string name) => new(Room, Room.EventId, EventStatus.Published, person, name, new HashSet<EventRole> { EventRole.Attendee });

    /// <summary>A lane to nowhere.</summary>
    internal static Lane NewLane(int n)
    {
        var lane = new StockLane();
        lane.Attach(new HubConnectionContext(new DefaultConnectionContext($"c{n}"), new HubConnectionContextOptions(), NullLoggerFactory.Instance));
        return lane;
    }

    private sealed class StandingClock : TimeProvider
    {
        public long Seconds { get; set; } = 1;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
