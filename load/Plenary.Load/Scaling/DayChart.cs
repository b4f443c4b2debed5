using System.Globalization;
using System.Text;

namespace Plenary.Load.Scaling;

/// <summary>The day as a picture: people, those who wait, and pods under each policy. Read without colours too: lines differ by their strokes and are named at their ends.</summary>
internal static class DayChart
{
    private const int Width = 900, Left = 64, Right = 190, Top = 56, PanelHeight = 170, Gap = 62;

    private static readonly (string Colour, string Dashes)[] Strokes = [("#0b5c46", ""), ("#1f4e9c", "8 4"), ("#9a3412", "3 3"), ("#6b21a8", "10 3 2 3")];

    /// <summary>SVG 1.1 with a title and a description.</summary>
    public static string Of(IReadOnlyList<DayResult> results)
    {
        var people = results[0].Samples.Length;
        var (mostPeople, mostPods) = (results.Max(r => r.Samples.Max(s => s.People)), results.Max(r => r.MostPods));
        var mostWaiting = Math.Max(1, results.Max(r => r.Samples.Max(s => s.Waiting)));
        var svg = new StringBuilder();
        var height = Top + 3 * PanelHeight + 2 * Gap + 48;
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-labelledby=\"title desc\" font-family=\"system-ui, sans-serif\" font-size=\"13\">");
        svg.AppendLine("<title id=\"title\">A simulated day of five events under four ways to scale</title>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<desc id=\"desc\">{Words(results)}</desc>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{height}\" fill=\"#ffffff\"/>");
        Panel(svg, 0, "People who are in", mostPeople, results, s => s.People);
        Panel(svg, 1, "People who wait at the door", mostWaiting, results, s => s.Waiting);
        Panel(svg, 2, "Pods", mostPods, results, s => s.Pods);
        for (var hour = 0; hour <= 24; hour += 3)
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{X(hour * people / 24.0, people):0.#}\" y=\"{height - 20}\" text-anchor=\"middle\" fill=\"#333333\">{hour:00}:00</text>");
        svg.AppendLine("</svg>");
        return svg.ToString().ReplaceLineEndings("\n");
    }

    private static void Panel(StringBuilder svg, int number, string name, double most, IReadOnlyList<DayResult> results, Func<(double People, int Waiting, int Pods), double> of)
    {
        var top = Top + number * (PanelHeight + Gap);
        var bottom = top + PanelHeight;
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{top - 16}\" font-weight=\"600\" fill=\"#111111\">{name}</text>");
        foreach (var part in (double[])[0, 0.5, 1])
        {
            var y = bottom - part * PanelHeight;
            svg.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#d4d4d4\"/>");
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\" fill=\"#333333\">{part * most:N0}</text>");
        }
        foreach (var (line, result) in results.Index())
        {
            var points = string.Join(' ', result.Samples.Select((s, i) => string.Create(CultureInfo.InvariantCulture, $"{X(i, result.Samples.Length):0.#},{bottom - of(s) / most * PanelHeight:0.#}")));
            var (colour, dashes) = Strokes[line];
            svg.AppendLine(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{(dashes.Length > 0 ? $" stroke-dasharray=\"{dashes}\"" : "")}/>");
            var y = top + 18 + line * 26;
            svg.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"{Width - Right + 10}\" x2=\"{Width - Right + 42}\" y1=\"{y - 4}\" y2=\"{y - 4}\" stroke=\"{colour}\" stroke-width=\"2\"{(dashes.Length > 0 ? $" stroke-dasharray=\"{dashes}\"" : "")}/>");
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 48}\" y=\"{y}\" fill=\"#111111\">{Short(result.Policy.Name)}</text>");
        }
    }

    private static string Short(string name) => name == "forecast and connections" ? "with forecast" : name;

    private static string Words(IReadOnlyList<DayResult> results) =>
        "Three panels over one day from midnight to midnight: people who are in, people who wait at the door, and pods. " + string.Join(' ', results.Select(r => string.Create(CultureInfo.InvariantCulture,
            $"Scaled by {r.Policy.Name}: at most {r.MostPods} pods and {r.Samples.Max(s => s.Waiting):N0} people waiting when looked at every five minutes, {r.NeverIn:N0} never in.")));

    private static double X(double sample, int samples) => Left + sample / samples * (Width - Left - Right);
}
