using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Plenary.Stage.Composition;

/// <summary>What a composer works on.</summary>
/// <param name="Stage">Whose picture it makes.</param>
/// <param name="Broadcast">Where the picture goes.</param>
public sealed record ComposerTask(Guid Stage, Guid Broadcast);

/// <summary>
/// Tickets by which a browser that this process has started gets a session. Each is good once, for a minute, at this process only, and for one stage:
/// other programs of the machine may read it off the command line, but by then it is spent.
/// </summary>
public sealed class ComposerTickets(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (ComposerTask Task, DateTimeOffset Until)> open = new(StringComparer.Ordinal);

    public string Issue(ComposerTask task)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, (_, until)) in open)
            if (until <= now) open.TryRemove(old, out _);
        var ticket = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        open[ticket] = (task, now + Life);
        return ticket;
    }

    /// <summary>What the ticket is for; null when it was never issued, is spent, or is too old.</summary>
    public ComposerTask? Spend(string ticket) => open.TryRemove(ticket, out var found) && found.Until > clock.GetUtcNow() ? found.Task : null;
}
