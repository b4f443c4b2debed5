using Microsoft.EntityFrameworkCore;
using Plenary.Identity;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Live;

namespace Plenary.Organizations;

/// <summary>A member as other members see one.</summary>
public sealed class Member
{
    public Guid OrganizationId { get; init; }

    public OrganizationRole Role { get; init; }

    public Guid PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>Null when the viewer may not see it.</summary>
    public string? Email { get; init; }
}

/// <summary>Who belongs to an organization, and who may say so.</summary>
public sealed class Members(People people, SignInLinks links, SignInMails mails, PublicUrl site, TimeProvider clock)
{
    public static readonly Refusal LastOwner = new("last-owner", 409, "An organization needs an owner. Make somebody else an owner first.");
    public static readonly Refusal OwnersOnly = new("forbidden", 403, "Only an owner may do this to owners.");

    /// <summary>Members of these organizations, as far as the viewer is a member too: of any other organization there are none.</summary>
    public static IQueryable<Member> SeenBy(Db db, Guid viewer, IReadOnlyCollection<Guid> organizations) =>
        from mine in db.Set<Membership>()
        where mine.PersonId == viewer && organizations.Contains(mine.OrganizationId)
        join m in db.Set<Membership>() on mine.OrganizationId equals m.OrganizationId
        join p in db.Users on m.PersonId equals p.Id
        orderby m.Since, p.Id
        select new Member
        {
            OrganizationId = m.OrganizationId,
            Role = m.Role,
            PersonId = p.Id,
            Name = p.Name,
            Email = mine.Role == OrganizationRole.Owner || mine.Role == OrganizationRole.Admin ? p.Email : null,
        };

    /// <summary>
    /// Gives the person of this address a role, and tells them by mail; somebody who has no account gets a magic link. For a member it changes
    /// the role. Refused: forbidden, last-owner.
    /// </summary>
    public async Task<Member> Invite(Db db, Guid viewer, Guid organizationId, string email, OrganizationRole role, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var mine = await Begin(db, viewer, organizationId, cancellation);
        if (mine > OrganizationRole.Admin) Refusal.Forbidden.Throw();
        if (role == OrganizationRole.Owner && mine != OrganizationRole.Owner) OwnersOnly.Throw();
        var person = await people.FindOrCreateGuest(db, email, People.NameFrom(email), cancellation);
        var membership = await db.Set<Membership>().SingleOrDefaultAsync(m => m.OrganizationId == organizationId && m.PersonId == person.Id, cancellation);
        if (membership is null)
            db.Add(new Membership { OrganizationId = organizationId, PersonId = person.Id, Role = role, Since = clock.GetUtcNow() });
        else
        {
            await RequirePowerOver(db, mine, membership, stays: role == OrganizationRole.Owner, cancellation);
            membership.Role = role;
        }
        await Tell(db, viewer, organizationId, person, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new Member { OrganizationId = organizationId, Role = role, PersonId = person.Id, Name = person.Name, Email = person.Email };
    }

    /// <summary>Takes a person's role away; anybody may leave by themselves. Refused: forbidden, last-owner, not-found.</summary>
    public static async Task Remove(Db db, Guid viewer, Guid organizationId, Guid person, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var mine = await Begin(db, viewer, organizationId, cancellation);
        if (mine > OrganizationRole.Admin && person != viewer) Refusal.Forbidden.Throw();
        var membership = await db.Set<Membership>().SingleOrDefaultAsync(m => m.OrganizationId == organizationId && m.PersonId == person, cancellation)
            ?? throw Refusal.NotFound.AsException();
        await RequirePowerOver(db, mine, membership, stays: false, cancellation);
        db.Remove(membership);
        db.AddAccessChangedEverywhere(organizationId, person, now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The viewer's role. Changes of one organization's members happen one after another, or two owners could remove each other.</summary>
    private static async Task<OrganizationRole> Begin(Db db, Guid viewer, Guid organizationId, CancellationToken cancellation)
    {
        await db.Set<Organization>().Where(o => o.Id == organizationId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, o => o.Name), cancellation);
        return await db.Set<Membership>().Where(m => m.OrganizationId == organizationId && m.PersonId == viewer).Select(m => (OrganizationRole?)m.Role).SingleOrDefaultAsync(cancellation)
            ?? throw Refusal.Forbidden.AsException();
    }

    private static async Task RequirePowerOver(Db db, OrganizationRole mine, Membership membership, bool stays, CancellationToken cancellation)
    {
        if (membership.Role != OrganizationRole.Owner) return;
        if (mine != OrganizationRole.Owner) OwnersOnly.Throw();
        if (!stays && !await db.Set<Membership>().AnyAsync(m => m.OrganizationId == membership.OrganizationId && m.Role == OrganizationRole.Owner && m.PersonId != membership.PersonId, cancellation))
            LastOwner.Throw();
    }

    private async Task Tell(Db db, Guid viewer, Guid organizationId, Person person, CancellationToken cancellation)
    {
        var organization = await db.Set<Organization>().Where(o => o.Id == organizationId).Select(o => o.Name).SingleAsync(cancellation);
        var inviter = await db.Users.Where(p => p.Id == viewer).Select(p => p.Name).SingleAsync(cancellation);
        var sentence = $"{inviter} made you a member of {organization}.";
        // A link that works for a week is for those who have nothing to lose yet; an account is opened the usual way.
        if (person.EmailConfirmed) mails.Mail(db, person, $"You are a member of {organization}", sentence, "Open the organizer's pages", site.Link("/organize"), "Sign in as you always do.");
        else mails.Mail(db, person, $"You are a member of {organization}", sentence, "Sign in", links.Add(db, person.Email!, "/organize", SignInLink.Invited), "The link works once, for seven days.");
    }
}
