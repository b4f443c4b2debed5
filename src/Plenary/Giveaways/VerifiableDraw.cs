using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plenary.Giveaways;

/// <summary>
/// A draw that anybody can repeat, after RFC 3797 (Publicly Verifiable Nominations Committee Random Selection, D. Eastlake 3rd, 2004): numbers follow from published input by a hash, and each one selects from those
/// that are left. Unlike there the hash is SHA-256 instead of MD5, the input is a seed to which the server has committed itself before, and a number that would favour the first of the
/// list is left out instead of taken modulo. docs/organize/giveaways-and-points.md has it as a program of a few lines.
/// </summary>
public static class VerifiableDraw
{
    /// <summary>Bytes of a seed.</summary>
    public const int SeedSize = 32;

    /// <summary>A new seed, in hexadecimal digits.</summary>
    public static string NewSeed() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SeedSize));

    /// <summary>What is published before: the SHA-256 of the seed's digits as they are written.</summary>
    public static string Commitment(string seed) => Hash(seed);

    /// <summary>What stands for a person in the list: it tells nobody who that is who does not know their id, and differs from giveaway to giveaway.</summary>
    public static string Tag(Guid giveaway, Guid person) => Hash($"{giveaway}:{person}");

    /// <summary>The SHA-256 of the list: the tags in order, each with a line feed behind it.</summary>
    public static string ListHash(IEnumerable<string> tags) => Hash(string.Concat(tags.Select(tag => tag + "\n")));

    /// <summary>Places of the list, from 0, in the order in which they are drawn: nobody twice.</summary>
    /// <param name="seed">The seed's digits.</param>
    /// <param name="listHash">The list's hash: the seed alone selects nobody.</param>
    /// <param name="count">How many are in the list.</param>
    /// <param name="turns">How many to draw; no more than there are.</param>
    public static int[] Draw(string seed, string listHash, int count, int turns)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(turns, count);
        var left = Enumerable.Range(0, count).ToList();
        var drawn = new int[turns];
        for (var turn = 1; turn <= turns; turn++)
        {
            var at = Select(seed, listHash, turn, (ulong)left.Count);
            drawn[turn - 1] = left[at];
            left.RemoveAt(at);
        }
        return drawn;
    }

    private static int Select(string seed, string listHash, int turn, ulong among)
    {
        // The last, incomplete stretch of numbers would favour the first places.
        var rest = (ulong.MaxValue % among + 1) % among;
        for (var attempt = 0; ; attempt++)
        {
            var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}:{listHash}:{turn}:{attempt}")));
            var number = BinaryPrimitives.ReadUInt64BigEndian(hash);
            if (number <= ulong.MaxValue - rest) return (int)(number % among);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
