using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Profiles;

/// <summary>Takes in reports and gives them to the moderators of the event: what the reporter sent, nothing else.</summary>
public sealed class Reports(TimeProvider clock)
{
    /// <summary>Characters of <see cref="ReportContext.Excerpt"/>.</summary>
    public const int LongestExcerpt = 16_000;

    /// <summary>What <see cref="ReportContext.Kind"/> may be.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["profile", "chat", "message", "party", "table", "meeting", "call"];

    /// <summary>
    /// Adds a report; the caller saves it. Nobody but the event's moderators learns of it. Refused: sign-in-required; not-found when the
    /// viewer is not of the event or the other never was; invalid-input.
    /// </summary>
    public async Task<Report> AddReport(Db db, Viewer viewer, Guid eventId, Guid about, string note, ReportContext context, CancellationToken cancellation)
    {
        var reporter = await db.RequireOf(viewer, eventId, cancellation);
        if (reporter == about) Refusal.Invalid("person", "You cannot report yourself.").Throw();
        if (!await db.WasOf(eventId, about, cancellation)) Refusal.NotFound.Throw();
        if (!Kinds.Contains(context.Kind)) Refusal.Invalid("kind", $"“kind” must be one of {string.Join(", ", Kinds)}.").Throw();
        var report = new Report
        {
            EventId = eventId,
            ReporterId = reporter,
            AboutId = about,
            Note = Input.Paragraphs(note, "note", Report.LongestNote),
            ContextKind = context.Kind,
            ContextId = context.Id,
            Excerpt = Json(context.Excerpt),
            At = clock.GetUtcNow(),
        };
        db.Add(report);
        return report;
    }

    /// <summary>
    /// Reports of the event, newest first, for its moderators, producers and organizers; one about the viewer is left out. Refused:
    /// sign-in-required; not-found for anybody else.
    /// </summary>
    public static async Task<IQueryable<Report>> For(Db db, Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        if (!(await db.RolesAt(viewer, eventId, cancellation)).Overlaps(EventAccess.Staff)) Refusal.NotFound.Throw();
        return db.Set<Report>().Where(r => r.EventId == eventId && r.AboutId != person).OrderByDescending(r => r.Id);
    }

    private static string? Json(string? excerpt)
    {
        if (string.IsNullOrWhiteSpace(excerpt)) return null;
        if (excerpt.Length > LongestExcerpt) Refusal.Invalid("excerpt", $"Choose less to send along: at most {LongestExcerpt} characters.").Throw();
        try
        {
            using var json = JsonDocument.Parse(excerpt);
            return excerpt;
        }
        catch (JsonException)
        {
            throw Refusal.Invalid("excerpt", "“excerpt” is not JSON.").AsException();
        }
    }
}
