using Plenary.Agenda;
using Plenary.Conduct;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Text;
using Plenary.Platform.Time;
using Plenary.Polls;
using Plenary.Questions;
using Plenary.Registration;
using Plenary.Rooms;
using Plenary.Shows;
using Plenary.Tables;

namespace Plenary.Templates;

/// <summary>Who makes an event: its cues are theirs.</summary>
/// <param name="Id">Of the person.</param>
/// <param name="Name">As the crew reads it.</param>
internal readonly record struct Maker(Guid Id, string Name);

/// <summary>
/// Writes everything that a template says into the unit of work that makes the event. Nobody can be at an event before it is kept, so what elsewhere only a grain
/// writes (tables, polls, the run of show) may be written here.
/// </summary>
/// <param name="db">The unit of work.</param>
/// <param name="made">The event, which has its first day's start.</param>
/// <param name="template">A checked one.</param>
/// <param name="day">Midnight of the first day on the event's wall clock.</param>
/// <param name="maker">Who makes it.</param>
internal sealed class EventUnfolding(Db db, Event made, Template template, DateTime day, Maker maker)
{
    private const int LongestSlug = 60;

    private readonly TimeZoneInfo zone = WallClock.Zone(made.TimeZone);
    private readonly Dictionary<string, Guid> rooms = [];
    private readonly Dictionary<string, Guid> sessions = [];
    private readonly Dictionary<string, Guid> polls = [];

    /// <summary>Answers when the last session ends.</summary>
    public DateTimeOffset Write()
    {
        AddRooms();
        var end = AddSessions();
        foreach (var (position, plan) in template.Tickets.Index())
            db.Add(new TicketType
            {
                EventId = made.Id,
                Name = plan.Name,
                Description = plan.Description,
                Capacity = plan.Capacity,
                Position = position,
                Price = plan.Price?.Amount ?? 0,
                Currency = plan.Price?.Currency ?? Money.UsualCurrency,
                TaxRate = plan.Price?.TaxRate ?? 0,
            });
        AddPolls();
        AddCues();
        return end;
    }

    private void AddRooms()
    {
        var slugs = new HashSet<string>();
        foreach (var plan in template.Rooms)
        {
            var slug = Slugs.Free(Slugs.Of(plan.Name, LongestSlug, "room"), LongestSlug, slugs);
            slugs.Add(slug);
            var room = new Room { EventId = made.Id, Slug = slug, Name = plan.Name, Kind = plan.Kind, Format = plan.Format, Position = rooms.Count };
            rooms.Add(plan.Key, room.Id);
            db.AddRoom(room);
            if (plan.SlowSeconds > 0 || plan.Links != RulePolicy.Allow) db.Add(new RoomRules { RoomId = room.Id, EventId = made.Id, SlowSeconds = plan.SlowSeconds, Links = plan.Links });
            if (plan.ModeratedQuestions) db.Add(new QuestionBoard { RoomId = room.Id, Moderated = true });
            foreach (var (number, table) in plan.Tables.Index()) db.Add(new Table { RoomId = room.Id, Number = number + 1, Topic = table.Topic, Seats = table.Seats });
        }
    }

    private DateTimeOffset AddSessions()
    {
        var end = made.StartsAt;
        foreach (var plan in template.Sessions.OrderBy(s => s.From))
        {
            // Each start is read from the wall clock of its own day; a session keeps its length whatever the clocks do.
            var start = zone.ToInstant(day.AddMinutes(plan.From));
            var session = new Session { EventId = made.Id, RoomId = rooms[plan.Room], Title = plan.Title, Summary = plan.Summary, StartsAt = start, EndsAt = start.AddMinutes(plan.Minutes) };
            if (plan.Key is { } key) sessions.Add(key, session.Id);
            if (session.EndsAt > end) end = session.EndsAt;
            db.Add(session);
        }
        return end;
    }

    private void AddPolls()
    {
        foreach (var (position, plan) in template.Polls.Index())
        {
            var poll = new Poll { RoomId = rooms[plan.Room], Question = plan.Question, Position = position + 1 };
            plan.Wish().Checked().Write(poll);
            if (plan.Key is { } key) polls.Add(key, poll.Id);
            db.Add(poll);
        }
    }

    private void AddCues()
    {
        if (template.Cues.Count == 0) return;
        db.Add(new Show { EventId = made.Id, Version = 1 });
        var ids = template.Cues.Where(c => c.Key is not null).ToDictionary(c => c.Key!, _ => Guid.CreateVersion7());
        foreach (var (position, plan) in template.Cues.Index())
            db.Add(new Cue
            {
                Id = plan.Key is { } key ? ids[key] : Guid.CreateVersion7(),
                EventId = made.Id,
                Position = position + 1,
                Kind = plan.Kind,
                Title = plan.Title ?? "",
                Anchor = plan.Anchor,
                At = plan.Anchor == CueAnchor.Time ? zone.ToInstant(day.AddMinutes(WallTime.MinutesOf(plan.Day ?? 0, plan.Start!))) : null,
                SessionId = Named(sessions, plan.Session),
                AfterId = Named(ids, plan.After),
                Offset = plan.OffsetSeconds,
                Detail = new(Named(rooms, plan.Room), Named(rooms, plan.From), Named(polls, plan.Poll), null, plan.Text, plan.Minutes, plan.Seconds, plan.Rounds, plan.Groups),
                AuthorId = maker.Id,
                Author = maker.Name,
            });
    }

    private static Guid? Named(Dictionary<string, Guid> ids, string? key) => key is null ? null : ids[key];
}
