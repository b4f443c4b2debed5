using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;
using Plenary.Profiles;
using Plenary.Rooms.Attendance;

namespace Plenary.Networking.Directory;

/// <summary>Makes and takes back wishes to connect, and what people give each other once both have one.</summary>
public sealed class Connecting(Finding finding, LivePeople people, IDbContextFactory<Db> dbs, TimeProvider clock)
{
    /// <summary>Of one person at one event: more is a machine.</summary>
    public const int Most = 2000;

    /// <summary>What both are told about when they are connected: <c>{ person, connected: "mutual" }</c>. One who asks alone causes nothing to be told.</summary>
    public const string TellAbout = "connect";

    public static readonly Refusal TooMany = new("too-many-connects", 409, $"You asked {Most} people already. Take one back first.");

    public static readonly Refusal NotConnected = new("not-connected", 409, "You are not connected. Contacts are exchanged when both of you wish to stay in touch.");

    /// <summary>
    /// The viewer would like to stay in touch. Answers whether it is mutual now; until then nobody learns of it. Asking again changes nothing. Refused:
    /// sign-in-required; not-found when the viewer is not of the event, or may not see this person and has not met them; invalid-input for oneself.
    /// </summary>
    public async Task<ConnectState> Connect(Db db, Viewer viewer, Guid eventId, Guid whom, CancellationToken cancellation)
    {
        var by = await db.RequireOf(viewer, eventId, cancellation);
        if (by == whom) Refusal.Invalid("person", "You cannot connect with yourself.").Throw();
        if (!await finding.Knows(db, eventId, by, whom, cancellation)) Refusal.NotFound.Throw();
        var isNew = !await db.Set<ConnectWish>().AnyAsync(w => w.EventId == eventId && w.ById == by && w.WhomId == whom, cancellation);
        if (isNew)
        {
            if (await db.Set<ConnectWish>().CountAsync(w => w.EventId == eventId && w.ById == by, cancellation) >= Most) TooMany.Throw();
            db.Add(new ConnectWish { EventId = eventId, ById = by, WhomId = whom, At = clock.GetUtcNow() });
            try { await db.SaveChangesAsync(cancellation); }
            catch (DbUpdateException error) when (Db.IsTaken(error)) { } // another window of theirs was faster
        }
        // Looked at after it is saved: of two who ask at the same moment at least one sees the other's.
        var state = (await Connections.Of(db, eventId, by, [whom], cancellation))[whom];
        if (isNew && state is ConnectState.Mutual)
        {
            await people.Tell(eventId, by, TellAbout, JsonSerializer.Serialize(new { person = whom, connected = "mutual" }));
            await people.Tell(eventId, whom, TellAbout, JsonSerializer.Serialize(new { person = by, connected = "mutual" }));
        }
        return state;
    }

    /// <summary>The viewer takes it back, with whatever they shared; nothing happens when there is none. Refused: sign-in-required; not-found.</summary>
    public static async Task Disconnect(Db db, Viewer viewer, Guid eventId, Guid whom, CancellationToken cancellation)
    {
        var by = await db.RequireOf(viewer, eventId, cancellation);
        await db.Set<ConnectWish>().Where(w => w.EventId == eventId && w.ById == by && w.WhomId == whom).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>
    /// What the viewer gives this person; neither sees anything until both give something. Nothing of both takes it back. Refused: sign-in-required;
    /// not-found; not-connected; invalid-input for a link that is no web address.
    /// </summary>
    public static async Task Share(Db db, Viewer viewer, Guid eventId, Guid whom, bool email, string? link, CancellationToken cancellation)
    {
        var by = await db.RequireOf(viewer, eventId, cancellation);
        var address = WebAddress(link);
        if (!await Connections.Between(db, eventId, by, whom, cancellation)) NotConnected.Throw();
        await db.Set<ConnectWish>().Where(w => w.EventId == eventId && w.ById == by && w.WhomId == whom)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.SharesEmail, email).SetProperty(w => w.SharedLink, address), cancellation);
    }

    /// <summary>One of the two blocked the other: nothing is left between them at any event.</summary>
    internal async Task Part(Guid by, Guid whom, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await db.Set<ConnectWish>().Where(w => (w.ById == by && w.WhomId == whom) || (w.ById == whom && w.WhomId == by)).ExecuteDeleteAsync(cancellation);
        await db.Set<Suggestion>().Where(s => (s.PersonId == by && s.OtherId == whom) || (s.PersonId == whom && s.OtherId == by)).ExecuteDeleteAsync(cancellation);
    }

    private static string? WebAddress(string? link)
    {
        var text = Input.OptionalLine(link, "link", ConnectWish.LongestLink);
        if (text.Length == 0) return null;
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        // Only the web: the other will press it.
        return text.Length <= ConnectWish.LongestLink && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.Host.Contains('.', StringComparison.Ordinal) && address.UserInfo.Length == 0
            ? address.AbsoluteUri is { Length: <= ConnectWish.LongestLink } whole ? whole : throw NoAddress()
            : throw NoAddress();
    }

    private static RefusalException NoAddress() => Refusal.Invalid("link", "Give an address of the web, like https://example.org/me.").AsException();
}
