namespace Plenary.Points;

/// <summary>What earns points.</summary>
public enum Deed
{
    /// <summary>Coming to a room of the event.</summary>
    Came,

    /// <summary>Asking a question under one's name that everybody saw.</summary>
    Asked,

    /// <summary>Voting in a poll, whatever the vote.</summary>
    Voted,

    /// <summary>Meeting a person in a Cocktail Party or at an agreed time.</summary>
    Met,
}

/// <summary>What one deed earns.</summary>
/// <param name="Deed">The deed.</param>
/// <param name="Points">Once for each subject: a question, a poll, a person.</param>
/// <param name="Most">Deeds of this kind that count at one event.</param>
public sealed record PointsRule(Deed Deed, int Points, int Most);

/// <summary>Somebody has done something. The same deed on the same subject is one deed, however often it is told.</summary>
/// <param name="Person">Who.</param>
/// <param name="Deed">What.</param>
/// <param name="Subject">The event, the question, the poll or the other person.</param>
public readonly record struct DeedDone(Guid Person, Deed Deed, Guid Subject);

/// <summary>The published rules: the same for everybody and every event, so that nobody has to ask what counts. docs/organize/giveaways-and-points.md says them in words.</summary>
public static class PointsRules
{
    public static readonly IReadOnlyList<PointsRule> All = [new(Deed.Came, 10, 1), new(Deed.Asked, 5, 5), new(Deed.Voted, 2, 20), new(Deed.Met, 5, 20)];

    public static PointsRule Of(Deed deed) => All[(int)deed];

    /// <summary>
    /// What is to be added to a ledger that holds these deeds already: each once, and no more of a kind than count, the earliest subjects first. Told again, in another order or in parts, the sum stays the same.
    /// </summary>
    public static List<DeedDone> New(IReadOnlySet<DeedDone> held, IEnumerable<DeedDone> done)
    {
        var counts = held.GroupBy(d => (d.Person, d.Deed)).ToDictionary(g => g.Key, g => g.Count());
        var added = new HashSet<DeedDone>();
        foreach (var one in done.OrderBy(d => d.Subject))
        {
            var key = (one.Person, one.Deed);
            if (held.Contains(one) || counts.GetValueOrDefault(key) >= Of(one.Deed).Most || !added.Add(one)) continue;
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        return [.. added];
    }
}
