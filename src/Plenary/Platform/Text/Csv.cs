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

    /// <summary>The rows of such a text, each with the line it begins on. What <see cref="Row"/> put before a formula is taken away again.</summary>
    /// <param name="text">With or without a byte order mark; lines end as they like; fields are parted by commas, or by semicolons when its first line has more of those, as spreadsheets in much of Europe write it.</param>
    /// <param name="unclosed">The line of a quotation mark that is never closed; 0 when all are.</param>
    public static List<(int Line, List<string> Fields)> Read(string text, out int unclosed)
    {
        var rows = new List<(int, List<string>)>();
        var (fields, field) = (new List<string>(), new StringBuilder());
        var (line, began, quoted, opened) = (1, 1, false, 0);
        var first = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length);
        var separator = first.Count(';') > first.Count(',') ? ';' : ',';
        void EndField()
        {
            var words = field.ToString();
            fields.Add(words.Length > 1 && words[0] == '\'' && "=+-@\t\r".Contains(words[1], StringComparison.Ordinal) ? words[1..] : words);
            field.Clear();
        }
        void EndRow()
        {
            EndField();
            if (fields.Count > 1 || fields[0].Length > 0) rows.Add((began, fields));
            fields = [];
        }
        for (var i = text.StartsWith('\uFEFF') ? 1 : 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"' && field.Length == 0) (quoted, opened) = (true, line);
            else if (c == separator) EndField();
            else if (c == '\n')
            {
                EndRow();
                began = line;
            }
            else if (c != '\r') field.Append(c);
        }
        if (field.Length > 0 || fields.Count > 0) EndRow();
        unclosed = quoted ? opened : 0;
        return rows;
    }
}
