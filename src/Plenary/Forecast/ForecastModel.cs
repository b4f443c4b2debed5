namespace Plenary.Forecast;

/// <summary>
/// How many people will be there at once: registered, times the part of them who come, times how much of them are there at that moment of the
/// agenda. docs/operate/scaling.md explains it, with its error. It errs on the early and on the high side: a process too many costs cents.
/// </summary>
public static class ForecastModel
{
    /// <summary>As far as it looks ahead; registrations go on at their pace no longer than that.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(24);

    /// <summary>The first come so long before something starts.</summary>
    public static readonly TimeSpan Doors = TimeSpan.FromMinutes(60);

    /// <summary>Until then <see cref="EarlyShare"/> of them are there; the rest come from now until the start.</summary>
    public static readonly TimeSpan Rush = TimeSpan.FromMinutes(15);

    /// <summary>The last leave so long after the end.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromMinutes(30);

    /// <summary>Over a pause as long as this people stay, or leave their page open.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(90);

    private const double EarlyShare = 0.2;

    /// <summary>Nine of ten times it is between the low and the high figure on that side: the quantile of a normal distribution.</summary>
    private const double Quantile = 1.2816;

    /// <summary>People of one event at this moment.</summary>
    /// <param name="event">The event, as it is known now.</param>
    /// <param name="now">The present.</param>
    /// <param name="at">The moment asked for, not before now.</param>
    public static double Attendees(NearEvent @event, DateTimeOffset now, DateTimeOffset at) =>
        Registered(@event, now, at) * @event.Comes.Mean * Presence(Blocks(@event), at);

    /// <summary>
    /// The most people there at once within each of these times from now, over all events. It is the greatest sum, not the sum of the greatest: events that
    /// follow each other share their processes.
    /// </summary>
    public static double[] Most(IEnumerable<NearEvent> events, DateTimeOffset now, IReadOnlyList<TimeSpan> within)
    {
        var minutes = new double[(int)within.Max().TotalMinutes + 1];
        foreach (var @event in events)
        {
            var blocks = Blocks(@event);
            foreach (var block in blocks)
            {
                var first = Math.Max(0, (int)(block.From - Doors - now).TotalMinutes);
                var last = Math.Min(minutes.Length - 1, (block.To + Leaving - now).TotalMinutes);
                for (var minute = first; minute <= last; minute++)
                {
                    var at = now.AddMinutes(minute);
                    // Where one block's people leave while those of the next come, they are counted with the greater.
                    if (Foremost(blocks, at) == block) minutes[minute] += Registered(@event, now, at) * @event.Comes.Mean * Presence(block, at);
                }
            }
        }
        return [.. within.Select(span => minutes.Take((int)span.TotalMinutes + 1).Max())];
    }

    /// <summary>When most people of the event are there from now on, how many, and between which figures it will be eight times of ten.</summary>
    public static Peak PeakOf(NearEvent @event, DateTimeOffset now)
    {
        var moments = Blocks(@event).SelectMany(block => new[] { block.From, block.To }).Where(at => at > now).Prepend(now);
        var at = moments.MaxBy(moment => Math.Round(Attendees(@event, now, moment)));
        var (registered, expected) = (Registered(@event, now, at), Attendees(@event, now, at));
        var presence = Presence(Blocks(@event), at);
        var rate = @event.Comes;
        // Events differ from each other, and even a coin that is known falls by chance.
        var deviation = registered == 0 ? 0 : Math.Sqrt(rate.Deviation * rate.Deviation + rate.Mean * (1 - rate.Mean) / registered);
        double Bound(double side) => Math.Clamp(rate.Mean + side * Quantile * deviation, 0, 1) * registered * presence;
        return new(at, registered, expected, Bound(-1), Bound(1));
    }

    /// <summary>Registered until then: they go on at the pace of the last day, or for an hour at that of the last hour if it is more, until all places are taken.</summary>
    private static double Registered(NearEvent @event, DateTimeOffset now, DateTimeOffset at)
    {
        var hours = Math.Clamp((at - now).TotalHours, 0, Horizon.TotalHours);
        var more = Math.Max(@event.LastDay / 24.0 * hours, @event.LastHour * Math.Min(hours, 1));
        return Math.Min(Math.Max(@event.Capacity, @event.Registered), @event.Registered + more);
    }

    /// <summary>When something is on, from the event's start: sessions with no longer pause between them than people stay for.</summary>
    private static List<Stretch> Blocks(NearEvent @event)
    {
        var start = new Stretch(@event.StartsAt, @event.Sessions.Count == 0 ? @event.EndsAt : @event.StartsAt);
        var blocks = new List<Stretch>();
        foreach (var next in @event.Sessions.Append(start).OrderBy(session => session.From))
        {
            if (blocks.Count > 0 && next.From - blocks[^1].To <= LongestPause)
                blocks[^1] = blocks[^1] with { To = next.To > blocks[^1].To ? next.To : blocks[^1].To };
            else blocks.Add(next);
        }
        return blocks;
    }

    private static double Presence(List<Stretch> blocks, DateTimeOffset at) => Presence(Foremost(blocks, at), at);

    private static Stretch Foremost(List<Stretch> blocks, DateTimeOffset at) => blocks.Count == 1 ? blocks[0] : blocks.MaxBy(block => Presence(block, at));

    /// <summary>Of those who come, the part that is there.</summary>
    private static double Presence(Stretch block, DateTimeOffset at)
    {
        if (at < block.From - Doors || at > block.To + Leaving) return 0;
        if (at < block.From - Rush) return EarlyShare * ((at - (block.From - Doors)) / (Doors - Rush));
        if (at < block.From) return 1 - (1 - EarlyShare) * ((block.From - at) / Rush);
        return at <= block.To ? 1 : 1 - (at - block.To) / Leaving;
    }
}

/// <summary>The greatest number of people there at once.</summary>
/// <param name="At">When, first.</param>
/// <param name="Registered">Registered by then.</param>
/// <param name="Expected">People.</param>
/// <param name="Low">One time of ten it is less.</param>
/// <param name="High">One time of ten it is more.</param>
public readonly record struct Peak(DateTimeOffset At, double Registered, double Expected, double Low, double High);
