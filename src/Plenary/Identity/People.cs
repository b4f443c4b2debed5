using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Identity;

/// <summary>Finds and makes persons by their e-mail address.</summary>
public sealed class People(TimeProvider clock)
{
    /// <summary>The person of this address, or null.</summary>
    public static Task<Person?> Find(Db db, string email, CancellationToken cancellation)
    {
        var normalized = EmailAddress.Normalize(email);
        return db.Users.SingleOrDefaultAsync(p => p.NormalizedUserName == normalized, cancellation);
    }

    /// <summary>
    /// The person of this address; when there is none, a guest with this name, who claims the account by a magic link. The guest is saved
    /// here (within the transaction of <paramref name="db"/>, when it has one), so call this before adding anything else to it.
    /// </summary>
    /// <param name="email">As <see cref="EmailAddress.Parse"/> answered it.</param>
    /// <param name="name">1 to 80 characters; an existing person keeps the name they have.</param>
    public async Task<Person> FindOrCreateGuest(Db db, string email, string name, CancellationToken cancellation)
    {
        if (await Find(db, email, cancellation) is { } known) return known;
        var guest = new Person
        {
            Name = name,
            UserName = email,
            NormalizedUserName = EmailAddress.Normalize(email),
            Email = email,
            NormalizedEmail = EmailAddress.Normalize(email),
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(guest);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return guest;
        }
        catch (DbUpdateException)
        {
            // Somebody made the same person this very moment; inside a transaction the failed insert was undone by its savepoint.
            db.Entry(guest).State = EntityState.Detached;
            if (await Find(db, email, cancellation) is { } other) return other;
            throw;
        }
    }

    /// <summary>A name to begin with for a person of whom only the address is known: what stands before the @.</summary>
    public static string NameFrom(string email) => email[..email.IndexOf('@', StringComparison.Ordinal)] is var name && name.Length > Person.LongestName ? name[..Person.LongestName] : name;
}
