using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;
using Plenary.Rooms;

namespace Plenary.Stage.Captions;

/// <summary>A line as it is sent.</summary>
/// <param name="Id">Made by the sender.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Text">What is said.</param>
/// <param name="AgoMs">How long ago its first word was said. Ages, not times: the sender's clock may be wrong.</param>
/// <param name="ForMs">How long it was said, when that is known.</param>
/// <param name="Final">It stays as it is. Lines that are not are told, never kept.</param>
/// <param name="Speaker">Who says it.</param>
public sealed record CaptionWish(Guid Id, string Language, string Text, int AgoMs, int? ForMs, bool Final, string? Speaker);

/// <summary>
/// Captions while they are said: kept in the database first when they are final, then told to everybody in the stage's room, in
/// whatever number of languages there is somebody to write them.
/// </summary>
public sealed class Captioning(IDbContextFactory<Db> dbs, DoorCheck door, LiveRooms rooms, TimeProvider clock)
{
    /// <summary>Of one broadcast.</summary>
    public const int MostLanguages = 12;

    /// <summary>Whoever hears the stage later than this is not captioning it live.</summary>
    private const int LongestAgoMs = 120_000;

    private static readonly TimeSpan Overlap = TimeSpan.FromMilliseconds(1);

    // Of one language in one room: guesses are dropped, final lines refused.
    private readonly Gcra<(Guid, string)> guesses = new(perSecond: 5, burst: 10, clock);
    private readonly Gcra<(Guid, string)> lines = new(perSecond: 3, burst: 20, clock);

    /// <summary>Who may caption a stage while it is live: those who run the event, its moderators, and those who speak on it.</summary>
    public static bool MayCaption(RoomPass pass) => pass.Room.Kind == RoomKind.Stage && (pass.Roles.Overlaps(EventAccess.Staff) || pass.MayBroadcast);

    /// <summary>Who may correct what was captioned, and bring in other languages.</summary>
    public static bool MayCorrect(RoomPass pass) => pass.Roles.Overlaps(EventAccess.Staff);

    /// <summary>
    /// Tells a line; durable when it is final and this returns. False when it was a guess too many. Refused: sign-in-required, not-found,
    /// forbidden, not-on-air, invalid-input, too-many-languages, too-many-requests, id-taken.
    /// </summary>
    public async Task<bool> SayAsync(Viewer viewer, Guid roomId, CaptionWish wish, CaptionSource source, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        var pass = await door.PassOf(viewer, roomId, cancellation) ?? throw Refusal.NotFound.AsException();
        if (!MayCaption(pass) && !await IsBroughtUpAsync(viewer, roomId, cancellation)) Refusal.Forbidden.Throw();
        return await SayAsync(roomId, wish, source, person, cancellation);
    }

    /// <summary>Somebody of the audience who was brought up captions themselves as long as they are.</summary>
    private async Task<bool> IsBroughtUpAsync(Viewer viewer, Guid stage, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var backstage = await db.Set<Room>().Where(r => r.StageId == stage).Select(r => (Guid?)r.Id).SingleOrDefaultAsync(cancellation);
        return backstage is { } room && await door.PassOf(viewer, room, cancellation) is { IsGuest: true };
    }

    /// <summary>The same for whoever was let in already.</summary>
    internal async Task<bool> SayAsync(Guid roomId, CaptionWish wish, CaptionSource source, Guid? person, CancellationToken cancellation)
    {
        var (language, text) = (CaptionLine.Tag(wish.Language), CaptionLine.Words(wish.Text));
        var speaker = Platform.Text.Input.OptionalLine(wish.Speaker, "speaker", 80) is { Length: > 0 } named ? named : null;
        if (wish.Id == Guid.Empty) throw Refusal.Invalid("id", "“id” must be a UUID of the line.").AsException();
        if (wish.AgoMs is < 0 or > LongestAgoMs) throw Refusal.Invalid("agoMs", "“agoMs” says how many milliseconds ago the line was begun, at most two minutes.").AsException();
        if (wish.Final ? !lines.Take((roomId, language)) : !guesses.Take((roomId, language)))
            return wish.Final ? throw Refusal.TooMany.AsException() : false;
        var at = clock.GetUtcNow() - TimeSpan.FromMilliseconds(wish.AgoMs);
        var spoken = TimeSpan.FromMilliseconds(Math.Clamp(wish.ForMs ?? 0, 0, 60_000));
        var read = CaptionLine.TimeToRead(text);
        var until = at + (spoken > read ? spoken : read);
        if (wish.Final)
        {
            var line = new CaptionLine { Id = wish.Id, BroadcastId = Guid.Empty, Language = language, At = at, Until = until, Text = text, Speaker = speaker, Source = source, PersonId = person };
            (at, until) = await KeepAsync(roomId, line, cancellation);
        }
        await rooms.Caption(roomId, new(wish.Id, language, text, at.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), wish.Final, speaker));
        return true;
    }

    private async Task<(DateTimeOffset At, DateTimeOffset Until)> KeepAsync(Guid roomId, CaptionLine wish, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var open = await db.Set<Broadcast>().Where(b => b.RoomId == roomId && b.State != BroadcastState.Ended).Select(b => (Guid?)b.Id).SingleOrDefaultAsync(cancellation);
        if (open is not { } broadcast) throw StageRefusals.NotOnAir.AsException();
        var line = new CaptionLine
        {
            Id = wish.Id,
            BroadcastId = broadcast,
            Language = wish.Language,
            At = wish.At,
            Until = wish.Until,
            Text = wish.Text,
            Speaker = wish.Speaker,
            Source = wish.Source,
            PersonId = wish.PersonId,
        };
        if (await SameAsync(db, line, cancellation) is { } known) return known;
        var before = await db.Set<CaptionLine>().Where(c => c.BroadcastId == broadcast && c.Language == line.Language).OrderByDescending(c => c.At).FirstOrDefaultAsync(cancellation);
        if (before is null) await RequireRoomForLanguageAsync(db, broadcast, cancellation);
        // A line gives way to the one that was said after it.
        else if (before.At < line.At && before.Until > line.At) before.Until = line.At - Overlap;
        db.Add(line);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await SameAsync(db, line, cancellation) is { } kept) return kept;
            throw;
        }
        return (line.At, line.Until);
    }

    /// <summary>Sent again: nothing new. Refused: id-taken.</summary>
    private static async Task<(DateTimeOffset, DateTimeOffset)?> SameAsync(Db db, CaptionLine line, CancellationToken cancellation)
    {
        if (await db.Set<CaptionLine>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == line.Id, cancellation) is not { } known) return null;
        if (known.BroadcastId != line.BroadcastId || known.PersonId != line.PersonId || known.Language != line.Language) throw RoomRefusals.IdTaken.AsException();
        return (known.At, known.Until);
    }

    /// <summary>Refused: too-many-languages.</summary>
    internal static async Task RequireRoomForLanguageAsync(Db db, Guid broadcast, CancellationToken cancellation)
    {
        if (await db.Set<CaptionLine>().Where(c => c.BroadcastId == broadcast).Select(c => c.Language).Distinct().CountAsync(cancellation) >= MostLanguages)
            throw StageRefusals.TooManyLanguages.AsException();
    }
}
