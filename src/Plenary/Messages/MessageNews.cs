using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Profiles;
using Plenary.Rooms.Attendance;

namespace Plenary.Messages;

/// <summary>Tells the people of a conversation at once what happens in it. It may be lost: browsers ask again when they come back.</summary>
public sealed class MessageNews(LivePeople people)
{
    /// <summary>Who hears somebody of this conversation: everybody in it who does not block them, themselves included (their other windows).</summary>
    internal static Task<List<Guid>> Hearing(Db db, Guid conversation, Guid speaker, CancellationToken cancellation) =>
        db.Set<ConversationMember>().Where(m => m.ConversationId == conversation && m.LeftAt == null && !db.Set<Block>().Any(b => b.ById == m.PersonId && b.WhomId == speaker))
            .Select(m => m.PersonId).ToListAsync(cancellation);

    internal Task Said(Guid eventId, MessageSeen message, IReadOnlyList<Guid> hearing) =>
        Tell(eventId, hearing, "message", new
        {
            conversation = message.Message.ConversationId,
            id = message.Message.Id,
            number = message.Message.Number,
            person = message.Message.PersonId,
            text = message.Message.Text,
            at = message.Message.At,
            files = message.Files.Select(f => new { id = f.Id, url = MessageFiles.Address(f), name = f.Name, contentType = f.ContentType, size = f.Size, width = f.Width, height = f.Height }),
        });

    internal Task Read(Guid eventId, Guid conversation, Guid person, long to, IReadOnlyList<Guid> hearing) => Tell(eventId, hearing, "read", new { conversation, person, to });

    internal Task Typing(Guid eventId, Guid conversation, Guid person, IReadOnlyList<Guid> hearing) => Tell(eventId, hearing, "typing", new { conversation, person });

    internal Task Changed(Guid eventId, Guid conversation, IReadOnlyList<Guid> hearing) => Tell(eventId, hearing, "conversation", new { conversation });

    internal Task Ring(Guid eventId, Guid conversation, Guid person, string name, Ringing state, IReadOnlyList<Guid> hearing) =>
        Tell(eventId, hearing, "ring", new { conversation, person, name, state = state.ToString().ToLowerInvariant() });

    private Task Tell(Guid eventId, IReadOnlyList<Guid> hearing, string about, object data) => people.TellAll(eventId, hearing, about, JsonSerializer.Serialize(data, JsonSerializerOptions.Web));
}
