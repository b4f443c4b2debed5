using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Messages;

/// <summary>A message with its files.</summary>
public sealed record MessageSeen(Message Message, IReadOnlyList<MessageFile> Files);

/// <summary>Somebody in a conversation.</summary>
/// <param name="Card">What the viewer may see of them, at least the name.</param>
/// <param name="ReadTo">Number of the latest message they have seen.</param>
public sealed record MemberSeen(ProfileCard Card, long ReadTo);

/// <summary>A conversation as one of its people sees it.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Members">Everybody in it, the viewer included.</param>
/// <param name="Last">The latest message the viewer sees.</param>
/// <param name="Unread">How many messages the viewer has not seen.</param>
/// <param name="ReadTo">Number of the latest one that they have seen.</param>
/// <param name="Keeper">Who may take people out of the group; null for two.</param>
public sealed record ConversationSeen(Conversation Conversation, IReadOnlyList<MemberSeen> Members, MessageSeen? Last, int Unread, long ReadTo, Guid? Keeper);

/// <summary>
/// Reads conversations. Every query begins with what the viewer is a member of: there is no other way in, for no role. What those whom the viewer
/// blocks wrote is left out, and a conversation with one of them as a whole; messages that were never heard are their author's alone.
/// </summary>
public sealed class MessageReading(ProfileReading profiles)
{
    /// <summary>Conversations of a list.</summary>
    public const int MostConversations = 200;

    /// <summary>Messages of one page.</summary>
    public const int Page = 50;

    /// <summary>The viewer's conversations at the event, those with the latest message first. Refused: sign-in-required, not-found.</summary>
    public async Task<List<ConversationSeen>> Conversations(Db db, Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        var me = await db.RequireOf(viewer, eventId, cancellation);
        return await Read(db, me, eventId, Mine(db, me).Where(c => c.EventId == eventId), cancellation);
    }

    /// <summary>One of the viewer's conversations, or null: there is none, or they are not in it.</summary>
    public async Task<ConversationSeen?> One(Db db, Viewer viewer, Guid conversation, CancellationToken cancellation)
    {
        if (await Find(db, viewer, conversation, cancellation) is not { } found) return null;
        return (await Read(db, viewer.PersonId!.Value, found.EventId, Mine(db, viewer.PersonId.Value).Where(c => c.Id == conversation), cancellation, evenEmpty: true)).SingleOrDefault();
    }

    /// <summary>The conversation with one other person, or null when nothing was said yet.</summary>
    public async Task<ConversationSeen?> With(Db db, Viewer viewer, Guid eventId, Guid person, CancellationToken cancellation)
    {
        var me = await db.RequireOf(viewer, eventId, cancellation);
        var pair = Conversation.PairOf(me, person);
        return (await Read(db, me, eventId, Mine(db, me).Where(c => c.EventId == eventId && c.Pair == pair), cancellation)).SingleOrDefault();
    }

    /// <summary>A page of messages up to a number, oldest first. Refused: not-found.</summary>
    /// <param name="before">The number after the newest of the page; null for the newest there are.</param>
    public async Task<List<MessageSeen>> Messages(Db db, Viewer viewer, Guid conversation, long? before, CancellationToken cancellation)
    {
        var found = await Find(db, viewer, conversation, cancellation) ?? throw Refusal.NotFound.AsException();
        var page = await Seen(db, viewer.PersonId!.Value).Where(s => s.Message.ConversationId == found.Id && (before == null || s.Message.Number < before))
            .OrderByDescending(s => s.Message.Number).Take(Page).Select(s => s.Message).AsNoTracking().ToListAsync(cancellation);
        page.Reverse();
        return await WithFiles(db, page, cancellation);
    }

    /// <summary>How many messages of all conversations at the event the viewer has not seen.</summary>
    public async Task<int> Unread(Db db, Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        var me = await db.RequireOf(viewer, eventId, cancellation);
        var mine = Mine(db, me).Where(c => c.EventId == eventId).Select(c => c.Id);
        return await Seen(db, me).CountAsync(s => mine.Contains(s.Message.ConversationId) && s.Message.Number > s.Member.LastRead && s.Message.PersonId != me, cancellation);
    }

    /// <summary>The conversation, when the viewer is in it, their session counts at its event, and they are still of it; else null.</summary>
    internal static async Task<Conversation?> Find(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        if (viewer.PersonId is not { } me) return null;
        var found = await Mine(db, me).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        return found is not null && viewer.At(found.EventId) == me && await db.IsOf(found.EventId, me, cancellation) ? found : null;
    }

    /// <summary>What this person is in and has not left; without conversations of two with somebody whom they block.</summary>
    internal static IQueryable<Conversation> Mine(Db db, Guid me) =>
        from member in db.Set<ConversationMember>()
        where member.PersonId == me && member.LeftAt == null
        join conversation in db.Set<Conversation>() on member.ConversationId equals conversation.Id
        where conversation.Pair == null || !db.Set<ConversationMember>().Any(other => other.ConversationId == conversation.Id && other.PersonId != me
            && db.Set<Block>().Any(b => b.ById == me && b.WhomId == other.PersonId))
        select conversation;

    /// <summary>The messages that this person may see, each with their part in its conversation.</summary>
    internal static IQueryable<SeenRow> Seen(Db db, Guid me) =>
        from member in db.Set<ConversationMember>()
        where member.PersonId == me && member.LeftAt == null
        join message in db.Set<Message>() on member.ConversationId equals message.ConversationId
        where message.Number > member.Since && (!message.Unheard || message.PersonId == me) && !db.Set<Block>().Any(b => b.ById == me && b.WhomId == message.PersonId)
        select new SeenRow { Message = message, Member = member };

    /// <summary>These messages with their files.</summary>
    internal static async Task<List<MessageSeen>> WithFiles(Db db, IReadOnlyList<Message> messages, CancellationToken cancellation)
    {
        var ids = messages.Select(m => m.Id).ToArray();
        var files = ids.Length == 0 ? [] : await db.Set<MessageFile>().AsNoTracking().Where(f => f.MessageId != null && ids.Contains(f.MessageId.Value)).OrderBy(f => f.Id).ToListAsync(cancellation);
        var of = files.ToLookup(f => f.MessageId!.Value);
        return [.. messages.Select(m => new MessageSeen(m, [.. of[m.Id]]))];
    }

    private async Task<List<ConversationSeen>> Read(Db db, Guid me, Guid eventId, IQueryable<Conversation> which, CancellationToken cancellation, bool evenEmpty = false)
    {
        var conversations = await which.AsNoTracking().ToListAsync(cancellation);
        if (conversations.Count == 0) return [];
        var ids = conversations.Select(c => c.Id).ToArray();
        var counts = await Seen(db, me).Where(s => ids.Contains(s.Message.ConversationId))
            .Select(s => new { s.Message.ConversationId, s.Message.Number, New = s.Message.Number > s.Member.LastRead && s.Message.PersonId != me ? 1 : 0 })
            .GroupBy(s => s.ConversationId).Select(g => new { g.Key, Last = g.Max(s => s.Number), Unread = g.Sum(s => s.New) }).ToDictionaryAsync(g => g.Key, cancellation);
        // Somebody whom nobody wrote to yet has no conversation; a group stands from the start.
        conversations.RemoveAll(c => !c.IsGroup && !evenEmpty && !counts.ContainsKey(c.Id));
        ids = [.. conversations.Select(c => c.Id)];
        var latest = await Seen(db, me).Where(s => ids.Contains(s.Message.ConversationId)
            && s.Message.Number == Seen(db, me).Where(o => o.Message.ConversationId == s.Message.ConversationId).Max(o => o.Message.Number)).Select(s => s.Message).AsNoTracking().ToListAsync(cancellation);
        var last = (await WithFiles(db, latest, cancellation)).ToDictionary(m => m.Message.ConversationId);
        var members = await db.Set<ConversationMember>().AsNoTracking().Where(m => ids.Contains(m.ConversationId) && m.LeftAt == null).OrderBy(m => m.JoinedAt).ThenBy(m => m.PersonId).ToListAsync(cancellation);
        var cards = await profiles.CardsOrNames(db, eventId, me, [.. members.Select(m => m.PersonId).Distinct()], cancellation);
        var within = members.ToLookup(m => m.ConversationId);
        return [.. conversations
            .Select(c => new ConversationSeen(
                c, [.. within[c.Id].Where(m => cards.ContainsKey(m.PersonId)).Select(m => new MemberSeen(cards[m.PersonId], m.LastRead))],
                last.GetValueOrDefault(c.Id), counts.GetValueOrDefault(c.Id)?.Unread ?? 0, within[c.Id].First(m => m.PersonId == me).LastRead,
                c.KeeperAmong([.. within[c.Id].Select(m => m.PersonId)])))
            .OrderByDescending(c => c.Last?.Message.At ?? c.Conversation.StartedAt).Take(MostConversations)];
    }

    /// <summary>A message and the part that somebody has in its conversation.</summary>
    internal sealed class SeenRow
    {
        public required Message Message { get; init; }

        public required ConversationMember Member { get; init; }
    }
}
