using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Plenary.Platform.Telemetry;

/// <summary>
/// Log lines as Elasticsearch wants them: one JSON object each, with the field names of the Elastic Common Schema 8.17, and with the trace they belong to. Scopes stay
/// out: the host puts the address of the request into one, with the key that may stand in it.
/// </summary>
internal sealed class EcsFormatter(TimeProvider clock) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "ecs";

    private const string Schema = "8.17.0";

    private static readonly string Version = typeof(EcsFormatter).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static readonly JsonWriterOptions OneLine = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, OneLine))
        {
            json.WriteStartObject();
            json.WriteString("@timestamp", clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("log.level", Level(logEntry.LogLevel));
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            json.WriteString("ecs.version", Schema);
            json.WriteString("service.name", "plenary");
            json.WriteString("service.version", Version);
            json.WriteString("event.dataset", logEntry.Category == typeof(RequestLog).FullName ? "plenary.access" : "plenary.log");
            json.WriteString("log.logger", logEntry.Category);
            if (Activity.Current is { } activity)
            {
                json.WriteString("trace.id", activity.TraceId.ToHexString());
                json.WriteString("span.id", activity.SpanId.ToHexString());
            }
            if (logEntry.State is IReadOnlyList<KeyValuePair<string, object?>> values) Values(json, values);
            if (logEntry.Exception is { } error)
            {
                json.WriteString("error.type", error.GetType().FullName);
                json.WriteString("error.message", error.Message);
                json.WriteString("error.stack_trace", error.ToString());
            }
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>What the message was made of. A request's values have fields of their own; everything else is a label.</summary>
    private static void Values(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        foreach (var (name, value) in values)
        {
            var text = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);
            switch (name)
            {
                case "{OriginalFormat}" or "Trace": break;
                case "Method": json.WriteString("http.request.method", text); break;
                case "Path": json.WriteString("url.path", text); break;
                case "Status" when value is int status: json.WriteNumber("http.response.status_code", status); break;
                case "Milliseconds" when value is double took: json.WriteNumber("event.duration", (long)(took * 1_000_000)); break; // nanoseconds
                default: json.WriteString("labels." + name.ToLowerInvariant(), text); break;
            }
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
