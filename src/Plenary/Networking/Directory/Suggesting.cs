using Microsoft.EntityFrameworkCore;
using Plenary.Matching;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Networking.Directory;

/// <summary>Somebody suggested, and why.</summary>
public sealed record Suggested(Guid Person, MatchReason Reason);

/// <summary>
/// Suggests to a person whom to meet, by what the matcher of Cocktail Parties takes for a good meeting: one looks for what the other offers, or they share
/// interests, the rarer the better. Whoever wished to connect with whom plays no part. Made when it is asked for, from the few hundred who share the most
/// tags, and kept for a while: asked for by a whole audience at once it costs one look at an index each.
/// </summary>
public sealed class Suggesting(TimeProvider clock)
{
    /// <summary>Kept for one person.</summary>
    public const int Most = 12;

    /// <summary>After this the event may have got people who fit better.</summary>
    internal static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    /// <summary>Whoever changes their profile gets others, but not so often that all who show themselves to matches only could be seen by turns.</summary>
    internal static readonly TimeSpan NotSooner = TimeSpan.FromMinutes(1);

    /// <summary>Compared closely.</summary>
    private const int Candidates = 300;

    /// <summary>The best first. Whoever the viewer may not see by now has to be left out by the caller, as everywhere: ask <see cref="ProfileReading.Cards"/>.</summary>
    public async Task<IReadOnlyList<Suggested>> For(Db db, Guid eventId, Guid person, CancellationToken cancellation)
    {
        var run = await db.Set<SuggestionRun>().AsNoTracking().SingleOrDefaultAsync(r => r.EventId == eventId && r.PersonId == person, cancellation);
        var age = clock.GetUtcNow() - (run?.At ?? default);
        if (run is null || age > GoodFor || (age > NotSooner && await ChangedSince(db, eventId, person, run.At, cancellation)))
            await Renew(db, eventId, person, cancellation);
        return [.. (await db.Set<Suggestion>().AsNoTracking().Where(s => s.EventId == eventId && s.PersonId == person).OrderBy(s => s.Position).ToListAsync(cancellation))
            .Select(s => new Suggested(s.OtherId, new(s.ReasonKind, s.ReasonTerms)))];
    }

    /// <summary>Why these two might want to meet; null when nothing is known that would be a reason.</summary>
    public static async Task<MatchReason?> Reason(Db db, Guid eventId, Guid person, Guid other, CancellationToken cancellation)
    {
        var profiles = await ProfileReading.At(db, eventId, [person, other], cancellation);
        return profiles.Count < 2 ? null : Closest.To(AsCandidate(profiles[person]), [AsCandidate(profiles[other])], 1) is [var match] ? match.Reason : null;
    }

    private static async Task<bool> ChangedSince(Db db, Guid eventId, Guid person, DateTimeOffset time, CancellationToken cancellation) =>
        await db.Set<Profile>().AnyAsync(p => p.PersonId == person && p.ChangedAt > time, cancellation)
        || await db.Set<EventProfile>().AnyAsync(p => p.EventId == eventId && p.PersonId == person && p.ChangedAt > time, cancellation);

    private async Task Renew(Db db, Guid eventId, Guid person, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var others = await LikelyAsync(db, eventId, person, cancellation);
        var profiles = await ProfileReading.At(db, eventId, [.. others, person], cancellation);
        var best = profiles.TryGetValue(person, out var own)
            ? Closest.To(AsCandidate(own), [.. others.Where(profiles.ContainsKey).Select(other => AsCandidate(profiles[other]))], Most)
            : [];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The row is the turn of two windows of the same person.
        if (await db.Set<SuggestionRun>().Where(r => r.EventId == eventId && r.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(r => r.At, now), cancellation) == 0)
            db.Add(new SuggestionRun { EventId = eventId, PersonId = person, At = now });
        await db.Set<Suggestion>().Where(s => s.EventId == eventId && s.PersonId == person).ExecuteDeleteAsync(cancellation);
        db.AddRange(best.Select((match, i) => new Suggestion { EventId = eventId, PersonId = person, OtherId = match.People[1], Position = i, ReasonKind = match.Reason.Kind, ReasonTerms = match.Reason.Terms }));
        try
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            await transaction.RollbackAsync(cancellation); // the other window's are as good
        }
        db.ChangeTracker.Clear();
    }

    /// <summary>Those who share the most tags with the person, of whoever is not hidden; blocked people and those already connected with are left out.</summary>
    private static async Task<List<Guid>> LikelyAsync(Db db, Guid eventId, Guid person, CancellationToken cancellation)
    {
        var mine = await (from entry in Finding.EntriesAt(db, eventId)
                          where entry.PersonId == person
                          join tag in db.Set<DirectoryTag>() on entry.Id equals tag.EntryId
                          select new { tag.Kind, tag.Tag }).ToListAsync(cancellation);
        var sought = KeysOf(TagKind.LooksFor);
        var offered = KeysOf(TagKind.Offers);
        var interests = KeysOf(TagKind.Interests);
        if (sought.Count + offered.Count + interests.Count == 0) return [];
        var blocked = await Blocks.Around(db, person, cancellation);
        blocked.Add(person);
        var connected = Connections.MutualOf(db, eventId, person);
        return await (from entry in Finding.EntriesAt(db, eventId)
                      where entry.Visibility != Visibility.Hidden && !blocked.Contains(entry.PersonId) && !connected.Contains(entry.PersonId)
                      join tag in db.Set<DirectoryTag>() on entry.Id equals tag.EntryId
                      where (tag.Kind == TagKind.Offers && sought.Contains(tag.Key)) || (tag.Kind == TagKind.LooksFor && offered.Contains(tag.Key)) || (tag.Kind == TagKind.Interests && interests.Contains(tag.Key))
                      group tag by entry.PersonId into shared
                      // A goal counts double, as with the matcher.
                      orderby shared.Sum(t => t.Kind == TagKind.Interests ? 1 : 2) descending, shared.Key
                      select shared.Key).Take(Candidates).ToListAsync(cancellation);

        List<string> KeysOf(TagKind kind) => [.. mine.Where(t => t.Kind == kind).SelectMany(t => TagKeys.Of(t.Tag)).Distinct()];
    }

    private static Candidate AsCandidate(ProfileAt profile)
    {
        var card = profile.Card;
        return new(card.Person, null, card.Interests, card.LooksFor, card.Offers, card.Languages, card.Company, null, 0, 0);
    }
}
