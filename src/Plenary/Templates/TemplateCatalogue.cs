using System.Reflection;
using Plenary.Platform;

namespace Plenary.Templates;

/// <summary>
/// The templates of this installation: the built-in ones and those of <c>Templates:Folder</c>, read once at start. A file of that folder with
/// mistakes is left out and its mistakes are in the log; a file with the key of a built-in template takes its place.
/// </summary>
public sealed class TemplateCatalogue
{
    private static readonly string[] Order =
    [
        "conference", "webinar", "cocktail-party", "roundtables", "career-fair", "hackathon", "ama", "town-hall", "expo", "meetup", "workshop", "fireside-chat",
        "summit", "product-launch", "panel", "masterclass", "office-hours", "pitch-night", "unconference", "book-club", "happy-hour", "award-show", "watch-party", "members-meeting",
    ];

    private readonly Dictionary<string, Template> templates = [];

    public TemplateCatalogue(IConfiguration configuration, ILogger<TemplateCatalogue> log)
    {
        foreach (var (template, errors) in BuiltIn())
            templates[template?.Key ?? throw new InvalidOperationException("A built-in template is broken: " + string.Join("; ", errors))] = template;
        if (configuration["Templates:Folder"] is { Length: > 0 } folder) AddFolder(folder, log);
        All = [.. templates.Values.OrderBy(t => (uint)Array.IndexOf(Order, t.Key)).ThenBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>In the order of the gallery.</summary>
    public IReadOnlyList<Template> All { get; }

    public Template? Find(string key) => templates.GetValueOrDefault(key);

    /// <summary>Every built-in file with what reading it gave.</summary>
    internal static IEnumerable<(Template? Template, IReadOnlyList<TemplateError> Errors)> BuiltIn() =>
        from resource in Assembly.GetExecutingAssembly().GetManifestResourceNames()
        where resource.StartsWith("templates/BuiltIn/", StringComparison.Ordinal)
        let name = resource["templates/".Length..]
        select TemplateFile.Read(name, TemplateFile.ReadEmbedded(name));

    private void AddFolder(string folder, ILogger log)
    {
        if (!Directory.Exists(folder)) throw new SettingsException("Templates:Folder", $"must be a folder, and there is none “{folder}”");
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            try
            {
                var (template, errors) = TemplateFile.Read(Path.GetFileName(path), File.ReadAllText(path));
                foreach (var error in errors) log.LogError("Template refused: {Error}", error);
                if (template is not null) templates[template.Key] = template;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.LogError("Template {File} cannot be read: {Reason}", Path.GetFileName(path), e.Message);
            }
        }
    }
}
