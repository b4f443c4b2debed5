using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Organizations;

/// <summary>Makes organizations.</summary>
public static class NewOrganization
{
    private const int LongestSlug = 60;

    /// <summary>Adds an organization owned by this person to the unit of work, at an address made of its name that is free now.</summary>
    public static async Task<Organization> AddOrganization(this Db db, string name, Guid owner, DateTimeOffset now, CancellationToken cancellation)
    {
        var slug = Slugs.Of(name, LongestSlug, "organization");
        var taken = await db.Set<Organization>().Where(o => o.Slug.StartsWith(slug)).Select(o => o.Slug).ToListAsync(cancellation);
        slug = Slugs.Free(slug, LongestSlug, taken.ToHashSet());
        var organization = new Organization { Name = name, Slug = slug, CreatedAt = now };
        db.Add(organization);
        db.Add(new Membership { OrganizationId = organization.Id, PersonId = owner, Role = OrganizationRole.Owner, Since = now });
        return organization;
    }
}
