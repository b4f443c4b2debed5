using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Identity;

/// <summary>
/// A magic link that was mailed to an address: whoever opens it in time has proven to read that mailbox. It names the address, not a
/// person: asking for a link makes no account, using it does.
/// </summary>
public sealed class SignInLink
{
    /// <summary>How long a link works that the person asked for and waits for.</summary>
    public static readonly TimeSpan Asked = TimeSpan.FromMinutes(15);

    /// <summary>How long a link works that comes unasked, with an invitation to somebody who has no account yet.</summary>
    public static readonly TimeSpan Invited = TimeSpan.FromDays(7);

    public static readonly Refusal Spent = new("link-spent", 410, "This link was used already or is too old. Ask for a new one.");

    /// <summary><see cref="Secret.Hash"/> of the token.</summary>
    public required string Hash { get; init; }

    public required string Email { get; init; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>A path of this site.</summary>
    public required string GoTo { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SignInLink>
    {
        public void Configure(EntityTypeBuilder<SignInLink> builder)
        {
            builder.ToTable("SignInLinks");
            builder.HasKey(l => l.Hash);
            builder.Property(l => l.Hash).HasMaxLength(64);
            builder.Property(l => l.Email).HasMaxLength(254);
            builder.Property(l => l.GoTo).HasMaxLength(2000);
            builder.HasIndex(l => l.ExpiresAt);
        }
    }
}

/// <summary>Makes and spends magic links.</summary>
public sealed class SignInLinks(TimeProvider clock, People people, PublicUrl site)
{
    /// <summary>Adds a link to the unit of work; answers its address, which belongs into a mail to <paramref name="email"/> and nowhere else.</summary>
    public string Add(Db db, string email, string goTo, TimeSpan lifetime)
    {
        var token = Secret.New();
        db.Add(new SignInLink { Hash = Secret.Hash(token), Email = email, GoTo = goTo, ExpiresAt = clock.GetUtcNow() + lifetime });
        return site.Link($"/sign-in/link/{token}");
    }

    /// <summary>
    /// Spends a link: the person of its address, made now when there was none, whose address is proven from here on. Works once, however
    /// many try at the same moment. Refused: link-spent.
    /// </summary>
    public async Task<(Person Person, string GoTo)> Spend(Db db, string token, CancellationToken cancellation)
    {
        var (hash, now) = (Secret.Hash(token), clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var spent = await db.Set<SignInLink>().Where(l => l.Hash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellation);
        if (spent != 1) SignInLink.Spent.Throw();
        var link = await db.Set<SignInLink>().AsNoTracking().SingleAsync(l => l.Hash == hash, cancellation);
        var person = await people.FindOrCreateGuest(db, link.Email, People.NameFrom(link.Email), cancellation);
        person.EmailConfirmed = true;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (person, link.GoTo);
    }
}
