using System.Text;

namespace Plenary.Platform.Text;

/// <summary>Rows of a table as spreadsheets read it (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>One row with its line end. A spreadsheet must not take words for a formula (OWASP, CSV injection), so a field that begins like one begins with an apostrophe.</summary>
    public static string Row(params ReadOnlySpan<string> fields)
    {
        var text = new StringBuilder();
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) text.Append(',');
            var field = fields[i].Length > 0 && "=+-@\t\r".Contains(fields[i][0], StringComparison.Ordinal) ? $"'{fields[i]}" : fields[i];
            text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        return text.Append("\r\n").ToString();
    }
}
