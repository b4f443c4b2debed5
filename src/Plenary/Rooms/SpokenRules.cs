using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Platform.Database;

namespace Plenary.Rooms;

/// <summary>
/// The rules of a room for what is said in it beside its chat: questions, words of a cloud, lines at a table. Read at each asking, so that what a moderator changed counts at once; of the
/// chat the room itself decides.
/// </summary>
public sealed class SpokenRules(IDbContextFactory<Db> dbs, TimeProvider clock)
{
    /// <summary>What thousands say at the same moment is judged by rules of at most this age; who is muted is known by their pass.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, (long At, Task<Manners> Read)> lately = new();

    /// <summary>
    /// True when a moderator looks at it first. The delay of the chat is none of its. Refused: muted, timed-out, removed, banned, room-locked, words-refused, links-refused.
    /// </summary>
    public async Task<bool> Judge(RoomPass pass, string text, CancellationToken cancellation) => Judge(await Read(pass, cancellation), pass, text);

    /// <summary>The same for what nobody can look at first: it is refused instead.</summary>
    public async Task Require(RoomPass pass, string text, CancellationToken cancellation)
    {
        if (await Judge(pass, text, cancellation)) ConductRefusals.Words.Throw();
    }

    /// <summary>The same for what a crowd says at once.</summary>
    public async Task RequireOfMany(RoomPass pass, string text)
    {
        pass.RequireVoice(clock);
        var (room, now) = (pass.Room.Id, clock.GetTimestamp());
        if (lately.Count > 1_000) lately.Clear();
        var known = lately.AddOrUpdate(room, _ => (now, Read(pass, CancellationToken.None)),
            (_, old) => clock.GetElapsedTime(old.At, now) < Fresh && !old.Read.IsFaulted ? old : (now, Read(pass, CancellationToken.None)));
        if (Judge(await known.Read, pass, text)) ConductRefusals.Words.Throw();
    }

    private bool Judge(Manners manners, RoomPass pass, string text)
    {
        var (refused, held) = manners.Judge(pass.Person, pass.Role == "attendee", pass.Name, text, clock.GetUtcNow());
        refused?.Throw();
        return held is not (null or HoldReason.Delay);
    }

    private async Task<Manners> Read(RoomPass pass, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await Manners.Of(db, pass.EventId, pass.Room.Id, cancellation);
    }
}
