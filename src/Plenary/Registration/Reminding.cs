using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;

namespace Plenary.Registration;

/// <summary>A reminder that is on its way. Part of its key is the start it was about: an event that moves is reminded of anew.</summary>
public sealed class Reminder
{
    public Guid RegistrationId { get; init; }

    /// <summary>How long before the start, in minutes.</summary>
    public int Lead { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Reminder>
    {
        public void Configure(EntityTypeBuilder<Reminder> builder)
        {
            builder.ToTable("Reminders");
            builder.HasKey(r => new { r.RegistrationId, r.Lead, r.StartsAt });
            builder.HasOne<Registration>().WithMany().HasForeignKey(r => r.RegistrationId);
        }
    }
}

/// <summary>
/// Reminds everyone with a place, a day and a quarter of an hour before the start. It looks again every minute instead of planning ahead, so
/// an event may move without anything to re-plan; mail and note are one transaction, so nobody is reminded twice.
/// </summary>
internal sealed class Reminding(IDbContextFactory<Db> dbs, RegistrationMails mails, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "registration.remind";

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Each reminder with the moment after which the next one is near enough to say it all.</summary>
    private static readonly (TimeSpan Lead, TimeSpan Until)[] Reminders = [(TimeSpan.FromHours(24), TimeSpan.FromHours(1)), (TimeSpan.FromMinutes(15), TimeSpan.Zero)];

    private const int AtOnce = 200;

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        foreach (var (lead, until) in Reminders)
        {
            var now = clock.GetUtcNow();
            var (earliest, latest) = (now + until, now + lead);
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            var near = await db.Set<Event>().AsNoTracking().Where(e => e.Status == EventStatus.Published && e.StartsAt > earliest && e.StartsAt <= latest).ToListAsync(cancellation);
            foreach (var @event in near) while (await Remind(@event, lead, cancellation)) { }
        }
    }

    /// <summary>The next few who were not reminded; false when there are no more.</summary>
    private async Task<bool> Remind(Event @event, TimeSpan lead, CancellationToken cancellation)
    {
        var (minutes, start, before) = ((int)lead.TotalMinutes, @event.StartsAt, @event.StartsAt - lead);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var waiting = await (from r in db.Set<Registration>().AsNoTracking()
                             where r.EventId == @event.Id && r.CancelledAt == null && r.RegisteredAt < before
                                && !db.Set<Reminder>().Any(s => s.RegistrationId == r.Id && s.Lead == minutes && s.StartsAt == start)
                             join p in db.Users on r.PersonId equals p.Id
                             select new { Registration = r, Person = p }).Take(AtOnce).ToListAsync(cancellation);
        foreach (var each in waiting)
        {
            db.Add(new Reminder { RegistrationId = each.Registration.Id, Lead = minutes, StartsAt = start });
            db.AddMail(mails.Reminder(@event, each.Registration, each.Person), clock.GetUtcNow());
        }
        await db.SaveChangesAsync(cancellation);
        return waiting.Count == AtOnce;
    }
}
