using Orleans.Runtime;

namespace Plenary.Rooms.Attendance;

/// <summary>
/// Reaches people of an event wherever they are connected, over all processes, for the slices above. What is told is told at once, once, and may be
/// lost or overtaken by what is told later: give it a version where that matters, and keep the truth where it can be asked for. Browsers ask again
/// whenever they have (re)connected.
/// </summary>
/// <remarks>Each process is sent one message, whatever the number of people, and picks out who is attending there. Nobody keeps who is where.</remarks>
public sealed class LivePeople
{
    private readonly AttendingHere here;
    private readonly IClusterMembershipService membership;
    private readonly ILocalSiloDetails self;
    private readonly ILogger<LivePeople> logger;
    private readonly TimeProvider clock;
    private readonly Lazy<PeopleEarClient> ears;

    internal LivePeople(AttendingHere here, IServiceProvider services, IClusterMembershipService membership, ILocalSiloDetails self, TimeProvider clock, ILogger<LivePeople> logger)
    {
        (this.here, this.membership, this.self, this.clock, this.logger) = (here, membership, self, clock, logger);
        ears = new(() => new(services));
    }

    /// <summary>Tells one person, on all their connections that attend the event.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="person">Whom.</param>
    /// <param name="about">What it concerns; clients know by it what to do.</param>
    /// <param name="data">JSON.</param>
    public Task Tell(Guid eventId, Guid person, string about, string data) => TellAll(eventId, [person], about, data);

    /// <summary>Tells all of these people the same.</summary>
    public Task TellAll(Guid eventId, IReadOnlyList<Guid> people, string about, string data)
    {
        if (people.Count == 0) return Task.CompletedTask;
        here.TellAll(eventId, about, people, data);
        return Elsewhere(() => people as Guid[] ?? [.. people], (ear, whom) => ear.TellAll(eventId, about, whom, data));
    }

    /// <summary>Tells each of these people their own, such as ten thousand their partners of a round.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="about">What it concerns.</param>
    /// <param name="each">People, and JSON for each.</param>
    public Task TellEach(Guid eventId, string about, IReadOnlyList<(Guid Person, string Data)> each)
    {
        if (each.Count == 0) return Task.CompletedTask;
        var (people, data) = (each.Select(e => e.Person).ToArray(), each.Select(e => e.Data).ToArray());
        here.TellEach(eventId, about, people, data);
        return Elsewhere(() => people, (ear, whom) => ear.TellEach(eventId, about, whom, data));
    }

    /// <summary>Those of these people who are at the event now, on any page of it. A process that does not answer within a second is left out: it is a nicety.</summary>
    public async Task<IReadOnlySet<Guid>> Here(Guid eventId, IReadOnlyList<Guid> people)
    {
        var found = here.Of(eventId, people).ToHashSet();
        if (people.Count == 0) return found;
        Guid[] whom = [.. people];
        foreach (var some in await Task.WhenAll(Others().Select(Ask))) found.UnionWith(some);
        return found;

        async Task<Guid[]> Ask(SiloAddress silo)
        {
            try
            {
                return await ears.Value.Of(silo).Here(eventId, whom).WaitAsync(TimeSpan.FromSeconds(1), clock);
            }
#pragma warning disable CA1031 // Whoever is there only through it looks absent for once.
            catch (Exception error)
            {
                logger.LogDebug(error, "Process {Silo} did not say who is there", silo);
                return [];
            }
#pragma warning restore CA1031
        }
    }

    /// <summary>
    /// A right of this person has changed: every process looks again at their connections. Done when this returns; throws when a process that lives
    /// did not answer, so that whoever asks does it again.
    /// </summary>
    internal async Task Reconsider(Guid person)
    {
        await here.Reconsider(person);
        await Task.WhenAll(Others().Select(async silo =>
        {
            try
            {
                await ears.Value.Of(silo).Reconsider(person);
            }
            catch (Exception error) when (membership.CurrentSnapshot.GetSiloStatus(silo) is SiloStatus.Dead or SiloStatus.None)
            {
                logger.LogDebug(error, "Process {Silo} is gone, and its connections with it", silo);
            }
        }));
    }

    private async Task Elsewhere(Func<Guid[]> people, Func<IPeopleEar, Guid[], Task> tell)
    {
        Guid[]? whom = null;
        foreach (var silo in Others())
        {
            try
            {
                await tell(ears.Value.Of(silo), whom ??= people()); // handed on; nobody waits for an answer
            }
#pragma warning disable CA1031 // It may be lost, and the others are to be told all the same.
            catch (Exception error)
            {
                logger.LogInformation(error, "Process {Silo} could not be told", silo);
            }
#pragma warning restore CA1031
        }
    }

    private IEnumerable<SiloAddress> Others() =>
        membership.CurrentSnapshot.Members.Values.Where(m => m.Status is not SiloStatus.Dead && !m.SiloAddress.Equals(self.SiloAddress)).Select(m => m.SiloAddress);
}
