using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;
using Plenary.Profiles;

namespace Plenary.Messages;

/// <summary>What somebody sends.</summary>
/// <param name="Id">Made by the client.</param>
/// <param name="Event">With <paramref name="Person"/>: where.</param>
/// <param name="Conversation">To a conversation, or …</param>
/// <param name="Person">… to a person, with whom there need not be one yet.</param>
/// <param name="Text">May be empty when there are files.</param>
/// <param name="Files">Ids of uploads of the sender.</param>
public sealed record MessageDraft(Guid Id, Guid? Event, Guid? Conversation, Guid? Person, string? Text, IReadOnlyList<Guid> Files);

/// <summary>
/// Writes messages. A message is in the database when it is answered; the same id again is the same message. Whom somebody blocks can
/// write on in a conversation that there is, and only they see it; without one they cannot begin it, as with anybody who does not show themselves.
/// </summary>
public sealed class Messaging(ProfileReading profiles, MessageNews news, MessageLimits limits, TimeProvider clock)
{
    /// <summary>
    /// Sends. Refused: sign-in-required; not-found when there is no such conversation of theirs, or the person cannot be seen by them and none was begun;
    /// you-block-them; id-taken; invalid-input; too-many-requests.
    /// </summary>
    public async Task<MessageSeen> Send(Db db, Viewer viewer, MessageDraft draft, CancellationToken cancellation)
    {
        var me = viewer.RequirePerson();
        if (draft.Id == Guid.Empty) Refusal.Invalid("id", "“id” is a UUID that you make.").Throw();
        var text = Input.Paragraphs(draft.Text, "text", Message.LongestText);
        if (text.Length == 0 && draft.Files.Count == 0) Refusal.Invalid("text", "Write something first.").Throw();
        if (draft.Files.Count > Message.MostFiles) Refusal.Invalid("files", $"Send at most {Message.MostFiles} files with one message.").Throw();
        if (await Sent(db, viewer, draft, cancellation) is { } already) return already;
        limits.Message(me);
        var conversation = await Open(db, viewer, draft, cancellation);
        // Whoever may not speak at the event does not go on in private; what they have to say about it they say by their note.
        if (await db.SilencedAt(conversation.EventId, me, clock.GetUtcNow(), cancellation) is { } restriction) restriction.ToRefusal().Throw();
        var others = await db.Set<ConversationMember>().Where(m => m.ConversationId == conversation.Id && m.PersonId != me && m.LeftAt == null).Select(m => m.PersonId).ToListAsync(cancellation);
        if (!conversation.IsGroup && await db.Set<Block>().AnyAsync(b => b.ById == me && others.Contains(b.WhomId), cancellation)) MessageRefusals.YouBlock.Throw();
        var unheard = !conversation.IsGroup && await db.Set<Block>().AnyAsync(b => b.WhomId == me && others.Contains(b.ById), cancellation);
        MessageSeen seen;
        try
        {
            seen = await Keep(db, conversation, me, draft, text, unheard, cancellation);
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            db.ChangeTracker.Clear();
            return await Sent(db, viewer, draft, cancellation) ?? throw MessageRefusals.IdTaken.AsException(); // the same was sent twice at once
        }
        await news.Said(conversation.EventId, seen, unheard ? [me] : await MessageNews.Hearing(db, conversation.Id, me, CancellationToken.None));
        return seen;
    }

    /// <summary>The viewer has seen everything up to this number. Refused: sign-in-required, not-found.</summary>
    public async Task Read(Db db, Viewer viewer, Guid id, long to, CancellationToken cancellation)
    {
        var me = viewer.RequirePerson();
        var conversation = await MessageReading.Find(db, viewer, id, cancellation) ?? throw Refusal.NotFound.AsException();
        // Numbers that they cannot have seen would hide what comes.
        to = Math.Min(to, await MessageReading.Seen(db, me).Where(s => s.Message.ConversationId == id).MaxAsync(s => (long?)s.Message.Number, cancellation) ?? 0);
        var changed = await db.Set<ConversationMember>().Where(m => m.ConversationId == id && m.PersonId == me && m.LastRead < to).ExecuteUpdateAsync(set => set.SetProperty(m => m.LastRead, to), cancellation);
        if (changed > 0) await news.Read(conversation.EventId, id, me, to, await Reached(db, conversation, me, cancellation));
    }

    /// <summary>The viewer is writing; told to the others and kept nowhere. Refused: not-found.</summary>
    public async Task Typing(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        if (!limits.Sign(viewer.RequirePerson())) return;
        var conversation = await MessageReading.Find(db, viewer, id, cancellation) ?? throw Refusal.NotFound.AsException();
        var me = viewer.PersonId!.Value;
        await news.Typing(conversation.EventId, id, me, [.. (await Reached(db, conversation, me, cancellation)).Where(p => p != me)]);
    }

    /// <summary>Those whom a sign of this person reaches: in a conversation of two nobody when they block the other, and nobody who blocks them.</summary>
    internal static Task<List<Guid>> Reached(Db db, Conversation conversation, Guid person, CancellationToken cancellation) => MessageNews.Hearing(db, conversation.Id, person, cancellation);

    /// <summary>What was sent before with this id; null when nothing was. Refused: id-taken.</summary>
    private static async Task<MessageSeen?> Sent(Db db, Viewer viewer, MessageDraft draft, CancellationToken cancellation)
    {
        if (await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == draft.Id, cancellation) is not { } message) return null;
        if (message.PersonId != viewer.PersonId || await MessageReading.Find(db, viewer, message.ConversationId, cancellation) is not { } its) throw MessageRefusals.IdTaken.AsException();
        if (draft.Conversation is { } meant ? meant != its.Id : its.Pair != Conversation.PairOf(message.PersonId, draft.Person ?? default)) MessageRefusals.IdTaken.Throw();
        return (await MessageReading.WithFiles(db, [message], cancellation))[0];
    }

    /// <summary>The conversation that the draft is for, begun when there is none.</summary>
    private async Task<Conversation> Open(Db db, Viewer viewer, MessageDraft draft, CancellationToken cancellation)
    {
        var me = viewer.PersonId!.Value;
        if (draft.Conversation is { } id)
        {
            if (await MessageReading.Find(db, viewer, id, cancellation) is { } known) return known;
            // One with somebody whom they block is hidden from them, and they know why.
            if (await db.Set<ConversationMember>().AnyAsync(m => m.ConversationId == id && m.PersonId == me && m.LeftAt == null, cancellation) && await OfTwoBlocked(db, id, me, cancellation)) MessageRefusals.YouBlock.Throw();
            throw Refusal.NotFound.AsException();
        }
        if (draft.Event is not { } eventId || draft.Person is not { } other) throw Refusal.Invalid("conversation", "Say to whom: a conversation, or an event and a person.").AsException();
        await db.RequireOf(viewer, eventId, cancellation);
        if (other == me) Refusal.Invalid("person", "This is you.").Throw();
        if (await db.Set<Block>().AnyAsync(b => b.ById == me && b.WhomId == other, cancellation)) MessageRefusals.YouBlock.Throw();
        var pair = Conversation.PairOf(me, other);
        for (; ; db.ChangeTracker.Clear())
        {
            if (await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.EventId == eventId && c.Pair == pair, cancellation) is { } found) return found;
            if (await profiles.Card(db, eventId, me, other, cancellation) is null) Refusal.NotFound.Throw();
            limits.Start(me);
            var now = clock.GetUtcNow();
            var conversation = new Conversation { EventId = eventId, Pair = pair, StartedAt = now };
            db.Add(conversation);
            db.Add(new ConversationMember { ConversationId = conversation.Id, PersonId = me, JoinedAt = now });
            db.Add(new ConversationMember { ConversationId = conversation.Id, PersonId = other, JoinedAt = now });
            try
            {
                await db.SaveChangesAsync(cancellation);
                return conversation;
            }
            catch (DbUpdateException error) when (Db.IsTaken(error)) { } // both wrote first
        }
    }

    private static Task<bool> OfTwoBlocked(Db db, Guid id, Guid me, CancellationToken cancellation) =>
        db.Set<Conversation>().AnyAsync(c => c.Id == id && c.Pair != null && db.Set<ConversationMember>().Any(m => m.ConversationId == id && db.Set<Block>().Any(b => b.ById == me && b.WhomId == m.PersonId)), cancellation);

    private async Task<MessageSeen> Keep(Db db, Conversation conversation, Guid me, MessageDraft draft, string text, bool unheard, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The row is the conversation's turnstile: who raises the number first is first, and the next one waits.
        await db.Set<Conversation>().Where(c => c.Id == conversation.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastNumber, c => c.LastNumber + 1), cancellation);
        var number = await db.Set<Conversation>().Where(c => c.Id == conversation.Id).Select(c => c.LastNumber).SingleAsync(cancellation);
        var message = new Message { Id = draft.Id, ConversationId = conversation.Id, Number = number, PersonId = me, Text = text, At = clock.GetUtcNow(), Unheard = unheard };
        db.Add(message);
        await db.SaveChangesAsync(cancellation);
        var files = draft.Files.Distinct().ToArray();
        if (files.Length > 0)
        {
            var taken = await db.Set<MessageFile>().Where(f => files.Contains(f.Id) && f.OwnerId == me && f.EventId == conversation.EventId && f.MessageId == null)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.MessageId, message.Id), cancellation);
            if (taken < files.Length) Refusal.Invalid("files", "A file is not here any more. Upload it again.").Throw(); // leaving rolls back
        }
        await db.Set<ConversationMember>().Where(m => m.ConversationId == conversation.Id && m.PersonId == me && m.LastRead < number).ExecuteUpdateAsync(set => set.SetProperty(m => m.LastRead, number), cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
        return (await MessageReading.WithFiles(db, [message], cancellation))[0];
    }
}
