using Plenary.Platform;
using Plenary.Platform.Surge;

namespace Plenary.Calls;

/// <summary>How fast one person may do things in calls, over all of the person's connections to this process.</summary>
public sealed class CallLimits(TimeProvider clock)
{
    // A network that comes and goes has its client come back every few seconds.
    private readonly Gcra<Guid> entries = new(perSecond: 1, burst: 15, clock);

    // Entering a mesh of ten takes an offer, an answer and some candidates for each.
    private readonly Gcra<Guid> signals = new(perSecond: 40, burst: 400, clock);

    /// <summary>Refused: too-many-requests.</summary>
    public void Enter(Guid person)
    {
        if (!entries.Take(person)) Refusal.TooMany.Throw();
    }

    /// <summary>Refused: too-many-requests.</summary>
    public void Signal(Guid person)
    {
        if (!signals.Take(person)) Refusal.TooMany.Throw();
    }
}
