using System.Buffers.Binary;
using System.Text;

namespace Plenary.Stage.Ingest;

/// <summary>The values that RTMP's commands are made of (Action Message Format 0, as published by Adobe): numbers, booleans, texts, objects, null.</summary>
internal static class Amf0
{
    private const byte Number = 0, Boolean = 1, Text = 2, Object = 3, Null = 5, Undefined = 6, EcmaArray = 8, ObjectEnd = 9, StrictArray = 10, Date = 11, LongText = 12;
    private const int Deepest = 8, MostValues = 1000;

    /// <summary>All values of a message: <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, dictionaries, lists or null. Refused: <see cref="RtmpException"/>.</summary>
    public static List<object?> Read(ReadOnlySpan<byte> bytes)
    {
        var values = new List<object?>();
        var left = MostValues;
        while (!bytes.IsEmpty) values.Add(Value(ref bytes, 0, ref left));
        return values;
    }

    private static object? Value(ref ReadOnlySpan<byte> bytes, int depth, ref int left)
    {
        if (depth > Deepest || left-- <= 0) throw new RtmpException("a command is too deep or too long");
        switch (Take(ref bytes, 1)[0])
        {
            case Number: return BinaryPrimitives.ReadDoubleBigEndian(Take(ref bytes, 8));
            case Boolean: return Take(ref bytes, 1)[0] != 0;
            case Text: return Short(ref bytes);
            case LongText: return Encoding.UTF8.GetString(Take(ref bytes, Length(BinaryPrimitives.ReadUInt32BigEndian(Take(ref bytes, 4)))));
            case Null or Undefined: return null;
            case Date: return BinaryPrimitives.ReadDoubleBigEndian(Take(ref bytes, 10)[..8]);
            case EcmaArray:
                Take(ref bytes, 4); // a count that nobody can rely on
                return Members(ref bytes, depth, ref left);
            case Object: return Members(ref bytes, depth, ref left);
            case StrictArray:
                var count = BinaryPrimitives.ReadUInt32BigEndian(Take(ref bytes, 4));
                var list = new List<object?>();
                for (var i = 0u; i < count; i++) list.Add(Value(ref bytes, depth + 1, ref left));
                return list;
            case var other: throw new RtmpException($"a command has a value of the unknown type {other}");
        }
    }

    private static Dictionary<string, object?> Members(ref ReadOnlySpan<byte> bytes, int depth, ref int left)
    {
        var members = new Dictionary<string, object?>();
        while (true)
        {
            var name = Short(ref bytes);
            if (name.Length == 0 && bytes is [ObjectEnd, ..])
            {
                Take(ref bytes, 1);
                return members;
            }
            members[name] = Value(ref bytes, depth + 1, ref left);
        }
    }

    private static string Short(ref ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(Take(ref bytes, BinaryPrimitives.ReadUInt16BigEndian(Take(ref bytes, 2))));

    private static int Length(uint length) => length <= int.MaxValue ? (int)length : throw new RtmpException("a text is too long");

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count) throw new RtmpException("a command ends in the middle");
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }

    /// <summary>Writes values one after the other: numbers, texts, null, and objects as sequences of names and values.</summary>
    public static byte[] Write(params object?[] values)
    {
        using var to = new MemoryStream();
        foreach (var value in values) Write(to, value);
        return to.ToArray();
    }

    private static void Write(MemoryStream to, object? value)
    {
        switch (value)
        {
            case null:
                to.WriteByte(Null);
                break;
            case double number:
                to.WriteByte(Number);
                Span<byte> eight = stackalloc byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(eight, number);
                to.Write(eight);
                break;
            case string text:
                to.WriteByte(Text);
                WriteShort(to, text);
                break;
            case (string Name, object? Value)[] members:
                to.WriteByte(Object);
                foreach (var (name, member) in members)
                {
                    WriteShort(to, name);
                    Write(to, member);
                }
                to.Write([0, 0, ObjectEnd]);
                break;
            default: throw new ArgumentException($"AMF has no {value.GetType().Name} here.", nameof(value));
        }
    }

    private static void WriteShort(MemoryStream to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        to.Write([(byte)(bytes.Length >> 8), (byte)bytes.Length]);
        to.Write(bytes);
    }
}

/// <summary>What came over the connection is not RTMP as we know it; the connection ends.</summary>
/// <param name="why">As a clause, for the log.</param>
internal sealed class RtmpException(string why) : Exception(why);
