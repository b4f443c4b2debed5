using System.Globalization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Mail;
using Plenary.Platform.Time;

namespace Plenary.Registration;

/// <summary>The mails about a place at an event. Times stand in the reader's own zone, always with its name.</summary>
public sealed class RegistrationMails(PersonalLinks links, PublicUrl site)
{
    /// <summary>The place is theirs: the join link and a calendar file.</summary>
    public Mail Confirmation(Event @event, Registration registration, Person person) => Compose(person, registration, $"Your place at {@event.Name}", @event,
        body => body.Heading("You have a place").Paragraph($"Hello {registration.Name}, you are registered for {@event.Name}."), withCalendar: true);

    /// <summary>It begins soon.</summary>
    public Mail Reminder(Event @event, Registration registration, Person person) => Compose(person, registration, $"{@event.Name} begins soon", @event,
        body => body.Heading("It begins soon").Paragraph($"Hello {registration.Name}, {@event.Name} is near. This is how you get in."), withCalendar: false);

    /// <summary>It has new times; the calendar entry moves along.</summary>
    public Mail Moved(Event @event, Registration registration, Person person) => Compose(person, registration, $"New time: {@event.Name}", @event,
        body => body.Heading("The time has changed").Paragraph($"Hello {registration.Name}, the organizer moved {@event.Name}. Your place and your join link stay as they are."), withCalendar: true);

    /// <summary>The place was given back.</summary>
    public Mail Cancelled(Event @event, Registration registration, Person person)
    {
        var body = new MailBody(@event.Accent, @event.Name).Heading("Your place was given back")
            .Paragraph($"Hello {registration.Name}, your registration for {@event.Name} is cancelled, and its join link does not work any more.")
            .Note($"Was it a mistake? Register again, as long as there are places: {site.Link("/e/" + @event.Slug)}");
        return Mail.Compose(person.Email!, registration.Name, $"Cancelled: {@event.Name}", body, [CalendarFile(@event, registration, CalendarMethods.Cancel)]);
    }

    /// <summary><c>Sunday 28 March 2027, 03:30 – 05:00 (Europe/Berlin, UTC+02:00)</c></summary>
    internal static string When(Event @event, string zoneName)
    {
        var zone = WallClock.Find(zoneName) ?? WallClock.Find(@event.TimeZone) ?? TimeZoneInfo.Utc;
        var (from, to) = (TimeZoneInfo.ConvertTime(@event.StartsAt, zone), TimeZoneInfo.ConvertTime(@event.EndsAt, zone));
        var culture = CultureInfo.InvariantCulture;
        var end = to.Date == from.Date ? to.ToString("HH:mm", culture) : to.ToString("dddd d MMMM yyyy, HH:mm", culture);
        return $"{from.ToString("dddd d MMMM yyyy, HH:mm", culture)} – {end} ({zone.Id}, UTC{from.ToString("zzz", culture)})";
    }

    private Mail Compose(Person person, Registration registration, string subject, Event @event, Func<MailBody, MailBody> begin, bool withCalendar)
    {
        var body = begin(new MailBody(@event.Accent, @event.Name)).Fact("When", When(@event, registration.TimeZone));
        if (WallClock.Find(registration.TimeZone) is { } own && own.Id != @event.TimeZone) body.Fact("At the event", When(@event, @event.TimeZone));
        body.Button("Join the event", links.Address(RegistrationLinks.Of(registration)))
            .Note("This link is yours alone: whoever has it comes in under your name. It works on your phone too, without a password.");
        return Mail.Compose(person.Email!, registration.Name, subject, body, withCalendar ? [CalendarFile(@event, registration, CalendarMethods.Publish)] : []);
    }

    private MailAttachment CalendarFile(Event @event, Registration registration, string method)
    {
        var entry = new CalendarEvent
        {
            // The same entry in every mail, with a growing sequence: calendars move it instead of adding another.
            Uid = $"{registration.Id}@{new Uri(site.Root).Host}",
            Sequence = @event.Version,
            DtStamp = new CalDateTime(registration.RegisteredAt.UtcDateTime, "UTC"),
            Summary = @event.Name,
            Description = @event.Tagline,
            Location = site.Link("/e/" + @event.Slug),
            Start = new CalDateTime(@event.StartsAt.UtcDateTime, "UTC"),
            End = new CalDateTime(@event.EndsAt.UtcDateTime, "UTC"),
            Status = method == CalendarMethods.Cancel ? "CANCELLED" : "CONFIRMED",
        };
        if (method != CalendarMethods.Cancel) entry.Url = new Uri(links.Address(RegistrationLinks.Of(registration)));
        var calendar = new Ical.Net.Calendar { Method = method, ProductId = "-//Plenary//Events//EN" };
        calendar.Events.Add(entry);
        var text = new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("The calendar could not be written.");
        return new MailAttachment($"{@event.Slug}.ics", $"text/calendar; charset=utf-8; method={method}", Encoding.UTF8.GetBytes(text));
    }
}
