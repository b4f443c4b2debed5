using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;

namespace Plenary.Templates;

/// <summary>A template of an organization: saved from an event, or imported.</summary>
public sealed class SavedTemplate
{
    /// <summary>Of <see cref="File"/>, in characters: what fits into a request with what is around it.</summary>
    public const int LongestFile = 150_000;

    /// <summary>How many an organization may have.</summary>
    public const int Most = 100;

    /// <summary>Also its key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid OrganizationId { get; init; }

    /// <summary>A template file that was checked.</summary>
    public required string File { get; init; }

    public DateTimeOffset SavedAt { get; init; }

    public Guid SavedById { get; init; }

    /// <summary>The template, under its id and with its owner.</summary>
    public Template Read()
    {
        var read = TemplateFile.ReadChecked(File);
        return read with { Key = Id.ToString(), FileKey = read.Key, OrganizationId = OrganizationId, SavedAt = SavedAt };
    }

    internal sealed class Mapping : IEntityTypeConfiguration<SavedTemplate>
    {
        public void Configure(EntityTypeBuilder<SavedTemplate> builder)
        {
            builder.ToTable("SavedTemplates");
            builder.HasIndex(t => t.OrganizationId);
            builder.HasOne<Organization>().WithMany().HasForeignKey(t => t.OrganizationId);
        }
    }
}

/// <summary>What an organizer says to keep an event as a template.</summary>
public sealed record TemplateOfEventWish(string Event, string Name, string? Tagline);

/// <summary>A template file that somebody brings.</summary>
/// <param name="Organization">Whose it becomes.</param>
/// <param name="Name">The file's name, for the places of mistakes.</param>
/// <param name="File">Its text.</param>
public sealed record TemplateImport(string Organization, string Name, string File);

/// <summary>What became of an import: the template, or everything that is wrong with the file.</summary>
public sealed record ImportedTemplate(Template? Template, IReadOnlyList<TemplateError> Mistakes);

/// <summary>The templates of organizations: for those who make their events, and for nobody else.</summary>
internal static class SavedTemplates
{
    public static readonly Refusal TooMany = new("too-many-templates", 409, $"An organization may keep {SavedTemplate.Most} templates. Remove one first.");

    /// <summary>The template of this organization with this key, or null.</summary>
    public static async Task<Template?> Of(Db db, Guid organization, string key, CancellationToken cancellation) =>
        Guid.TryParse(key, out var id) ? (await db.Set<SavedTemplate>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.OrganizationId == organization, cancellation))?.Read() : null;

    /// <summary>Those that the viewer may make events of, the latest first.</summary>
    public static IQueryable<SavedTemplate> SeenBy(Db db, Viewer viewer)
    {
        var person = viewer.IsAccount ? viewer.PersonId!.Value : Guid.Empty;
        return db.Set<SavedTemplate>().AsNoTracking()
            .Where(t => db.Set<Membership>().Any(m => m.OrganizationId == t.OrganizationId && m.PersonId == person && m.Role != OrganizationRole.Moderator)).OrderByDescending(t => t.SavedAt).ThenBy(t => t.Id);
    }

    /// <summary>Keeps an event as a template of its organization. Refused: sign-in-required, not-found, forbidden, invalid-input, too-many-templates.</summary>
    public static async Task<Template> Save(Db db, Viewer viewer, TemplateOfEventWish wish, TemplateCatalogue known, DateTimeOffset now, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var original = await db.RequireCrew(viewer, GraphContext.ParseId(wish.Event, "event"), cancellation);
        await db.RequireMayMakeEvents(viewer, original.OrganizationId, cancellation);
        var (name, tagline) = (Input.Line(wish.Name, "name", 60), Input.OptionalLine(wish.Tagline, "tagline", 80));
        var read = await EventTemplate.Of(db, original, known, cancellation);
        read = read with { Key = Slugs.Of(name, 40, "event"), Name = name, Tagline = tagline.Length > 0 ? tagline : read.Tagline };
        var text = TemplateText.Of(read);
        // What is kept can be exported and imported again: it meets the same rules as a file that somebody wrote.
        var (_, mistakes) = Check(name, text);
        if (mistakes.Count > 0) throw Refusal.Invalid("event", $"This event cannot be a template as it is. {mistakes[0].Message}").AsException();
        return await Add(db, viewer, original.OrganizationId, text, now, cancellation);
    }

    /// <summary>Takes a file as a template of an organization. Mistakes in the file are answered, not refused. Refused: sign-in-required, not-found, forbidden, too-many-templates.</summary>
    public static async Task<ImportedTemplate> Import(Db db, Viewer viewer, TemplateImport wish, DateTimeOffset now, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var organization = GraphContext.ParseId(wish.Organization, "organization");
        await db.RequireMayMakeEvents(viewer, organization, cancellation);
        var (_, mistakes) = Check(Input.OptionalLine(wish.Name, "name", 200), wish.File);
        return mistakes.Count > 0 ? new(null, mistakes) : new(await Add(db, viewer, organization, wish.File, now, cancellation), []);
    }

    /// <summary>Removes a template; events that were made of it stay. Refused: sign-in-required, not-found.</summary>
    public static async Task Remove(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var found = await SeenBy(db, viewer).Where(t => t.Id == id).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(cancellation);
        if (found is null) Refusal.NotFound.Throw();
        await db.Set<SavedTemplate>().Where(t => t.Id == id).ExecuteDeleteAsync(cancellation);
    }

    private static (Template? Template, IReadOnlyList<TemplateError> Mistakes) Check(string name, string text) =>
        text.Length <= SavedTemplate.LongestFile ? TemplateFile.Read(name, text)
            : (null, [new(name, 1, 1, $"The file is longer than {SavedTemplate.LongestFile:N0} characters. A template holds words and numbers only; remove what does not belong to it.")]);

    private static async Task<Template> Add(Db db, Viewer viewer, Guid organization, string text, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await db.Set<SavedTemplate>().CountAsync(t => t.OrganizationId == organization, cancellation) >= SavedTemplate.Most) TooMany.Throw();
        var saved = new SavedTemplate { OrganizationId = organization, File = text, SavedAt = now, SavedById = viewer.RequireAccount() };
        db.Add(saved);
        await db.SaveChangesAsync(cancellation);
        return saved.Read();
    }
}
