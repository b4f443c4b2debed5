using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Files;
using Plenary.Platform.Graph;
using Plenary.Platform.Live;
using Plenary.Platform.Text;

namespace Plenary.Agenda;

/// <summary>What the crew says about a speaker; without an id it is a new one. Null leaves e-mail, portrait and photo as they are, an empty text removes them.</summary>
public sealed record SpeakerWish(string? Id, string Event, string Name, string Headline, string Bio, string? Email, string? Portrait, string? PhotoFile);

/// <summary>Adds, changes and removes speakers of an event.</summary>
public sealed partial class SpeakerEditing(FileStore files, TimeProvider clock)
{
    public const int MostSpeakers = 300;

    public async Task<Speaker> Save(Db db, Viewer viewer, SpeakerWish wish, CancellationToken cancellation)
    {
        var @event = await db.RequireCrew(viewer, GraphContext.ParseId(wish.Event, "event"), cancellation);
        var speaker = wish.Id is { } id ? await Find(db, GraphContext.ParseId(id, "id"), @event.Id, cancellation) : await New(db, @event.Id, cancellation);
        speaker.Name = Input.Line(wish.Name, "name", 80);
        speaker.Headline = Input.OptionalLine(wish.Headline, "headline", 160);
        speaker.Bio = Input.Paragraphs(wish.Bio, "bio", 4000);
        if (wish.Portrait is { } portrait)
            speaker.Portrait = portrait.Length == 0 ? null : Drawing().IsMatch(portrait) ? portrait : throw Refusal.Invalid("portrait", "Choose one of the drawn portraits.").AsException();
        if (wish.PhotoFile is { } photo) speaker.PhotoFileId = files.Chosen(photo, "photoFile");
        if (wish.Email is { } email) await SetEmail(db, speaker, email.Trim(), cancellation);
        await db.SaveChangesAsync(cancellation);
        return speaker;
    }

    public async Task Remove(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var speaker = await Require(db, viewer, id, cancellation);
        await TakeRole(db, speaker, cancellation);
        db.Remove(speaker);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The speaker, for the crew of their event only. Refused: not-found.</summary>
    internal static async Task<Speaker> Require(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var speaker = await db.Set<Speaker>().SingleOrDefaultAsync(s => s.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        await db.RequireCrew(viewer, speaker.EventId, cancellation);
        return speaker;
    }

    private static async Task<Speaker> Find(Db db, Guid id, Guid eventId, CancellationToken cancellation) =>
        await db.Set<Speaker>().SingleOrDefaultAsync(s => s.Id == id && s.EventId == eventId, cancellation) ?? throw Refusal.NotFound.AsException();

    private static async Task<Speaker> New(Db db, Guid eventId, CancellationToken cancellation)
    {
        var positions = await db.Set<Speaker>().Where(s => s.EventId == eventId).Select(s => s.Position).ToListAsync(cancellation);
        if (positions.Count >= MostSpeakers) throw Refusal.Invalid("event", $"An event may have at most {MostSpeakers} speakers. Remove one first.").AsException();
        var speaker = new Speaker { EventId = eventId, Name = "", Position = positions.Count == 0 ? 0 : positions.Max() + 1 };
        db.Add(speaker);
        return speaker;
    }

    /// <summary>Another address is another person: whoever was invited before loses the role and the link.</summary>
    private async Task SetEmail(Db db, Speaker speaker, string email, CancellationToken cancellation)
    {
        var address = email.Length == 0 ? null : EmailAddress.Parse(email);
        if (string.Equals(address, speaker.Email, StringComparison.OrdinalIgnoreCase)) return;
        await TakeRole(db, speaker, cancellation);
        (speaker.Email, speaker.PersonId, speaker.InvitedAt) = (address, null, null);
        speaker.LinkVersion++;
    }

    /// <summary>Takes the role Speaker from the person, unless they are another speaker of the same event too.</summary>
    private async Task TakeRole(Db db, Speaker speaker, CancellationToken cancellation)
    {
        if (speaker.PersonId is not { } person || await db.Set<Speaker>().AnyAsync(s => s.EventId == speaker.EventId && s.PersonId == person && s.Id != speaker.Id, cancellation)) return;
        db.RemoveRange(await db.Set<EventRoleGrant>().Where(g => g.EventId == speaker.EventId && g.PersonId == person && g.Role == EventRole.Speaker).ToListAsync(cancellation));
        db.AddAccessChanged(speaker.EventId, person, clock.GetUtcNow());
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    private static partial Regex Drawing();
}
