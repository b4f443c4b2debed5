using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Plenary.Platform;

/// <summary>Random tokens for links: the link carries the token, the database only its hash, so that a stolen copy opens nothing.</summary>
public static class Secret
{
    /// <summary>256 random bits, as 43 characters that need no escaping in an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 of a token in lower-case hexadecimal, 64 characters. The token is random, so no salt is needed.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
