using GraphQL.Types;
using Plenary.Organizations;
using Plenary.Platform.Graph;
using Plenary.Polls;
using Plenary.Shows;

namespace Plenary.Templates;

/// <summary>A template in the gallery.</summary>
public sealed class TemplateType : ObjectGraphType<Template>
{
    public TemplateType()
    {
        Name = "Template";
        Field("key", t => t.Key, type: typeof(NonNullGraphType<IdGraphType>));
        Field(t => t.Name);
        Field(t => t.Tagline).Description("One line under the name: 2 days, 3 tracks, tables, party.");
        Field(t => t.Category);
        Field(t => t.Description);
        Field(t => t.Audience).Description("How many people it suits: 50 – 5,000.");
        Field<TemplatePeopleType>("people").Description("The same as numbers.").Resolve(context => context.Source.People);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateTranslationType>>>>("translations").Description("What the gallery says in other languages.").Resolve(context => context.Source.Translations ?? new Dictionary<string, TemplateTranslation>());
        Field(t => t.Art).Description("Key of the thumbnail drawing.");
        Field(t => t.Accent);
        Field(t => t.Cover).Description("Key of the cover drawing.");
        Field(t => t.DayCount);
        Field<OrganizationType>("organization").Description("Whose it is; null for one of the installation.").Resolve(context => context.Source.OrganizationId is not { } id ? null
            : context.Batch<Guid, Organization>("organizationById", (db, ids) => db.Set<Organization>().Where(o => ids.Contains(o.Id)), o => o.Id).One(id));
        Field("savedAt", t => t.SavedAt, nullable: true);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateRoomType>>>>("rooms").Resolve(context => context.Source.Rooms);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateSessionType>>>>("sessions").Resolve(context => context.Source.Sessions);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplatePollType>>>>("polls").Resolve(context => context.Source.Polls);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateCueType>>>>("cues").Description("The run of show in its order.").Resolve(context => PlannedCue.Of(context.Source));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateTicketType>>>>("tickets").Resolve(context => context.Source.Tickets);
        Field<NonNullGraphType<IntGraphType>>("emailCount").Resolve(context => context.Source.Emails.Count);
        Field<NonNullGraphType<StringGraphType>>("file").Description("The template as a file that importTemplate takes.").Resolve(context => TemplateText.Of(context.Source));
    }
}

/// <summary>What the gallery says of a template in another language.</summary>
public sealed class TemplateTranslationType : ObjectGraphType<KeyValuePair<string, TemplateTranslation>>
{
    public TemplateTranslationType()
    {
        Name = "TemplateTranslation";
        Field("language", t => t.Key, type: typeof(NonNullGraphType<StringGraphType>)).Description("Two letters: de.");
        Field("name", t => t.Value.Name);
        Field("tagline", t => t.Value.Tagline);
        Field("description", t => t.Value.Description);
    }
}

/// <summary>How many people a template suits.</summary>
public sealed class TemplatePeopleType : ObjectGraphType<TemplatePeople>
{
    public TemplatePeopleType()
    {
        Name = "TemplatePeople";
        Field(p => p.From);
        Field(p => p.To);
    }
}

/// <summary>A room of a template.</summary>
public sealed class TemplateRoomType : ObjectGraphType<TemplateRoom>
{
    public TemplateRoomType()
    {
        Name = "TemplateRoom";
        Field(r => r.Key);
        Field(r => r.Name);
        Field(r => r.Kind);
        Field(r => r.Format);
        Field(r => r.SlowSeconds).Description("Seconds from one message of a person to their next; 0 for none.");
        Field(r => r.ModeratedQuestions);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateTableType>>>>("tables").Resolve(context => context.Source.Tables);
    }
}

/// <summary>A table of a template.</summary>
public sealed class TemplateTableType : ObjectGraphType<TemplateTable>
{
    public TemplateTableType()
    {
        Name = "TemplateTable";
        Field(t => t.Topic);
        Field(t => t.Seats);
    }
}

/// <summary>An agenda entry of a template.</summary>
public sealed class TemplateSessionType : ObjectGraphType<TemplateSession>
{
    public TemplateSessionType()
    {
        Name = "TemplateSession";
        Field(s => s.Day).Description("0 is the first day.");
        Field(s => s.Start).Description("Wall clock in the event's zone, HH:mm.");
        Field(s => s.Minutes);
        Field(s => s.Title);
        Field(s => s.Summary);
        Field(s => s.Room);
    }
}

/// <summary>A poll of a template.</summary>
public sealed class TemplatePollType : ObjectGraphType<TemplatePoll>
{
    public TemplatePollType()
    {
        Name = "TemplatePoll";
        Field(p => p.Room);
        Field(p => p.Question);
        Field("kind", p => p.Kind, type: typeof(NonNullGraphType<EnumerationGraphType<PollKind>>));
    }
}

/// <summary>A kind of place of a template.</summary>
public sealed class TemplateTicketType : ObjectGraphType<TemplateTicket>
{
    public TemplateTicketType()
    {
        Name = "TemplateTicket";
        Field(t => t.Name);
        Field(t => t.Description);
        Field(t => t.Capacity);
    }
}

/// <summary>A cue of a template and when it is planned.</summary>
/// <param name="Cue">The cue.</param>
/// <param name="At">Minutes from the first day's midnight; null for a hand.</param>
/// <param name="About">What it concerns: the crew's words for it, else the session, poll, room or words.</param>
public sealed record PlannedCue(TemplateCue Cue, double? At, string About)
{
    private const int Day = 24 * 60;

    /// <summary>By time; those that wait for a hand after the one before them.</summary>
    internal static IEnumerable<PlannedCue> Of(Template template)
    {
        var latest = double.MinValue;
        var placed = new List<(double Place, PlannedCue Cue)>();
        foreach (var cue in template.Cues)
        {
            var at = template.PlannedAt(cue);
            latest = at ?? latest;
            placed.Add((latest, new(cue, at, Named(template, cue))));
        }
        return placed.OrderBy(p => p.Place).Select(p => p.Cue);
    }

    internal int? OnDay => At is { } at ? (int)Math.Floor(at / Day) : null;

    internal string? Start => At is { } at ? TimeSpan.FromMinutes(Math.Floor(((at % Day) + Day) % Day)).ToString("hh\\:mm", System.Globalization.CultureInfo.InvariantCulture) : null;

    private static string Named(Template template, TemplateCue cue) =>
        cue.Title ?? cue.Text ?? template.Polls.FirstOrDefault(p => p.Key is not null && p.Key == cue.Poll)?.Question
        ?? (cue.Kind is CueKind.StartSession or CueKind.EndSession ? template.Sessions.FirstOrDefault(s => s.Key is not null && s.Key == cue.Session)?.Title : null)
        ?? template.Rooms.FirstOrDefault(r => r.Key == cue.Room)?.Name ?? "";
}

/// <summary>A cue of a template.</summary>
public sealed class TemplateCueType : ObjectGraphType<PlannedCue>
{
    public TemplateCueType()
    {
        Name = "TemplateCue";
        Field("kind", c => c.Cue.Kind, type: typeof(NonNullGraphType<EnumerationGraphType<CueKind>>));
        Field("day", c => c.OnDay, nullable: true).Description("0 is the first day; null when it waits for a hand.");
        Field("start", c => c.Start, nullable: true).Description("Wall clock in the event's zone, HH:mm.");
        Field("about", c => c.About).Description("The crew's name for it, or what it concerns; may be empty.");
    }
}

/// <summary>What became of an import.</summary>
public sealed class ImportedTemplateType : ObjectGraphType<ImportedTemplate>
{
    public ImportedTemplateType()
    {
        Name = "ImportedTemplate";
        Field<TemplateType>("template").Description("Null when there are mistakes.").Resolve(context => context.Source.Template);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateMistakeType>>>>("mistakes").Resolve(context => context.Source.Mistakes);
    }
}

/// <summary>A mistake in a template file.</summary>
public sealed class TemplateMistakeType : ObjectGraphType<TemplateError>
{
    public TemplateMistakeType()
    {
        Name = "TemplateMistake";
        Field(m => m.Line).Description("Counted from 1.");
        Field(m => m.Column).Description("Counted from 1.");
        Field(m => m.Message).Description("What is wrong and how to mend it.");
    }
}

/// <summary>The input of <c>createEvent</c>.</summary>
public sealed class CreateEventInput : InputObjectGraphType<NewEvent>
{
    public CreateEventInput()
    {
        Name = "CreateEventInput";
        Field(e => e.Organization, type: typeof(NonNullGraphType<IdGraphType>));
        Field(e => e.Template, type: typeof(NonNullGraphType<IdGraphType>)).Description("Of the installation, or saved by this organization.");
        Field(e => e.Name);
        Field(e => e.Date).Description("First day in the event's zone, yyyy-MM-dd.");
        Field(e => e.TimeZone);
        Field(e => e.Publish, nullable: true);
    }
}

/// <summary>The input of <c>cloneEvent</c>.</summary>
public sealed class CloneEventInput : InputObjectGraphType<EventLike>
{
    public CloneEventInput()
    {
        Name = "CloneEventInput";
        Field(e => e.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field(e => e.Name);
        Field(e => e.Date).Description("First day in the event's zone, yyyy-MM-dd.");
        Field(e => e.Publish, nullable: true);
    }
}

/// <summary>The input of <c>saveTemplate</c>.</summary>
public sealed class SaveTemplateInput : InputObjectGraphType<TemplateOfEventWish>
{
    public SaveTemplateInput()
    {
        Name = "SaveTemplateInput";
        Field(t => t.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field(t => t.Name).Description("In the gallery, at most 60 characters.");
        Field(t => t.Tagline, nullable: true).Description("One line under the name, at most 80 characters.");
    }
}

/// <summary>The input of <c>importTemplate</c>.</summary>
public sealed class ImportTemplateInput : InputObjectGraphType<TemplateImport>
{
    public ImportTemplateInput()
    {
        Name = "ImportTemplateInput";
        Field(t => t.Organization, type: typeof(NonNullGraphType<IdGraphType>));
        Field(t => t.Name).Description("The file's name.");
        Field(t => t.File).Description("The file's text, at most 150,000 characters.");
    }
}
