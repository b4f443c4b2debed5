using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;
using Plenary.Registration;

namespace Plenary.Forecast;

/// <summary>Reads what forecasts are made of: four queries whatever the number of events, and one more when past events are looked at again.</summary>
public sealed class NearEvents(IDbContextFactory<Db> dbs, SurgeSettings settings, TimeProvider clock)
{
    /// <summary>The past changes slowly.</summary>
    private static readonly TimeSpan RatesFor = TimeSpan.FromHours(1);

    /// <summary>Events that are over longer than this say little about today's.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(730);

    private readonly ConcurrentDictionary<Guid, (ShowRate Rate, long At)> rates = new();

    /// <summary>Everything published that has people within the model's horizon.</summary>
    public Task<List<NearEvent>> Soon(CancellationToken cancellation)
    {
        var (from, to) = (clock.GetUtcNow() - ForecastModel.Leaving, clock.GetUtcNow() + ForecastModel.Horizon + ForecastModel.Doors);
        return Read(e => e.EndsAt > from && e.StartsAt < to, cancellation);
    }

    /// <summary>Those of these events that are published and not over.</summary>
    public Task<List<NearEvent>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return Read(e => ids.Contains(e.Id) && e.EndsAt > now, cancellation);
    }

    private async Task<List<NearEvent>> Read(Expression<Func<Event, bool>> which, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var near = db.Set<Event>().AsNoTracking().Where(e => e.Status == EventStatus.Published).Where(which);
        var events = await near.Select(e => new { e.Id, e.OrganizationId, e.StartsAt, e.EndsAt }).ToListAsync(cancellation);
        if (events.Count == 0) return [];

        var now = clock.GetUtcNow();
        var (hour, day, lately) = (now.AddHours(-1), now.AddDays(-1), now - ForecastModel.LongestPause - ForecastModel.Leaving);
        var sessions = (await (from s in db.Set<Session>() join e in near on s.EventId equals e.Id where s.EndsAt > lately select new { s.EventId, s.StartsAt, s.EndsAt })
            .ToListAsync(cancellation)).ToLookup(s => s.EventId, s => new Stretch(s.StartsAt, s.EndsAt));
        var places = await (from t in db.Set<TicketType>() join e in near on t.EventId equals e.Id group t by t.EventId into g select new { g.Key, Sold = g.Sum(t => t.Sold), Capacity = g.Sum(t => (long)t.Capacity) })
            .ToDictionaryAsync(p => p.Key, cancellation);
        var fresh = await (from r in db.Set<Registration.Registration>()
                           join e in near on r.EventId equals e.Id
                           where r.CancelledAt == null && r.RegisteredAt > day
                           group r by r.EventId into g
                           select new { g.Key, Day = g.Count(), Hour = g.Sum(r => r.RegisteredAt > hour ? 1 : 0) }).ToDictionaryAsync(f => f.Key, cancellation);
        var comes = await Rates(db, [.. events.Select(e => e.OrganizationId).Distinct()], now, cancellation);
        return events.ConvertAll(e =>
        {
            var (place, recent) = (places.GetValueOrDefault(e.Id), fresh.GetValueOrDefault(e.Id));
            return new NearEvent(e.Id, e.StartsAt, e.EndsAt, [.. sessions[e.Id]], place?.Sold ?? 0, (int)Math.Min(int.MaxValue, place?.Capacity ?? 0), recent?.Day ?? 0, recent?.Hour ?? 0, comes[e.OrganizationId]);
        });
    }

    /// <summary>Of each organization; events of which nobody is known to have come were before that was kept, and tell nothing.</summary>
    private async Task<Dictionary<Guid, ShowRate>> Rates(Db db, Guid[] organizations, DateTimeOffset now, CancellationToken cancellation)
    {
        var unknown = organizations.Where(o => !rates.TryGetValue(o, out var known) || clock.GetElapsedTime(known.At) > RatesFor).ToArray();
        if (unknown.Length > 0)
        {
            var since = now - Memory;
            var past = (await (from r in db.Set<Registration.Registration>()
                               join e in db.Set<Event>() on r.EventId equals e.Id
                               where unknown.Contains(e.OrganizationId) && (e.Status == EventStatus.Published || e.Status == EventStatus.Ended)
                                  && e.EndsAt <= now && e.EndsAt > since && r.CancelledAt == null
                               group r by new { e.OrganizationId, e.Id } into g
                               select new { g.Key.OrganizationId, Registered = g.Count(), Came = g.Sum(r => r.CameAt != null ? 1 : 0) }).ToListAsync(cancellation))
                .Where(e => e.Came > 0).ToLookup(e => e.OrganizationId, e => new PastEvent(e.Registered, e.Came));
            foreach (var organization in unknown) rates[organization] = (ShowRate.Of(settings.ShowRate / 100.0, [.. past[organization]]), clock.GetTimestamp());
        }
        return organizations.ToDictionary(o => o, o => rates[o].Rate);
    }
}
