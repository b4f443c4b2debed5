using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Messages;

/// <summary>Reports out of a conversation: the moderators get the messages that the reporter ticked, as they were written, and nothing else of it.</summary>
public sealed class MessageReports(Reports reports)
{
    private const int Most = 30;

    /// <summary>Refused: not-found when a message is not one that the reporter sees; invalid-input.</summary>
    public async Task Report(Db db, Viewer viewer, Guid id, Guid about, IReadOnlyList<Guid> messages, string? note, CancellationToken cancellation)
    {
        var conversation = await MessageReading.Find(db, viewer, id, cancellation) ?? throw Refusal.NotFound.AsException();
        var (me, ids) = (viewer.PersonId!.Value, messages.Distinct().ToArray());
        if (ids.Length > Most) Refusal.Invalid("messages", $"Choose at most {Most} messages.").Throw();
        var chosen = await (from seen in MessageReading.Seen(db, me)
                            where seen.Message.ConversationId == id && ids.Contains(seen.Message.Id)
                            join author in db.Users on seen.Message.PersonId equals author.Id
                            orderby seen.Message.Number
                            select new { seen.Message.Id, Person = author.Id, author.Name, seen.Message.At, seen.Message.Text }).ToListAsync(cancellation);
        if (chosen.Count < ids.Length) Refusal.NotFound.Throw();
        var excerpt = chosen.Count == 0 ? null : JsonSerializer.Serialize(chosen, JsonSerializerOptions.Web);
        await reports.AddReport(db, viewer, conversation.EventId, about, note ?? "", new("message", id, excerpt), cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
