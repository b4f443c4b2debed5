using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Organizations;

/// <summary>Makes organizations.</summary>
public static class NewOrganization
{
    private const int LongestSlug = 60;

    /// <summary>Saves a new organization owned by this person, at an address made of its name.</summary>
    public static async Task<Organization> MakeOrganization(this Db db, string name, Guid owner, DateTimeOffset now, CancellationToken cancellation)
    {
        var slug = Slugs.Of(name, LongestSlug, "organization");
        var taken = await db.Set<Organization>().Where(o => o.Slug.StartsWith(slug)).Select(o => o.Slug).ToListAsync(cancellation);
        slug = Slugs.Free(slug, LongestSlug, taken.ToHashSet());
        for (var attempt = 1; ; attempt++)
        {
            var organization = new Organization { Name = name, Slug = slug, CreatedAt = now };
            var membership = new Membership { OrganizationId = organization.Id, PersonId = owner, Role = OrganizationRole.Owner, Since = now };
            db.AddRange(organization, membership);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return organization;
            }
            catch (DbUpdateException) when (attempt < 3)
            {
                // Somebody took the address this very moment: one that nobody else will think of.
                db.Entry(membership).State = EntityState.Detached;
                db.Entry(organization).State = EntityState.Detached;
                slug = $"{slug[..Math.Min(slug.Length, LongestSlug - 9)].TrimEnd('-')}-{organization.Id.ToString("N")[^8..]}";
            }
        }
    }
}
