using System.Buffers;
using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using MessagePack;
using MessagePack.Formatters;

namespace Plenary.Rooms;

/// <summary>
/// Entries that many are told at once: encoded when the first is told, in the protocol it speaks, and copied for everybody else. On the
/// wire it is the array of its entries.
/// </summary>
[MessagePackFormatter(typeof(Packed)), JsonConverter(typeof(Json))]
public sealed class SharedEntries(Entry[] entries) : IReadOnlyList<Entry>
{
    private byte[]? packed;
    private byte[]? json;

    public int Count => entries.Length;

    public Entry this[int index] => entries[index];

    public IEnumerator<Entry> GetEnumerator() => entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();

    /// <summary>As MessagePack. The hub has one set of options, so one encoding serves all.</summary>
    public sealed class Packed : IMessagePackFormatter<SharedEntries?>
    {
        public void Serialize(ref MessagePackWriter writer, SharedEntries? value, MessagePackSerializerOptions options)
        {
            if (value is null) writer.WriteNil();
            else writer.WriteRaw(value.packed ??= MessagePackSerializer.Serialize(value.ToArray(), options));
        }

        public SharedEntries? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            options.Resolver.GetFormatterWithVerify<Entry[]?>().Deserialize(ref reader, options) is { } entries ? new(entries) : null;
    }

    /// <summary>As JSON.</summary>
    public sealed class Json : JsonConverter<SharedEntries>
    {
        public override SharedEntries? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<Entry[]>(ref reader, options) is { } entries ? new(entries) : null;

        public override void Write(Utf8JsonWriter writer, SharedEntries value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.json ??= JsonSerializer.SerializeToUtf8Bytes(value.ToArray(), options), skipInputValidation: true);
    }
}
