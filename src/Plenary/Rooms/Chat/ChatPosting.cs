using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Profiles;
using Plenary.Rooms.Attendance;

namespace Plenary.Rooms.Chat;

/// <summary>The way of a message into a room's log: its text, its pace, whom it calls and what it answers; then, once it is kept, telling those whom it concerns.</summary>
public sealed class ChatPosting(LiveRooms rooms, RoomLimits limits, LivePeople people, LinkPreviews previews, IDbContextFactory<Db> dbs, TimeProvider clock, ILogger<ChatPosting> logger)
{
    /// <summary>Answers when the post is durable; it may be held. Refused: too-many-requests, invalid-input, id-taken, room-busy, not-kept, message-gone, and what a restriction or a rule of the room says.</summary>
    /// <param name="pass">Who writes, and where.</param>
    /// <param name="id">Made by the client: trying again is harmless.</param>
    /// <param name="text">As it was typed.</param>
    /// <param name="reply">Number of the message that it answers.</param>
    /// <param name="called">People whom the client says that it calls; those count whose names the text has after an @.</param>
    /// <param name="here">People in the room whom the text calls by their names.</param>
    internal async Task<Posted> Post(RoomPass pass, Guid id, string? text, long? reply, IReadOnlyList<Guid> called, Func<string, IEnumerable<Guid>> here)
    {
        var clean = ChatText.Clean(text);
        pass.RequireVoice(clock);
        limits.Post(pass);
        var mentions = await MentionsIn(pass, clean, called, here);
        var entry = new NewEntry(id, EntryKind.Chat, pass.Person, pass.Name, pass.Role, clean, null, ReplyTo: reply, Mentions: mentions);
        var kept = await rooms.Append(pass.Room.Id, entry);
        // Of what is held nobody is told before it is shown.
        if (kept.Outcome == AppendOutcome.Held) return new(kept.Seq, kept.At, true);
        Shown(pass.Room, entry, kept.Seq);
        return new(kept.Seq, kept.At);
    }

    /// <summary>A message that somebody wrote is in the log from now on: tells those whom it concerns, and looks where it leads. Returns at once.</summary>
    internal void Shown(Room room, NewEntry message, long seq)
    {
        if (message.Mentions is not null || message.ReplyTo is not null) _ = Tell(room, message, seq);
        previews.Look(room.Id, message.Person!.Value, seq, message.Id, message.Text!);
    }

    /// <summary>Ids and not names are kept: a name that is changed later still calls the same person.</summary>
    private async Task<Guid[]?> MentionsIn(RoomPass pass, string text, IReadOnlyList<Guid> called, Func<string, IEnumerable<Guid>> here)
    {
        if (!text.Contains('@', StringComparison.Ordinal)) return null;
        var found = here(text).ToList();
        var unknown = called.Except(found).Take(ChatRules.MostMentions).ToArray();
        if (unknown.Length > 0)
        {
            await using var db = await dbs.CreateDbContextAsync();
            var (at, crew) = (pass.EventId, db.PeopleWithRolesAt(pass.EventId));
            var named = await db.Set<Person>().Where(p => unknown.Contains(p.Id)
                && (crew.Contains(p.Id) || db.Set<Registration.Registration>().Any(r => r.EventId == at && r.PersonId == p.Id && r.CancelledAt == null)))
                .Select(p => new { p.Id, p.Name }).ToListAsync();
            found.AddRange(named.Where(p => RoomMembers.Mentions(text, p.Name)).Select(p => p.Id));
        }
        var mentions = found.Where(person => person != pass.Person).Distinct().Take(ChatRules.MostMentions).ToArray();
        return mentions.Length == 0 ? null : mentions;
    }

    /// <summary>Those who are called, and whoever is answered, wherever they are at the event. Whom a block separates is not told.</summary>
    private async Task Tell(Room at, NewEntry message, long seq)
    {
        try
        {
            await using var db = await dbs.CreateDbContextAsync();
            var (room, me, mentions, reply) = (at.Id, message.Person!.Value, message.Mentions ?? [], message.ReplyTo);
            var answered = reply is null ? null : await db.Set<RoomEntry>().Where(e => e.RoomId == room && e.Seq == reply).Select(e => e.PersonId).SingleOrDefaultAsync();
            var apart = await db.Set<Block>().Where(b => b.ById == me || b.WhomId == me).Select(b => b.ById == me ? b.WhomId : b.ById).ToListAsync();
            var whom = mentions.Concat(answered is { } author && !mentions.Contains(author) ? [author] : []).Where(person => person != me).Except(apart).ToArray();
            // Backstage is nobody's business who may not go there.
            if (whom.Length == 0 || at.Kind == RoomKind.Backstage) return;
            var told = new MentionTold(room, at.Slug, at.Name, seq, message.Id, me, message.Name, Quote.Begin(message.Text)!);
            await people.TellAll(at.EventId, [.. whom.Where(mentions.Contains)], "mention", Data(told));
            await people.TellAll(at.EventId, [.. whom.Where(person => !mentions.Contains(person))], "mention", Data(told with { Reply = true }));
        }
#pragma warning disable CA1031 // It is a nicety; the message is kept and told.
        catch (Exception error)
        {
            logger.LogInformation(error, "Mentions in room {Room} could not be told", at.Id);
        }
#pragma warning restore CA1031
    }

    private static string Data(MentionTold told) => JsonSerializer.Serialize(told, JsonSerializerOptions.Web);
}

/// <summary>Somebody calls this person in a room, or answers them.</summary>
internal sealed record MentionTold(Guid Room, string Slug, string RoomName, long Seq, Guid Id, Guid Person, string Name, string Text, bool Reply = false);
