using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Time;

namespace Plenary.Networking.Meetings;

/// <summary>A time at which a meeting could begin.</summary>
/// <param name="At">When.</param>
/// <param name="Free">Both have it free; otherwise one of them is promised to somebody.</param>
public sealed record MeetingSlot(DateTimeOffset At, bool Free);

/// <summary>
/// When two people could meet: within the event's time, at times both offer, on the quarters of an hour. All zones' clocks differ by whole quarters, so a quarter is one
/// everywhere.
/// </summary>
public sealed class FreeTimes(TimeProvider clock)
{
    /// <summary>Events longer than this have nights, in which nobody is asked who did not offer it.</summary>
    private static readonly TimeSpan OneDay = TimeSpan.FromHours(24);

    private static readonly TimeOnly Morning = new(8, 0), Evening = new(20, 0);

    /// <summary>A month of quarters: a longer event shows its next month.</summary>
    private const int MostQuarters = 31 * 24 * 4;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(Meeting.Quarter);

    /// <summary>The quarters of an hour from one time to another.</summary>
    public static IEnumerable<DateTimeOffset> QuartersOf(DateTimeOffset from, DateTimeOffset until)
    {
        for (var at = from; at < until; at += Step) yield return at;
    }

    /// <summary>On the quarter of an hour.</summary>
    public static bool IsQuarter(DateTimeOffset at) => at.UtcTicks % Step.Ticks == 0;

    /// <summary>The times at which these two could begin to meet for so many minutes, from now on.</summary>
    public async Task<IReadOnlyList<MeetingSlot>> Of(Db db, Event @event, Guid one, Guid other, int minutes, CancellationToken cancellation)
    {
        var open = await Open(db, @event, [one, other], cancellation);
        if (open.Count == 0) return [];
        var (first, last) = (open.Min(), open.Max());
        var promised = (await db.Set<PromisedTime>().Where(t => (t.PersonId == one || t.PersonId == other) && t.At >= first && t.At <= last).Select(t => t.At).ToListAsync(cancellation)).ToHashSet();
        return [.. open.Order().Where(at => QuartersOf(at, at.AddMinutes(minutes)).All(open.Contains))
            .Select(at => new MeetingSlot(at, !QuartersOf(at, at.AddMinutes(minutes)).Any(promised.Contains)))];
    }

    /// <summary>The quarters from now on in which all of these people can be asked.</summary>
    private async Task<HashSet<DateTimeOffset>> Open(Db db, Event @event, Guid[] people, CancellationToken cancellation)
    {
        var offered = (await db.Set<OfferedTime>().AsNoTracking().Where(t => t.EventId == @event.Id && people.Contains(t.PersonId)).ToListAsync(cancellation)).ToLookup(t => t.PersonId);
        var from = @event.StartsAt > clock.GetUtcNow() ? @event.StartsAt : clock.GetUtcNow();
        var first = new DateTimeOffset((from.UtcTicks + Step.Ticks - 1) / Step.Ticks * Step.Ticks, TimeSpan.Zero);
        var quarters = QuartersOf(first, @event.EndsAt).Take(MostQuarters).Where(at => at + Step <= @event.EndsAt);
        return [.. quarters.Where(at => people.All(person => offered.Contains(person)
            ? offered[person].Any(t => t.From <= at && at + Step <= t.Until) : ByDay(@event, at)))];
    }

    private static bool ByDay(Event @event, DateTimeOffset at)
    {
        if (@event.EndsAt - @event.StartsAt <= OneDay) return true;
        var local = TimeOnly.FromDateTime((WallClock.Find(@event.TimeZone) ?? TimeZoneInfo.Utc).ToWallClock(at));
        return local >= Morning && local < Evening;
    }
}
