using CsCheck;
using Plenary.Matching;
using Plenary.Parties;
using Plenary.Platform;

namespace Plenary.Tests.Parties;

/// <summary>
/// Whatever people and hosts do, in whatever order, and wherever the process is lost in between: the rules of a party hold, everybody whose part changed is told, and what is
/// kept is all that the next process needs.
/// </summary>
public sealed class LivePartyProperty
{
    private const int People = 9;

    private static readonly PartyLengths Lengths = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(8), TimeSpan.FromMinutes(1));

    private enum Step { Enter, Come, SitOut, Leave, Block, Ask, AskAll, Came, Wait, Pause, Resume, EndRound, ExtendAll, AddRound, BringBack, Lose }

    private static readonly Gen<(Step Step, int One, int Other, int Seconds)[]> Plays =
        Gen.Select(Gen.Frequency((6, Gen.Const(Step.Come)), (8, Gen.Const(Step.Wait)), (10, Gen.Enum<Step>())), Gen.Int[0, People - 1], Gen.Int[0, People - 1], Gen.Int[1, 200]).Array[20, 120];

    [Fact]
    public void WhateverHappensTheRulesHoldAndNothingIsForgotten() => Gen.Select(Plays, Gen.Bool, Gen.Bool, Gen.ULong).Sample((steps, groups, host, seed) =>
    {
        var world = new World(groups, host, seed);
        foreach (var step in Enumerable.Range(0, 5).Select(n => (Step.Come, n, 0, 0)).Concat(steps)) world.Do(step);
    });

    /// <summary>A party, what was kept of it, and what must hold.</summary>
    private sealed class World
    {
        private readonly Guid[] people = [.. Enumerable.Range(0, People).Select(_ => Guid.CreateVersion7())];
        private readonly Dictionary<Guid, PartyMember> keptMembers = [];
        private readonly Dictionary<Guid, PartyMeeting> keptMeetings = [];
        private readonly HashSet<(Guid, Guid)> blocks = [];
        private readonly HashSet<(Guid, Guid)> met = [];
        private readonly ulong seed;
        private Party keptParty;
        private LiveParty party;
        private DateTimeOffset now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public World(bool groups, bool host, ulong seed)
        {
            this.seed = seed;
            var settings = new PartySettings(Minutes: 2, Rounds: 4, Mode: groups ? PartyMode.Groups : PartyMode.Everyone, Groups: groups ? ["a", "b"] : null, HostJoins: host);
            var id = Guid.CreateVersion7();
            keptParty = new() { EventId = id, RoomId = id, OpenIn = id, StartedBy = people[0], StartedAt = now, Settings = settings, Until = now + Lengths.CheckIn };
            party = Again();
        }

        public void Do((Step Step, int One, int Other, int Seconds) play)
        {
            var before = people.ToDictionary(p => p, Part);
            var (one, other) = (people[play.One], people[play.Other]);
            switch (play.Step)
            {
                case Step.Enter: party.Enter(one, now); break;
                case Step.Come:
                    if (party.Enter(one, now) is null) Assert.Null(party.GetReady(one, party.Party.Settings.Groups?[play.One % 2]));
                    break;
                case Step.SitOut: party.SitOut(one, now); break;
                case Step.Leave: party.Leave(one, now); break;
                case Step.Block when one != other:
                    blocks.Add(LiveParty.Pair(one, other));
                    party.KeepApart(one, other, now);
                    break;
                case Step.Ask: Ask(one); break;
                case Step.AskAll:
                    foreach (var person in party.MeetingOf(one)?.Present.ToArray() ?? []) Ask(person);
                    break;
                case Step.Came: party.Came(one); break;
                case Step.Wait:
                    var clocks = Clocks();
                    now += TimeSpan.FromSeconds(play.Seconds);
                    if (party.Party.PausedAt is { } paused && now < paused + PartyLengths.LongestPause) Assert.Equal(clocks, Clocks());
                    break;
                case Step.Pause: Direct(new(Pause: true)); break;
                case Step.Resume: Resume(); break;
                case Step.EndRound: Direct(new(EndRound: true)); break;
                case Step.ExtendAll: Direct(new(ExtendAll: 1)); break;
                case Step.AddRound: Direct(new(AddRound: true)); break;
                case Step.BringBack when play.Seconds < 20: Direct(new(BringBack: play.Seconds)); break;
            }
            Turn();
            var changes = party.Take();
            foreach (var person in people.Where(p => Part(p) != before[p])) Assert.Contains(person, changes.Tell);
            Keep(changes);
            Look();
            if (play.Step == Step.Lose) Lose();
        }

        private void Ask(Guid person)
        {
            if (party.MeetingOf(person) is { } meeting) party.AskForMore(person, meeting.Id, now);
        }

        private void Direct(PartyCommand command)
        {
            if (party.Direct("Host", command, now) is { } refused)
                Assert.Contains(refused, new Refusal[] { PartyRefusals.Over, PartyRefusals.NotNow, PartyRefusals.TooFew, PartyRefusals.NoMoreRounds });
        }

        private void Resume()
        {
            var stopped = party.Party.PausedAt;
            var left = Left(stopped ?? now);
            Direct(new(Resume: true));
            if (stopped is not null) Assert.Equal(left, Left(now));

            // What everybody still has, at a moment.
            string Left(DateTimeOffset at) => $"{party.Party.Until - at}; {string.Join(", ", party.Running.OrderBy(m => m.Id).Select(m => m.Until - at))}";
        }

        private string Clocks() => $"{party.Party.Until:O}; {string.Join(", ", party.Running.OrderBy(m => m.Id).Select(m => $"{m.Until:O}"))}";

        private void Turn()
        {
            while (party.Tick(now))
            {
                var settings = party.Party.Settings;
                var rules = new MatchRules(settings.Mode == PartyMode.Groups ? MatchMode.Groups : MatchMode.Everyone, Trio: party.Host is null,
                    Host: party.Host is { } host && party.MeetingOf(host) is null ? host : null);
                Candidate[] free = [.. party.Free.Select(m => new Candidate(m.PersonId, m.Group, [], [], [], [], null, null, m.Waited, party.MetBy(m.PersonId)))];
                var round = Matcher.Round(free, rules, new([.. party.Blocked], [.. party.Met], []), seed);
                // Matched a little before, and mended: it is as good.
                round = PartyRound.Mend(round, free, rules, new([.. party.Blocked], [.. party.Met], []), seed);
                var (was, running) = (party.Party.Round, party.Running.Select(m => m.Id).ToHashSet());
                party.Begin(round.Matches, now);
                foreach (var meeting in party.Running.Where(m => !running.Contains(m.Id)))
                {
                    Assert.Equal(was + 1, meeting.Round);
                    Assert.Equal((party.Party.Until!.Value, TimeSpan.FromMinutes(2)), (meeting.From, meeting.Until - meeting.From));
                    foreach (var (one, other) in Pairs(meeting.People)) Assert.True(met.Add((one, other)), "the same two twice");
                }
            }
            Assert.True(party.Due is not { } due || due > now, "what is due is done");
        }

        private void Look()
        {
            var seen = new HashSet<Guid>();
            foreach (var meeting in party.Running)
            {
                Assert.True(meeting.Present.Count() >= 2, "nobody is alone in a meeting");
                foreach (var person in meeting.Present)
                {
                    Assert.True(seen.Add(person), "in one meeting at a time");
                    Assert.Same(meeting, party.MeetingOf(person));
                    Assert.NotEqual(PartyMemberState.Left, party.MemberOf(person)!.State);
                }
                foreach (var pair in Pairs([.. meeting.Present])) Assert.DoesNotContain(pair, blocks);
                Assert.True(meeting.Until > now || party.Party.PausedAt is not null, "no meeting outlives its time");
                Assert.Null(meeting.EndedAt);
            }
            Assert.All(people.Where(p => !seen.Contains(p)), p => Assert.Null(party.MeetingOf(p)));
            if (party.Party.Phase == PartyPhase.Over) Assert.Equal((null, null, null), (party.Party.Until, party.Party.OpenIn, party.Party.PausedAt));
            Assert.InRange(party.Party.Round, 0, party.Party.Settings.Rounds);
        }

        private static IEnumerable<(Guid, Guid)> Pairs(IReadOnlyList<Guid> some) =>
            from i in Enumerable.Range(0, some.Count) from j in Enumerable.Range(i + 1, some.Count - i - 1) select LiveParty.Pair(some[i], some[j]);

        /// <summary>What a person sees of their own part, but for what the phase says by itself.</summary>
        private string Part(Guid person) => party.MemberOf(person) is not { } member ? "" : party.MeetingOf(person) is { } meeting
            ? $"{member.State} {member.Group} {meeting.Id} {meeting.From:O} {meeting.Until:O} {meeting.Extended} {meeting.Asked} {string.Join(' ', meeting.Present)}"
            : $"{member.State} {member.Group}";

        private void Keep(PartyChanges changes)
        {
            if (changes.Any) keptParty = Copy(party.Party);
            foreach (var member in changes.Members) keptMembers[member.PersonId] = member.Copy();
            foreach (var meeting in changes.Meetings) keptMeetings[meeting.Id] = meeting.Copy();
        }

        /// <summary>The process is lost, and another goes on with what was kept.</summary>
        private void Lose()
        {
            var (parts, clocks) = (people.Select(Part).ToArray(), Clocks());
            party = Again();
            Assert.Equal(parts, people.Select(Part));
            Assert.Equal(clocks, Clocks());
            party.KeepApart(blocks);
        }

        private LiveParty Again() => new(
            Copy(keptParty), Lengths, keptMembers.Values.Select(m => m.Copy()), keptMeetings.Values.Select(m => m.Copy()), keptMeetings.Values.SelectMany(m => Pairs(m.People)), now);

        private static Party Copy(Party party) => new()
        {
            Id = party.Id,
            EventId = party.EventId,
            RoomId = party.RoomId,
            OpenIn = party.OpenIn,
            StartedBy = party.StartedBy,
            StartedAt = party.StartedAt,
            EndedAt = party.EndedAt,
            Settings = party.Settings,
            Phase = party.Phase,
            PausedAt = party.PausedAt,
            Round = party.Round,
            Until = party.Until,
            Version = party.Version,
        };
    }
}
