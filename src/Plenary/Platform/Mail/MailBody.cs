using System.Globalization;
using System.Net;
using System.Text;

namespace Plenary.Platform.Mail;

/// <summary>
/// The content of a mail, said once and written twice: as plain text and as HTML that any mail program shows. All text is escaped;
/// nothing here is fetched from anywhere.
/// </summary>
/// <param name="accent">The event's colour as #rrggbb; anything else falls back to the product's.</param>
/// <param name="sender">Who writes, shown in the foot: the organization or the installation.</param>
public sealed class MailBody(string? accent = null, string sender = "Plenary")
{
    private const string ProductAccent = "#0e6b54";

    private readonly string colour = IsColour(accent) ? accent! : ProductAccent;
    private readonly StringBuilder text = new();
    private readonly StringBuilder html = new();

    /// <summary>The plain part.</summary>
    public string Text => text.ToString().TrimEnd('\n') + $"\n\n-- \n{sender}\n";

    /// <summary>The HTML part: one narrow column, styles inline because mail programs drop everything else.</summary>
    public string Html => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"></head>
        <body style="margin:0;padding:24px 12px;background:#f4f3ef;color:#1d1f1e;font:16px/1.55 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
        <div style="max-width:560px;margin:0 auto;background:#ffffff;border-radius:12px;border-top:6px solid {colour};padding:32px 32px 24px">
        {html}</div>
        <p style="max-width:560px;margin:16px auto 0;font-size:13px;color:#5c605e;text-align:center">{Escape(sender)}</p>
        </body></html>
        """;

    public MailBody Heading(string words)
    {
        text.Append(words).Append('\n').Append('=', Math.Min(words.Length, 60)).Append("\n\n");
        html.Append(CultureInfo.InvariantCulture, $"<h1 style=\"margin:0 0 16px;font-size:24px;line-height:1.25\">{Escape(words)}</h1>\n");
        return this;
    }

    public MailBody Paragraph(string words)
    {
        text.Append(words).Append("\n\n");
        html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 16px\">{Escape(words)}</p>\n");
        return this;
    }

    /// <summary>A name and its value, such as “When” and a date.</summary>
    public MailBody Fact(string name, string value)
    {
        text.Append(name).Append(": ").Append(value).Append("\n\n");
        html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 12px\"><span style=\"display:block;font-size:13px;color:#5c605e\">{Escape(name)}</span><strong>{Escape(value)}</strong></p>\n");
        return this;
    }

    /// <summary>The one thing to do. The address stands in the text on a line of its own, so that every program makes it a link.</summary>
    public MailBody Button(string label, string url)
    {
        text.Append(label).Append(":\n").Append(url).Append("\n\n");
        html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:24px 0\"><a href=\"{Escape(url)}\" style=\"display:inline-block;padding:14px 24px;border-radius:8px;background:{colour};color:{InkOn(colour)};font-weight:600;text-decoration:none\">{Escape(label)}</a></p>\n");
        return this;
    }

    /// <summary>What is good to know, in smaller print.</summary>
    public MailBody Note(string words)
    {
        text.Append(words).Append("\n\n");
        html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 12px;font-size:14px;color:#5c605e\">{Escape(words)}</p>\n");
        return this;
    }

    /// <summary>Black or white, whichever reads better on the colour (WCAG relative luminance).</summary>
    internal static string InkOn(string colour)
    {
        double Channel(int from)
        {
            var value = int.Parse(colour.AsSpan(from, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        var luminance = 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
        return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
    }

    private static bool IsColour(string? text) => text is { Length: 7 } && text[0] == '#' && text.AsSpan(1).ToString().All(char.IsAsciiHexDigit);

    private static string Escape(string words) => WebUtility.HtmlEncode(words);
}
