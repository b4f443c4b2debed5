namespace Plenary.Load.Bench;

/// <summary>A table for the terminal and for docs/operate/capacity.md alike: Markdown.</summary>
internal sealed class Table(params string[] columns)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public override string ToString()
    {
        var width = columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Length).Max()).ToArray();
        string Line(string[] cells) => "| " + string.Join(" | ", cells.Select((cell, i) => cell.PadRight(width[i]))) + " |";
        return string.Join('\n', (string[])[Line(columns), "|" + string.Join("|", width.Select(w => new string('-', w + 2))) + "|", .. rows.Select(Line)]);
    }
}
