using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Conduct;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Profiles;
using Plenary.Rooms;

namespace Plenary.Messages;

/// <summary>What somebody says of a call that is being rung for.</summary>
public enum Ringing
{
    /// <summary>Come in; said again every few seconds while it rings.</summary>
    Ringing,

    /// <summary>Whoever was asked does not come now.</summary>
    Declined,

    /// <summary>Whoever rang gave up.</summary>
    Ended,
}

/// <summary>The call of a conversation: it has the conversation's id, and only its people come in. Who is muted at the event is seen there and not heard.</summary>
internal sealed class ConversationCallDoor(IDbContextFactory<Db> dbs, TimeProvider clock) : ICallDoor
{
    public async ValueTask<CallPass?> PassOf(Viewer viewer, Guid call, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await MessageReading.Find(db, viewer, call, cancellation) is not { } conversation) return null;
        var me = viewer.PersonId!.Value;
        var name = await db.Users.Where(p => p.Id == me).Select(p => p.Name).SingleAsync(cancellation);
        var roles = await db.RolesAt(viewer, conversation.EventId, cancellation);
        var muted = await db.SilencedAt(conversation.EventId, me, clock.GetUtcNow(), cancellation) is not null;
        return new(conversation.EventId, me, name, RoomPass.RoleName(roles.Count > 0 ? roles.Min() : EventRole.Attendee), new CallRight(MayPublish: true, Silenced: muted));
    }
}

/// <summary>Rings for calls, and ends them when two people are to be kept apart.</summary>
public sealed class ConversationCalls(IDbContextFactory<Db> dbs, LiveCalls calls, MessageNews news, MessageLimits limits)
{
    /// <summary>Tells the others of the conversation. Who blocks the viewer hears nothing, and the viewer no different answer. Refused: not-found, too-many-requests.</summary>
    public async Task Ring(Db db, Viewer viewer, Guid id, Ringing state, CancellationToken cancellation)
    {
        limits.Ring(viewer.RequirePerson());
        var conversation = await MessageReading.Find(db, viewer, id, cancellation) ?? throw Refusal.NotFound.AsException();
        var me = viewer.PersonId!.Value;
        var name = await db.Users.Where(p => p.Id == me).Select(p => p.Name).SingleAsync(cancellation);
        await news.Ring(conversation.EventId, id, me, name, state, await MessageNews.Hearing(db, id, me, cancellation));
    }

    /// <summary>The two are kept apart: their calls of two are over, and their lists change.</summary>
    internal async Task Apart(Guid by, Guid whom, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var pair = Conversation.PairOf(by, whom);
        foreach (var conversation in await db.Set<Conversation>().AsNoTracking().Where(c => c.Pair == pair).ToListAsync(cancellation))
        {
            await calls.End(conversation.Id, MessageRefusals.CallOver);
            await news.Changed(conversation.EventId, conversation.Id, [by]);
        }
    }
}
