using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Messages;

/// <summary>
/// Groups: who is in them. Everybody in one brings in people whom they can see; whoever keeps it takes people out; everybody leaves when they like, and is not brought back by others then. Who
/// comes later sees what is said from then on.
/// </summary>
public sealed class Groups(ProfileReading profiles, MessageNews news, MessageLimits limits, LiveCalls calls, TimeProvider clock)
{
    /// <summary>
    /// Starts a group. The same id again is the same group. People who cannot be seen by the viewer are left out without a word. Refused: sign-in-required,
    /// not-found, group-full, id-taken, invalid-input, too-many-requests.
    /// </summary>
    public async Task<Guid> Start(Db db, Viewer viewer, Guid eventId, Guid id, string? title, IReadOnlyList<Guid> people, CancellationToken cancellation)
    {
        var me = await db.RequireOf(viewer, eventId, cancellation);
        if (id == Guid.Empty) Refusal.Invalid("id", "“id” is a UUID that you make.").Throw();
        if (await db.Set<Conversation>().AnyAsync(c => c.Id == id, cancellation))
            return await MessageReading.Find(db, viewer, id, cancellation) is { IsGroup: true } mine && mine.EventId == eventId ? id : throw MessageRefusals.IdTaken.AsException();
        var name = Platform.Text.Input.OptionalLine(title, "title", Conversation.LongestTitle);
        var others = people.Where(p => p != me).Distinct().ToList();
        if (others.Count + 1 > Conversation.MostPeople) MessageRefusals.Full.Throw();
        var seen = await profiles.Cards(db, eventId, me, others, cancellation);
        if (seen.Count == 0) Refusal.NotFound.Throw();
        limits.Start(me);
        var now = clock.GetUtcNow();
        db.Add(new Conversation { Id = id, EventId = eventId, Title = name, StartedAt = now, StartedById = me });
        foreach (var person in seen.Keys.Append(me).Distinct()) db.Add(new ConversationMember { ConversationId = id, PersonId = person, JoinedAt = now });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            db.ChangeTracker.Clear();
            return await MessageReading.Find(db, viewer, id, cancellation) is { IsGroup: true } ? id : throw MessageRefusals.IdTaken.AsException();
        }
        await news.Changed(eventId, id, [.. seen.Keys, me]);
        return id;
    }

    /// <summary>
    /// Brings people in. Whom the viewer cannot see, who is in it already, and who left by their own doing is passed over without a word. Refused: sign-in-required, not-found, not-a-group,
    /// group-full, too-many-requests.
    /// </summary>
    public async Task Add(Db db, Viewer viewer, Guid id, IReadOnlyList<Guid> people, CancellationToken cancellation)
    {
        var me = viewer.RequirePerson();
        var conversation = await RequireGroup(db, viewer, id, cancellation);
        if (people.Distinct().Count() > Conversation.MostPeople) MessageRefusals.Full.Throw();
        var wanted = (await profiles.Cards(db, conversation.EventId, me, [.. people.Distinct()], cancellation)).Keys.ToHashSet();
        limits.Start(me);
        var now = clock.GetUtcNow();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            // The row is the turnstile, as for messages: of two who bring people in at once the second counts those of the first.
            await db.Set<Conversation>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastNumber, c => c.LastNumber), cancellation);
            var last = await db.Set<Conversation>().Where(c => c.Id == id).Select(c => c.LastNumber).SingleAsync(cancellation);
            var known = await db.Set<ConversationMember>().AsNoTracking().Where(m => m.ConversationId == id).ToDictionaryAsync(m => m.PersonId, cancellation);
            wanted.RemoveWhere(person => known.TryGetValue(person, out var member) && (member.LeftAt is null || !member.PutOut));
            if (wanted.Count == 0) return;
            if (known.Values.Count(m => m.LeftAt is null) + wanted.Count > Conversation.MostPeople) MessageRefusals.Full.Throw(); // leaving rolls back
            await db.Set<ConversationMember>().Where(m => m.ConversationId == id && wanted.Contains(m.PersonId)).ExecuteDeleteAsync(cancellation);
            foreach (var person in wanted) db.Add(new ConversationMember { ConversationId = id, PersonId = person, Since = last, LastRead = last, DigestedTo = last, JoinedAt = now });
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await Changed(db, conversation, []);
    }

    /// <summary>Takes somebody out; again is harmless. Refused: sign-in-required, not-found, not-a-group, forbidden for who does not keep the group.</summary>
    public async Task Remove(Db db, Viewer viewer, Guid id, Guid person, CancellationToken cancellation)
    {
        var me = viewer.RequirePerson();
        var conversation = await RequireGroup(db, viewer, id, cancellation);
        if (person == me) Refusal.Invalid("person", "Leave the group instead.").Throw();
        var members = await db.Set<ConversationMember>().AsNoTracking().Where(m => m.ConversationId == id && m.LeftAt == null).OrderBy(m => m.JoinedAt).ThenBy(m => m.PersonId)
            .Select(m => m.PersonId).ToListAsync(cancellation);
        if (conversation.KeeperAmong(members) != me) Refusal.Forbidden.Throw();
        await Out(db, conversation, person, putOut: true, cancellation);
    }

    /// <summary>Leaves a group; whoever is left talks on. Harmless when it was left before. Refused: sign-in-required, not-a-group.</summary>
    public async Task Leave(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var me = viewer.RequirePerson();
        if (await MessageReading.Find(db, viewer, id, cancellation) is not { } conversation) return;
        if (!conversation.IsGroup) MessageRefusals.NotAGroup.Throw();
        await Out(db, conversation, me, putOut: false, cancellation);
    }

    private static async Task<Conversation> RequireGroup(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var conversation = await MessageReading.Find(db, viewer, id, cancellation) ?? throw Refusal.NotFound.AsException();
        return conversation.IsGroup ? conversation : throw MessageRefusals.NotAGroup.AsException();
    }

    private async Task Out(Db db, Conversation conversation, Guid person, bool putOut, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var changed = await db.Set<ConversationMember>().Where(m => m.ConversationId == conversation.Id && m.PersonId == person && m.LeftAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, now).SetProperty(m => m.PutOut, putOut), cancellation);
        if (changed == 0) return;
        await calls.Reconsider(conversation.Id, person); // its call is not for them any more
        await Changed(db, conversation, [person]);
    }

    /// <summary>Tells everybody in it, blocks or not, because the list of its people is everybody's, and these as well.</summary>
    private async Task Changed(Db db, Conversation conversation, IReadOnlyList<Guid> and)
    {
        var members = await db.Set<ConversationMember>().Where(m => m.ConversationId == conversation.Id && m.LeftAt == null).Select(m => m.PersonId).ToListAsync(CancellationToken.None);
        await news.Changed(conversation.EventId, conversation.Id, [.. members, .. and]);
    }
}
