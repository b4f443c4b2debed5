using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Plenary.Pages;

/// <summary>
/// The page that starts the browser client: <c>index.html</c> as the client's build made it, with what this address is about written into its
/// head and body, so that link previews, search engines and the first moment need no script.
/// </summary>
public sealed class Shell
{
    /// <summary>Served while no client was built: what is on the page, without the application.</summary>
    private const string WithoutClient = """
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width,initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>Plenary</title>
            <!--head-->
          </head>
          <body>
            <div id="root"><!--body--></div>
            <!--boot-->
          </body>
        </html>
        """;

    private readonly string html;

    public Shell(IWebHostEnvironment environment)
    {
        var file = environment.WebRootFileProvider.GetFileInfo("index.html");
        if (file.Exists)
        {
            using var reader = new StreamReader(file.CreateReadStream());
            html = reader.ReadToEnd();
        }
        else html = WithoutClient;
        // The client shows its gallery of components only where developers are.
        html = html.Replace("<!--head-->", $"<meta name=\"plenary-env\" content=\"{Text(environment.EnvironmentName)}\" />\n    <!--head-->", StringComparison.Ordinal);
    }

    /// <summary>Text for HTML, between tags and in quoted attributes alike.</summary>
    public static string Text(string text) => Encoder.Encode(text);

    private static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The page. Everything given is HTML already.</summary>
    /// <param name="title">For the window; text.</param>
    /// <param name="head">Goes into the head.</param>
    /// <param name="body">Stands in the root until the client takes over.</param>
    /// <param name="boot">Stands after the root.</param>
    public string Page(string title = "Plenary", string head = "", string body = "", string boot = "") => html
        .Replace("<title>Plenary</title>", $"<title>{Text(title)}</title>", StringComparison.Ordinal)
        .Replace("<!--head-->", head, StringComparison.Ordinal)
        .Replace("<!--body-->", body, StringComparison.Ordinal)
        .Replace("<!--boot-->", boot, StringComparison.Ordinal);

    /// <summary>Sends a page. Pages are never kept without asking again; the hashed files they name are.</summary>
    public static IResult Send(HttpContext http, string page, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Cookie";
        return Results.Content(page, "text/html; charset=utf-8", statusCode: status);
    }
}
