using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Mail;

namespace Plenary.Identity;

/// <summary>The mail a person asks for to sign in.</summary>
public sealed class SignInMails(SignInLinks links, TimeProvider clock, IConfiguration configuration, PublicUrl site)
{
    /// <summary>
    /// Queues a mail to the address: a magic link or, when it has no account and <c>Accounts:Open</c> is off, the news that there is none.
    /// Either way one mail is queued and nothing is told to whoever asked, so that nobody learns who has an account.
    /// </summary>
    public async Task Send(Db db, string email, string goTo, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await db.Set<SignInLink>().Where(l => l.ExpiresAt < now - TimeSpan.FromDays(1)).ExecuteDeleteAsync(cancellation);
        var link = links.Add(db, email, goTo, SignInLink.Asked);
        var known = await People.Find(db, email, cancellation);
        var name = known?.Name ?? "";
        if (known is not null || Settings.Flag(configuration, "Accounts:Open", otherwise: true))
            Mail(db, email, name, "Your sign-in link", "Open this link to sign in. It works once, for 15 minutes.", "Sign in", link, "If it was not you who asked, do nothing: without the link nobody gets in.");
        else
        {
            db.ChangeTracker.Clear();
            Mail(db, email, name, "No account with this address", "Somebody asked to sign in with this address, but there is no account for it here. Register for an event, or ask an organizer to invite you.", "The site", site.Root, "If it was not you who asked, do nothing.");
        }
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Queues a mail with one link in it.</summary>
    public void Mail(Db db, Person to, string subject, string sentence, string label, string link, string footer) => Mail(db, to.Email!, to.Name, subject, sentence, label, link, footer);

    private void Mail(Db db, string to, string name, string subject, string sentence, string label, string link, string footer)
    {
        var body = new MailBody().Paragraph(sentence).Button(label, link).Note(footer);
        db.AddMail(Platform.Mail.Mail.Compose(to, name, subject, body), clock.GetUtcNow());
    }
}
