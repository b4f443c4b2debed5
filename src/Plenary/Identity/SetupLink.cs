using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Identity;

/// <summary>A link that makes whoever opens it the owner of an installation that has none. Each start of a process prints one of its own.</summary>
public sealed class SetupLink
{
    public static readonly Refusal Spent = new("link-spent", 410, "This link does not work any more. While the installation has no owner, every start prints a new one.");

    /// <summary><see cref="Secret.Hash"/> of the token.</summary>
    public required string Hash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SetupLink>
    {
        public void Configure(EntityTypeBuilder<SetupLink> builder)
        {
            builder.ToTable("SetupLinks");
            builder.HasKey(l => l.Hash);
            builder.Property(l => l.Hash).HasMaxLength(64);
        }
    }
}

/// <summary>Makes and spends set-up links.</summary>
public sealed class SetupLinks(TimeProvider clock, People people, PublicUrl site)
{
    /// <summary>A new link while the installation has no owner; null afterwards. Links of earlier starts end after a day.</summary>
    public async Task<string?> Issue(Db db, CancellationToken cancellation)
    {
        if (await db.Set<InstallationOwner>().AnyAsync(cancellation)) return null;
        var now = clock.GetUtcNow();
        await db.Set<SetupLink>().Where(l => l.CreatedAt < now - TimeSpan.FromDays(1)).ExecuteDeleteAsync(cancellation);
        var token = Secret.New();
        db.Add(new SetupLink { Hash = Secret.Hash(token), CreatedAt = now });
        await db.SaveChangesAsync(cancellation);
        return site.Link($"/setup/{token}");
    }

    /// <summary>
    /// Makes the person of this address the owner, within the caller's transaction. Whoever reads the terminal needs no mail to prove the
    /// address. However many try at once, one succeeds. Refused: link-spent.
    /// </summary>
    public async Task<Person> Claim(Db db, string token, string email, string name, CancellationToken cancellation)
    {
        var hash = Secret.Hash(token);
        if (await db.Set<SetupLink>().Where(l => l.Hash == hash).ExecuteDeleteAsync(cancellation) != 1) SetupLink.Spent.Throw();
        var person = await people.FindOrCreateGuest(db, email, name, cancellation);
        (person.Name, person.EmailConfirmed) = (name, true);
        var owner = db.Add(new InstallationOwner { PersonId = person.Id, Since = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            owner.State = EntityState.Detached;
            if (await db.Set<InstallationOwner>().AnyAsync(cancellation)) SetupLink.Spent.Throw(); // by the link of another process
            throw;
        }
        await db.Set<SetupLink>().ExecuteDeleteAsync(cancellation);
        return person;
    }
}

/// <summary>Prints the set-up link once the site can be reached.</summary>
internal sealed class SetupLinkAtStart(IDbContextFactory<Db> dbs, SetupLinks links, Terminal terminal) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellationToken);
        if (await links.Issue(db, cancellationToken) is { } link)
            terminal.Say($"\nThis installation has no owner yet. Open this link to become the owner; it works once:\n\n  {link}\n");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
