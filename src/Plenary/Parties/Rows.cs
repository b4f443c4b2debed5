using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;

namespace Plenary.Parties;

/// <summary>
/// Writes any number of rows by one statement, new ones and changed ones: a round has thousands of meetings, and everybody waits for them. They travel as one
/// JSON text, which both databases read.
/// </summary>
/// <param name="table">Its name.</param>
/// <param name="keys">So many of the columns, the first ones, are the key.</param>
/// <param name="columns">Name, PostgreSQL's type, and how a row says it: a Guid, a time, a string, a number or a flag.</param>
internal sealed class Rows<T>(string table, int keys, params (string Name, string Type, Func<T, object?> Of)[] columns)
{
    public Task Write(Db db, IEnumerable<T> rows, CancellationToken cancellation)
    {
        var postgres = db.Database.IsNpgsql();
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        var source = postgres
            ? $"SELECT * FROM jsonb_to_recordset({{0}}::jsonb) AS given({string.Join(", ", columns.Select(c => $"\"{c.Name}\" {c.Type}"))})"
            : $"SELECT {string.Join(", ", columns.Select(c => $"value ->> '{c.Name}'"))} FROM json_each({{0}}) WHERE true"; // "WHERE" tells ON CONFLICT from a join's ON
        var changed = string.Join(", ", columns.Skip(keys).Select(c => $"\"{c.Name}\" = excluded.\"{c.Name}\""));
        var sql = $"INSERT INTO \"{table}\" ({names}) {source} ON CONFLICT ({string.Join(", ", columns.Take(keys).Select(c => $"\"{c.Name}\""))}) DO UPDATE SET {changed}";
        return db.Database.ExecuteSqlRawAsync(sql, [Json(rows, postgres)], cancellation);
    }

    private string Json(IEnumerable<T> rows, bool postgres)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                foreach (var (name, _, of) in columns)
                {
                    json.WritePropertyName(name);
                    Write(json, of(row), postgres);
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>As the conversions of the two models have it.</summary>
    private static void Write(Utf8JsonWriter json, object? value, bool postgres)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case Guid id: json.WriteStringValue(postgres ? id.ToString() : id.ToString().ToUpperInvariant()); break;
            case DateTimeOffset time when postgres: json.WriteStringValue(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: json.WriteNumberValue((time.UtcTicks - DateTime.UnixEpoch.Ticks) / 10); break;
            case string text: json.WriteStringValue(text); break;
            case int number: json.WriteNumberValue(number); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            default: throw new ArgumentException($"No column is written from a {value.GetType()}.");
        }
    }
}
