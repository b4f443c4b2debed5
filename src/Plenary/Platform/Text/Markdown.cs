using Ganss.Xss;
using Markdig;

namespace Plenary.Platform.Text;

/// <summary>
/// What organizers write, as HTML that is safe to show on our own origin: raw HTML is not Markdown here, links go to the web or to mail
/// only, pictures come by https only, and nothing carries script, style or a name that could collide with the page's own.
/// </summary>
public static class Markdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UseAutoLinks().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).UsePipeTables().UseListExtras().Build();

    private static readonly HtmlSanitizer Sanitizer = MakeSanitizer();

    public static string ToHtml(string markdown) => Sanitizer.Sanitize(Markdig.Markdown.ToHtml(markdown, Pipeline)).Trim();

    /// <summary>The words alone, without markup, cut after <paramref name="longest"/> characters: for previews and calendars.</summary>
    public static string ToText(string markdown, int longest = int.MaxValue)
    {
        var text = Markdig.Markdown.ToPlainText(markdown, Pipeline).Trim();
        return text.Length <= longest ? text : text[..(longest - 1)].TrimEnd() + "…";
    }

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string> { "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img", "table", "thead", "tbody", "tr", "th", "td" },
            AllowedAttributes = new HashSet<string> { "href", "src", "alt", "title", "start", "rel" },
            AllowedSchemes = new HashSet<string> { "https", "http", "mailto" },
            UriAttributes = new HashSet<string> { "href", "src" },
        });
        sanitizer.PostProcessNode += (_, e) =>
        {
            // Organizers' links must not pass on authority, nor be told about our visitors.
            if (e.Node is AngleSharp.Html.Dom.IHtmlAnchorElement anchor) anchor.SetAttribute("rel", "nofollow ugc noreferrer");
            if (e.Node is AngleSharp.Html.Dom.IHtmlImageElement image && image.GetAttribute("src") is { } source && !source.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) image.Remove();
        };
        return sanitizer;
    }
}
