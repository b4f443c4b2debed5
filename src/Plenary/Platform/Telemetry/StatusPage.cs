using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;

namespace Plenary.Platform.Telemetry;

/// <summary>
/// <c>/status</c>: whether the installation works, for anybody who wonders whether it is their own computer. A plain page made from memory, without a script, a
/// session or the database. <c>/status.json</c> says the same to programs. Neither says why something fails: that is for operators.
/// </summary>
public static class StatusPage
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Styles = """
        :root{color-scheme:light dark}body{margin:0;font:1rem/1.5 system-ui,sans-serif;background:light-dark(#f9faf9,#131615);color:light-dark(#17211d,#eef1f0)}
        main{max-width:44rem;margin:0 auto;padding:3rem 1rem}h1{font-size:1.75rem;line-height:1.2;margin:0 0 1.5rem;text-wrap:balance}
        table{border-collapse:collapse;width:100%}caption{text-align:start;color:light-dark(#4d5652,#abb3af);padding-block-end:.75rem}
        th,td{text-align:start;vertical-align:baseline;padding:.75rem .75rem .75rem 0;border-block-start:1px solid light-dark(#dfe3e1,#363c39)}thead th{font-size:.875rem;font-weight:400;color:light-dark(#4d5652,#abb3af);border:0}
        tbody th{font-weight:500}td{white-space:nowrap}.ok{color:light-dark(#1b6a35,#7fd99c)}.degraded{color:light-dark(#7a4f00,#f2c25b)}.down{color:light-dark(#b01c27,#ff9a96);font-weight:600}
        a{color:light-dark(#0e6b54,#7fd6ba);display:inline-block;padding-block:.625rem;margin-inline-end:1.5rem}a:focus-visible{outline:2px solid;outline-offset:2px}time{font-variant-numeric:tabular-nums}
        @media (max-width:36rem){main{padding-block:2rem}thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}td{white-space:normal}td:last-child{font-size:.875rem}}
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Answers here, whatever comes after.</summary>
    public static void UseStatus(this WebApplication app)
    {
        var board = app.Services.GetRequiredService<StatusBoard>();
        app.Use((http, next) =>
        {
            var json = http.Request.Path == "/status.json";
            if ((!json && http.Request.Path != "/status") || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))) return next(http);
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.ContentSecurityPolicy = Policy;
            var answer = json
                ? Results.Json(new { status = board.Worst, at = board.LookedAt, parts = board.Seen.Select(one => new { one.Part.Key, name = one.Part.English, one.State, one.Since }) }, Json)
                : Results.Text(Page(board, IsGerman(http)), "text/html", Encoding.UTF8);
            return answer.ExecuteAsync(http);
        });
    }

    /// <summary>As asked for by <c>?lang=</c>, or else as the browser prefers; English unless it prefers German.</summary>
    private static bool IsGerman(HttpContext http)
    {
        http.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        if (http.Request.Query["lang"] is [{ Length: > 0 } asked]) return asked == "de";
        var first = http.Request.GetTypedHeaders().AcceptLanguage
            .Where(one => one.Value.StartsWith("de", StringComparison.OrdinalIgnoreCase) || one.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(one => one.Quality ?? 1).FirstOrDefault();
        return first?.Value.StartsWith("de", StringComparison.OrdinalIgnoreCase) == true;
    }

    private static string Page(StatusBoard board, bool german)
    {
        var rows = new StringBuilder();
        foreach (var one in board.Seen)
            rows.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Encode(german ? one.Part.German : one.Part.English)}</th><td class=\"{Class(one.State)}\"><span aria-hidden=\"true\">{Sign(one.State)}</span> {Word(one.State, german)}</td><td>{Time(one.Since, german)}</td></tr>\n");
        var (lang, title, part, state, since, refresh, other) = german
            ? ("de", "Status", "Bereich", "Zustand", "Seit", "Neu laden", "<a href=\"/status?lang=en\" lang=\"en\" hreflang=\"en\">English</a>")
            : ("en", "Status", "Part", "State", "Since", "Look again", "<a href=\"/status?lang=de\" lang=\"de\" hreflang=\"de\">Deutsch</a>");
        return $$"""
            <!doctype html>
            <html lang="{{lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>{{title}} · Plenary</title>
            <style>{{Styles}}</style></head><body><main>
            <h1 class="{{Class(board.Worst)}}">{{Sentence(board.Worst, german)}}</h1>
            <table><caption>{{(german ? "So war es zuletzt:" : "As it was seen last:")}} {{Time(board.LookedAt, german)}}</caption>
            <thead><tr><th scope="col">{{part}}</th><th scope="col">{{state}}</th><th scope="col">{{since}}</th></tr></thead>
            <tbody>
            {{rows}}</tbody></table>
            <p><a href="/status?lang={{lang}}">{{refresh}}</a>{{other}}</p>
            </main></body></html>
            """;
    }

    private static string Sentence(PartState worst, bool german) => (worst, german) switch
    {
        (PartState.Ok, false) => "Everything works.",
        (PartState.Ok, true) => "Alles funktioniert.",
        (PartState.Degraded, false) => "Some things take longer than usual.",
        (PartState.Degraded, true) => "Manches dauert länger als sonst.",
        (_, false) => "Something does not work. We are looking after it.",
        (_, true) => "Etwas funktioniert nicht. Wir kümmern uns darum.",
    };

    private static string Word(PartState state, bool german) => (state, german) switch
    {
        (PartState.Ok, false) => "works",
        (PartState.Ok, true) => "funktioniert",
        (PartState.Degraded, false) => "slow",
        (PartState.Degraded, true) => "langsam",
        (_, false) => "does not work",
        (_, true) => "gestört",
    };

    private static string Class(PartState state) => state switch { PartState.Ok => "ok", PartState.Degraded => "degraded", _ => "down" };

    private static string Sign(PartState state) => state switch { PartState.Ok => "●", PartState.Degraded => "◐", _ => "○" };

    private static string Time(DateTimeOffset at, bool german) =>
        $"<time datetime=\"{at:yyyy-MM-dd'T'HH:mm:ss'Z'}\">{at.ToString(german ? "d. MMM, HH:mm 'UTC'" : "d MMM, HH:mm 'UTC'", CultureInfo.GetCultureInfo(german ? "de-DE" : "en-GB"))}</time>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
