using Plenary.Messages;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Demo;

/// <summary>What the people of the demo have written to each other before the newcomer came.</summary>
internal static class DemoMessages
{
    /// <summary>Minutes ago, who, what.</summary>
    private sealed record Line(int MinutesAgo, string Name, string Text);

    private static readonly Line[] WithAmara =
    [
        new(1510, "Hana Novak", "Your talk is the reason I registered. Is the audit template public?"),
        new(1496, "Amara Okafor", "It is, and so is the letter we wrote to the ministry. I will bring both."),
        new(1494, "Amara Okafor", "Could I ask you about paying for on-call at night? You have done it since 2016, we begin in May."),
        new(66, "Hana Novak", "Please do, I have numbers. Today works, pick a time?"),
        new(64, "Amara Okafor", "Done, see you in a few minutes. Thank you!"),
    ];

    private static readonly Line[] WithLena =
    [
        new(2900, "Lena Vogt", "Welcome to Groundwork, Hana. If anything is in your way, write to me."),
        new(2893, "Hana Novak", "Thank you. Nothing is, the sound check was perfect."),
        new(12, "Lena Vogt", "Would you write about Brno for our newsletter? Ten lines are plenty. I have asked for a quarter of an hour, too."),
    ];

    private static readonly Line[] InGroup =
    [
        new(220, "Mei-Lin Zhou", "As promised: one runbook each, and we read them aloud on Thursday."),
        new(214, "Rafael Moreira", "Mine is the one for the session store. Of course."),
        new(208, "Priya Raman", "I bring the one nobody has read since 2021, and we see whether it still works."),
        new(190, "Hana Novak", "Then I bring timetables. Trams do not stop for a read-aloud, but they do for a broken clock."),
        new(31, "Mei-Lin Zhou", "Shall we use the call here, or a table after the keynote?"),
        new(28, "Priya Raman", "A table. I want to see your faces when it fails."),
    ];

    /// <summary>Two conversations and a group of Hana's, the newest of which she has not read.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="people">By name.</param>
    /// <param name="now">The clock's time.</param>
    public static void Add(Db db, Guid eventId, IReadOnlyDictionary<string, Person> people, DateTimeOffset now)
    {
        Conversation(db, eventId, people, now, WithAmara, unread: 0);
        Conversation(db, eventId, people, now, WithLena, unread: 1);
        Conversation(db, eventId, people, now, InGroup, unread: 2, "Runbooks, read aloud");
    }

    private static void Conversation(Db db, Guid eventId, IReadOnlyDictionary<string, Person> people, DateTimeOffset now, Line[] lines, int unread, string? title = null)
    {
        var members = lines.Select(line => people[line.Name]).Distinct().ToList();
        var began = now.AddMinutes(-lines[0].MinutesAgo - 1);
        var conversation = new Conversation
        {
            EventId = eventId,
            Pair = title is null ? Messages.Conversation.PairOf(members[0].Id, members[1].Id) : null,
            Title = title ?? "",
            StartedAt = began,
            StartedById = title is null ? null : members[0].Id,
            LastNumber = lines.Length,
        };
        db.Add(conversation);
        foreach (var person in members)
        {
            var read = person.Name == "Hana Novak" ? lines.Length - unread : lines.Length;
            db.Add(new ConversationMember { ConversationId = conversation.Id, PersonId = person.Id, JoinedAt = began, LastRead = read, DigestedTo = lines.Length });
        }
        foreach (var (line, i) in lines.Select((line, i) => (line, i)))
            db.Add(new Message { Id = Guid.CreateVersion7(), ConversationId = conversation.Id, Number = i + 1, PersonId = people[line.Name].Id, Text = line.Text, At = now.AddMinutes(-line.MinutesAgo) });
    }
}
