namespace Plenary.Rehearsals;

/// <summary>The simulated people of one rehearsal: they come on a curve, are there, and leave together.</summary>
internal sealed class SimulatedCrowd(Uri hub, HttpMessageInvoker http, SandboxEvent sandbox, TimeSpan length, TimeProvider clock)
{
    /// <summary>Of the whole time, the first people take so long to come; then all are there.</summary>
    private const double ComingPart = 0.35;

    /// <summary>The few who come early come over so much of that, and how many they are: the same curve as the forecast's.</summary>
    private const double EarlyPart = 0.75, EarlyShare = 0.2;

    /// <summary>Before all leave nobody says anything new for so long, that the last words arrive.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>What was acknowledged and has not arrived after so long is lost.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    /// <summary>In a room a person in a full hall does not write as often as one at a table: so many things are done each second, at most.</summary>
    private const double ActsPerSecond = 60;

    private readonly long begun = clock.GetTimestamp();

    public CrowdTally Tally { get; } = new();

    /// <summary>The hub's address.</summary>
    public Uri Hub => hub;

    public HttpMessageInvoker Http => http;

    /// <summary>A person does something so often, on average.</summary>
    public TimeSpan ActEvery { get; } = TimeSpan.FromSeconds(Math.Max(2, sandbox.People.Count / ActsPerSecond));

    public TimeSpan VoteWithin { get; } = length * 0.4;

    public bool IsHalfway => Elapsed > length * 0.6;

    public bool IsQuiet => Elapsed > length - Quiet;

    private TimeSpan Elapsed => clock.GetElapsedTime(begun);

    /// <summary>Runs until the time is over or somebody ends it; every connection is closed when it returns.</summary>
    /// <param name="cookieOf">The session of a person.</param>
    /// <param name="ending">All leave at once.</param>
    public async Task Run(Func<Guid, string> cookieOf, CancellationToken ending)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(ending);
        leaving.CancelAfter(length);
        var people = new List<(SimulatedPerson Person, Task There)>(sandbox.People.Count);
        foreach (var (index, id) in sandbox.People.Index())
        {
            var wait = ComesAt((index + 0.5) / sandbox.People.Count) * length * ComingPart - Elapsed;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (leaving.IsCancellationRequested) break;
            var person = new SimulatedPerson(index, cookieOf(id), this);
            // Every third goes on to another room, as people do when a session ends.
            var (to, then) = (sandbox.First[index % sandbox.First.Count], index % 3 == 2 ? sandbox.Next[index % sandbox.Next.Count] : null);
            people.Add((person, person.Attend(to, then?.Id == to.Id ? null : then, leaving.Token)));
        }
        await Task.WhenAll(people.Select(p => p.There));
        var waiting = clock.GetTimestamp();
        while (!ending.IsCancellationRequested && people.Exists(p => p.Person.Behind > 0) && clock.GetElapsedTime(waiting) < LastWords)
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (person, _) in people)
        {
            // Stopped in the middle, words are under way to somebody; at the end they had their time.
            if (!ending.IsCancellationRequested) Tally.Lost(person.Behind);
            await person.DisposeAsync();
        }
    }

    /// <summary>When the person at this part of the crowd comes, as a part of the time in which people come.</summary>
    internal static double ComesAt(double part) =>
        part < EarlyShare ? part / EarlyShare * EarlyPart : EarlyPart + (part - EarlyShare) / (1 - EarlyShare) * (1 - EarlyPart);
}
