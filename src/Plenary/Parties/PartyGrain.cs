using System.Security.Cryptography;
using Orleans.Concurrency;
using Plenary.Calls;
using Plenary.Matching;
using Plenary.Platform;
using Plenary.Profiles;

namespace Plenary.Parties;

/// <summary>
/// Leads a party: whatever happens goes through its <see cref="LiveParty"/>, is kept together with what else happened meanwhile, and is then told and answered. When it cannot be
/// kept this activation no longer knows what is true: it stands down, and the next one reads it.
/// </summary>
[Reentrant]
internal sealed partial class PartyGrain(PartyStore store, PartyNews news, LiveCalls calls, TimeProvider clock, ILogger<PartyGrain> logger) : Grain, IPartyGrain
{
    /// <summary>What happens within this time is kept together; the first at once.</summary>
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMilliseconds(40);

    /// <summary>A round is matched so long before it begins: with ten thousand people it takes most of a second.</summary>
    private static readonly TimeSpan MatchAhead = TimeSpan.FromSeconds(3);

    /// <summary>Calls that are ended at once.</summary>
    private const int CallsAtOnce = 16;

    private readonly Dictionary<Guid, PartyGuest> guests = [];
    private readonly HashSet<(Guid, Guid)> elsewhere = [];
    private readonly HashSet<Guid> newcomers = [];
    private LiveParty? live;
    private Task? loading;
    private TaskCompletionSource<bool> kept = Open();
    private bool pumping;
    private bool standingDown;
    private bool turning;
    private bool numbersChanged;
    private long keptAt;
    private long toldAt;
    private DateTimeOffset? toldOf;
    private IGrainTimer? timer;
    private Task<(int Round, Round Matched)>? matching;

    private Guid Id => this.GetPrimaryKey();

    public Task<PartyAnswer> Enter(Guid person) => Do(person, party =>
    {
        if (party.Enter(person, clock.GetUtcNow()) is { } refused) return refused;
        if (!guests.ContainsKey(person)) newcomers.Add(person);
        return null;
    });

    public Task<PartyAnswer> Ready(Guid person, bool ready, string? group) =>
        Do(person, party => ready ? party.GetReady(person, group) : party.SitOut(person, clock.GetUtcNow()));

    public Task<PartyAnswer> Leave(Guid person) => Do(person, party =>
    {
        party.Leave(person, clock.GetUtcNow());
        return null;
    });

    public Task<PartyAnswer> AskForMore(Guid person, Guid meeting) => Do(person, party => party.AskForMore(person, meeting, clock.GetUtcNow()));

    public Task<PartyAnswer> Direct(string by, PartyCommand command) => Do(null, party => party.Direct(by, command, clock.GetUtcNow()));

    public async Task<string?> Now()
    {
        await Loaded();
        return live is null ? null : PartyJson.Write(live.Now());
    }

    public async Task<string?> My(Guid person)
    {
        await Loaded();
        if (live?.MemberOf(person) is not { } member) return null;
        if (newcomers.Contains(person) || (live.MeetingOf(person)?.Present.Any(p => !guests.ContainsKey(p)) ?? false)) await Acquaint();
        return PartyJson.Write(MyOf(member));
    }

    public async Task<string?> Health()
    {
        await Loaded();
        return live is null ? null : PartyJson.Write(live.Health(clock.GetUtcNow()));
    }

    public async Task KeepApart(Guid by, Guid whom)
    {
        await Loaded();
        if (live is null) return;
        live.KeepApart(by, whom, clock.GetUtcNow());
        await Kept();
    }

    public Task Came(Guid[] people)
    {
        foreach (var person in people) live?.Came(person);
        return Task.CompletedTask;
    }

    public async Task Wake()
    {
        await Loaded();
        await Turn();
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        IsLedHere(logger, Id);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        standingDown = true;
        kept.TrySetResult(false);
        return Task.CompletedTask;
    }

    private static TaskCompletionSource<bool> Open() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Does something, and answers once it is kept.</summary>
    private async Task<PartyAnswer> Do(Guid? person, Func<LiveParty, Refusal?> change)
    {
        if (standingDown) return new(Again: true);
        await Loaded();
        if (live is null) return new(PartyRefusals.CodeOf(Refusal.NotFound));
        if (change(live) is { } refused) return new(PartyRefusals.CodeOf(refused));
        if (!await Kept()) return new(Again: true);
        if (person is null) return new(Document: PartyJson.Write(live.Now()));
        return new(Document: live.MemberOf(person.Value) is { } member ? PartyJson.Write(MyOf(member)) : null);
    }

    private MyParty MyOf(PartyMember member)
    {
        var person = member.PersonId;
        var (meeting, lost) = (live!.MeetingOf(person), live.LostBy(person));
        return new(Id, live.Party.Version, live.StateOf(member), member.Group,
            meeting is null ? null : new(
                meeting.Id, meeting.Round, [.. meeting.Present.Where(p => p != person).Select(CardOf)], PartyJson.Read<MatchReason>(meeting.Reason),
                meeting.From.ToUnixTimeMilliseconds(), meeting.Until.ToUnixTimeMilliseconds(), meeting.Extended, (meeting.Asked & meeting.BitOf(person)) != 0,
                [.. meeting.Present.Where(p => (meeting.Asked & meeting.BitOf(p)) != 0)]),
            live.MetBy(person),
            meeting is null && lost is not null ? new("left", CardOf(lost.People.First(p => p != person)).Name) : null);
    }

    private ProfileCard CardOf(Guid person) => guests.GetValueOrDefault(person)?.Card ?? ProfileCard.NameOnly(person, "");

    /// <summary>Reads the party, once; a read that failed is tried again by the next who asks.</summary>
    private async Task Loaded()
    {
        var mine = loading ??= Load();
        try
        {
            await mine;
        }
        catch when (loading == mine)
        {
            loading = null;
            throw;
        }
    }

    private async Task Load()
    {
        var read = await store.Load(Id, clock.GetUtcNow());
        if (read is null) return;
        newcomers.UnionWith(read.Members.Where(m => m.State != PartyMemberState.Left).Select(m => m.PersonId));
        newcomers.UnionWith(read.Running.SelectMany(m => m.People));
        live = read;
        if (read.Party.Phase == PartyPhase.Over && read.Running.Count == 0) return;
        var people = newcomers.ToArray();
        await Acquaint();
        Rewind();
        // Whoever led it before may have kept what nobody was told.
        _ = TellAgain(people);
    }

    private async Task TellAgain(Guid[] people)
    {
        await news.Now(live!.Party.EventId, people, PartyJson.Write(live.Now()));
        await TellEach(people);
    }

    /// <summary>Reads what those who have just come show, and what the matcher may know of them.</summary>
    private async Task Acquaint()
    {
        Guid[] people = [.. newcomers];
        if (people.Length == 0) return;
        var (found, met) = await store.Guests(live!.Party.EventId, people);
        foreach (var (person, guest) in found) guests[person] = guest;
        elsewhere.UnionWith(met);
        newcomers.ExceptWith(people);
    }

    /// <summary>Sets the timer to what comes next.</summary>
    private void Rewind()
    {
        timer?.Dispose();
        timer = null;
        if (live?.Due is not { } due || standingDown) return;
        var rest = due - clock.GetUtcNow();
        if (MatchesNext && matching is null && rest > TimeSpan.Zero) rest = rest > MatchAhead ? rest - MatchAhead : TimeSpan.Zero;
        // A timer counts whole milliseconds and must not end before it is time.
        rest = rest > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)) : TimeSpan.Zero;
        timer = this.RegisterGrainTimer(_ => Turn(), new GrainTimerCreationOptions(rest, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    private bool MatchesNext => live is { Party: { PausedAt: null, Phase: PartyPhase.Countdown or PartyPhase.Between } };

    /// <summary>Does what is due.</summary>
    private async Task Turn()
    {
        if (turning || standingDown || live is null) return;
        turning = true;
        try
        {
            var now = clock.GetUtcNow();
            if (MatchesNext && live.Due > now)
            {
                matching ??= Match();
                return;
            }
            while (live.Tick(clock.GetUtcNow()))
            {
                var round = live.Party.Round;
                var (of, matched) = await (matching ??= Match());
                matching = null;
                // The host may have stopped the clocks or ended it meanwhile.
                if (of != round || !MatchesNext) continue;
                live.Begin(PartyRound.Mend(matched, Candidates(), Rules(), Met(), Seed()).Matches, clock.GetUtcNow());
            }
            if (!MatchesNext) matching = null;
            await Kept();
        }
#pragma warning disable CA1031 // Whatever it was, the next one begins with what was kept.
        catch (Exception error)
        {
            StandDown(error);
        }
#pragma warning restore CA1031
        finally
        {
            turning = false;
            Rewind();
        }
    }

    /// <summary>Looks again at who may meet whom, and matches those who are free; on a thread of its own, while people go on.</summary>
    private async Task<(int Round, Round Matched)> Match()
    {
        var round = live!.Party.Round;
        await Acquaint();
        var (blocked, gone) = await store.LookAgain(live.Party.EventId, [.. live.Members.Where(m => m.State != PartyMemberState.Left).Select(m => m.PersonId)]);
        live.KeepApart(blocked);
        foreach (var person in gone) live.Leave(person, clock.GetUtcNow());
        if (gone.Count > 0) _ = Kept();
        var (people, rules, met, seed) = (Candidates(), Rules(), Met(), Seed());
        var began = clock.GetTimestamp();
        var matched = await Task.Run(() => Matcher.Round(people, rules, met, seed));
        PartyNews.Matching.Record(clock.GetElapsedTime(began).TotalSeconds);
        return (round, matched);
    }

    private List<Candidate> Candidates() => [.. live!.Free.Select(member =>
    {
        var card = CardOf(member.PersonId);
        return new Candidate(member.PersonId, member.Group, card.Interests, card.LooksFor, card.Offers, card.Languages, card.Company, null, member.Waited, live.MetBy(member.PersonId));
    })];

    private MatchRules Rules()
    {
        var settings = live!.Party.Settings;
        return new(
            settings.Mode == PartyMode.Groups ? MatchMode.Groups : MatchMode.Everyone, settings.By == PartyBy.Different ? MatchBy.Different : MatchBy.Shared,
            settings.CommonLanguage, settings.NotSameCompany, Trio: live.Host is null, Host: live.Host is { } host && live.MeetingOf(host) is null ? host : null);
    }

    private MetBefore Met() => new([.. live!.Blocked], [.. live.Met], [.. elsewhere]);

    private static ulong Seed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    [LoggerMessage(LogLevel.Debug, "Party {Party} is led here")]
    private static partial void IsLedHere(ILogger logger, Guid party);
}
