using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;

namespace Plenary.Messages;

/// <summary>What a person wants of mails about messages.</summary>
public sealed class MessageMails
{
    public Guid PersonId { get; init; }

    /// <summary>They want none.</summary>
    public bool Off { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<MessageMails>
    {
        public void Configure(EntityTypeBuilder<MessageMails> builder)
        {
            builder.ToTable("MessageMails");
            builder.HasKey(m => m.PersonId);
            builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
        }
    }
}

/// <summary>
/// Tells the absent by mail that there is something to read: who wrote, and how much, never what. Once it has waited for a quarter of an hour; one mail per
/// person and hour at most, about each message once. It holds a link by which they want no more of them.
/// </summary>
public sealed class MessageDigest(IDbContextFactory<Db> dbs, PublicUrl site, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Whoever is there has read it by then.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>From one mail to the next.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private const int AtOnce = 500;

    private readonly IDataProtector protector = protection.CreateProtector("Plenary.MessageMails.v1");

    /// <summary>Sends the mails that are due.</summary>
    public async Task Send(CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var (read, sent) = (clock.GetUtcNow() - Patience, clock.GetUtcNow() - Pause);
        var waiting = await (from member in db.Set<ConversationMember>()
                             where member.LeftAt == null
                             join conversation in db.Set<Conversation>() on member.ConversationId equals conversation.Id
                             where conversation.LastNumber > member.LastRead && conversation.LastNumber > member.DigestedTo
                             where !db.Set<MessageMails>().Any(m => m.PersonId == member.PersonId && (m.Off || m.SentAt > sent))
                             where db.Set<Message>().Any(m => m.ConversationId == member.ConversationId && m.Number > member.LastRead && m.Number > member.DigestedTo && m.At <= read)
                             select member.PersonId).Distinct().Take(AtOnce).ToListAsync(cancellation);
        foreach (var person in waiting) await Send(person, read, cancellation);
    }

    /// <summary>Whether this person wants mails about messages.</summary>
    public static async Task<bool> Wanted(Db db, Guid person, CancellationToken cancellation) => !await db.Set<MessageMails>().AnyAsync(m => m.PersonId == person && m.Off, cancellation);

    /// <summary>They want mails, or none.</summary>
    public static async Task Want(Db db, Guid person, bool on, CancellationToken cancellation)
    {
        var preference = await Preference(db, person, cancellation);
        preference.Off = !on;
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>By the link of a mail: no more of them. Refused: link-void.</summary>
    public async Task Stop(Db db, string token, CancellationToken cancellation)
    {
        Guid person;
        try
        {
            person = token.Length <= 512 ? new Guid(protector.Unprotect(WebEncoders.Base64UrlDecode(token))) : throw PersonalLinks.Void.AsException();
        }
        catch (Exception error) when (error is FormatException or System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            throw PersonalLinks.Void.AsException();
        }
        if (!await db.Users.AnyAsync(p => p.Id == person, cancellation)) PersonalLinks.Void.Throw();
        await Want(db, person, false, cancellation);
    }

    internal string StopLink(Guid person) => site.Link("/stop-mails/" + WebEncoders.Base64UrlEncode(protector.Protect(person.ToByteArray())));

    private static async Task<MessageMails> Preference(Db db, Guid person, CancellationToken cancellation)
    {
        if (await db.Set<MessageMails>().SingleOrDefaultAsync(m => m.PersonId == person, cancellation) is { } kept) return kept;
        var preference = new MessageMails { PersonId = person };
        db.Add(preference);
        return preference;
    }

    private async Task Send(Guid person, DateTimeOffset read, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var mine = MessageReading.Mine(db, person).Select(c => c.Id);
        var unread = await (from seen in MessageReading.Seen(db, person)
                            where mine.Contains(seen.Message.ConversationId) && seen.Message.PersonId != person
                                && seen.Message.Number > seen.Member.LastRead && seen.Message.Number > seen.Member.DigestedTo
                            join author in db.Users on seen.Message.PersonId equals author.Id
                            join conversation in db.Set<Conversation>() on seen.Message.ConversationId equals conversation.Id
                            select new { conversation.EventId, author.Name, seen.Message.At }).ToListAsync(cancellation);
        var members = await db.Set<ConversationMember>().Where(m => m.PersonId == person && m.LeftAt == null).ToListAsync(cancellation);
        var last = await db.Set<Conversation>().Where(c => db.Set<ConversationMember>().Any(m => m.ConversationId == c.Id && m.PersonId == person)).Select(c => new { c.Id, c.LastNumber }).ToDictionaryAsync(c => c.Id, c => c.LastNumber, cancellation);
        foreach (var member in members) member.DigestedTo = Math.Max(member.DigestedTo, last[member.ConversationId]);
        var ids = unread.Select(u => u.EventId).Distinct().ToArray();
        var events = await db.Set<Event>().AsNoTracking().Where(e => ids.Contains(e.Id) && e.Status != EventStatus.Cancelled).ToListAsync(cancellation);
        var to = await db.Users.AsNoTracking().SingleAsync(p => p.Id == person, cancellation);
        if (events.Count > 0 && to.Email is { } email)
        {
            (await Preference(db, person, cancellation)).SentAt = clock.GetUtcNow();
            var told = unread.Where(u => events.Exists(e => e.Id == u.EventId)).ToList();
            var body = new MailBody(events[0].Accent, events[0].Name).Heading(told.Count == 1 ? "You have a new message" : $"You have {told.Count} new messages");
            foreach (var @event in events)
            {
                var names = told.Where(u => u.EventId == @event.Id).OrderBy(u => u.At).Select(u => u.Name).Distinct().ToList();
                body.Paragraph($"{Names(names)} wrote to you at {@event.Name}.").Button("Read and answer", site.Link($"/e/{@event.Slug}/messages"));
            }
            body.Note("What they wrote is not in this mail: only the people of a conversation can read it.").Button("No more of these mails", StopLink(person));
            db.AddMail(Mail.Compose(email, to.Name, told.Count == 1 ? $"{told[0].Name} wrote to you" : $"{told.Count} new messages for you", body), clock.GetUtcNow());
        }
        await db.SaveChangesAsync(cancellation);
    }

    private static string Names(List<string> names) => names.Count switch
    {
        1 => names[0],
        <= 3 => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(2))} and {names.Count - 2} others",
    };
}

internal sealed class SendMessageDigests(MessageDigest digest) : IJobHandler
{
    public const string JobKind = "messages.digest";

    public string Kind => JobKind;

    public Task Handle(string payload, CancellationToken cancellation) => digest.Send(cancellation);
}
