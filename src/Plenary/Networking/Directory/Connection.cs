using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Networking.Directory;

/// <summary>
/// Somebody would like to stay in touch with somebody of the same event, and what they would give them for it. It is theirs alone: the other
/// learns of it only when they wish the same, and nobody else ever does.
/// </summary>
public sealed class ConnectWish
{
    /// <summary>Of <see cref="SharedLink"/>.</summary>
    public const int LongestLink = 300;

    public Guid EventId { get; init; }

    public Guid ById { get; init; }

    public Guid WhomId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>They give their e-mail address, once the other gives something, too.</summary>
    public bool SharesEmail { get; set; }

    /// <summary>An address of the web that they give, once the other gives something, too.</summary>
    public string? SharedLink { get; set; }

    /// <summary>They agree to exchange contacts.</summary>
    public bool Shares => SharesEmail || SharedLink is not null;

    internal sealed class Mapping : IEntityTypeConfiguration<ConnectWish>
    {
        public void Configure(EntityTypeBuilder<ConnectWish> builder)
        {
            builder.ToTable("ConnectWishes");
            builder.HasKey(w => new { w.EventId, w.ById, w.WhomId });
            builder.HasIndex(w => new { w.WhomId, w.ById });
            builder.HasIndex(w => w.ById);
            builder.Property(w => w.SharedLink).HasMaxLength(LongestLink);
            builder.Ignore(w => w.Shares);
            builder.HasOne<Event>().WithMany().HasForeignKey(w => w.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(w => w.ById);
            builder.HasOne<Person>().WithMany().HasForeignKey(w => w.WhomId);
        }
    }
}

/// <summary>How far a connection is, as one of the two may know it.</summary>
public enum ConnectState
{
    /// <summary>The person did not ask; the other may have.</summary>
    None,

    /// <summary>The person asked; the other does not know.</summary>
    Asked,

    /// <summary>Both asked, and both know.</summary>
    Mutual,
}

/// <summary>Asks for connections. Blocks undo them.</summary>
public static class Connections
{
    /// <summary>True when both wished to connect at this event.</summary>
    public static async Task<bool> Between(Db db, Guid eventId, Guid one, Guid other, CancellationToken cancellation) =>
        await db.Set<ConnectWish>().CountAsync(w => w.EventId == eventId && ((w.ById == one && w.WhomId == other) || (w.ById == other && w.WhomId == one)), cancellation) == 2
        && !await Blocks.Between(db, one, other, cancellation);

    /// <summary>How far it is with each of these people, as this person may know it. One query; the caller leaves out whom they may not see.</summary>
    public static async Task<Dictionary<Guid, ConnectState>> Of(Db db, Guid eventId, Guid person, IReadOnlyCollection<Guid> others, CancellationToken cancellation)
    {
        var states = others.Distinct().ToDictionary(other => other, _ => ConnectState.None);
        if (states.Count == 0) return states;
        var asked = await (from mine in db.Set<ConnectWish>()
                           where mine.EventId == eventId && mine.ById == person && others.Contains(mine.WhomId)
                           select new { mine.WhomId, Mutual = db.Set<ConnectWish>().Any(w => w.EventId == eventId && w.ById == mine.WhomId && w.WhomId == person) }).ToListAsync(cancellation);
        foreach (var wish in asked) states[wish.WhomId] = wish.Mutual ? ConnectState.Mutual : ConnectState.Asked;
        return states;
    }

    /// <summary>Everybody this person is connected with at the event; blocks are not looked at.</summary>
    internal static IQueryable<Guid> MutualOf(Db db, Guid eventId, Guid person) =>
        db.Set<ConnectWish>().Where(mine => mine.EventId == eventId && mine.ById == person && db.Set<ConnectWish>().Any(w => w.EventId == eventId && w.ById == mine.WhomId && w.WhomId == person))
            .Select(mine => mine.WhomId);
}

/// <summary>Who knows whom by the directory: they are connected, or one was suggested to the other. Who shows themselves to matches only is seen by them.</summary>
internal static class Acquaintance
{
    public static async Task<IReadOnlySet<Guid>> Of(Db db, Guid eventId, Guid viewer, IReadOnlyList<Guid> people, CancellationToken cancellation)
    {
        // All of the viewer's, which are few, instead of asking for each of the people, who may be thousands.
        var known = await Connections.MutualOf(db, eventId, viewer)
            .Union(db.Set<Suggestion>().Where(s => s.EventId == eventId && s.PersonId == viewer).Select(s => s.OtherId))
            .Union(db.Set<Suggestion>().Where(s => s.EventId == eventId && s.OtherId == viewer).Select(s => s.PersonId)).ToListAsync(cancellation);
        var asked = people.ToHashSet();
        asked.IntersectWith(known);
        return asked;
    }
}
