using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plenary.Calls.LiveKit;

/// <summary>LiveKit's access tokens: JSON Web Tokens (RFC 7519) signed with HMAC-SHA256, whose claim <c>video</c> says what they are good for.</summary>
internal sealed class LiveKitTokens(LiveKitSettings settings, TimeProvider clock)
{
    /// <summary>
    /// A browser connects at once; LiveKit gives it fresh tokens while it is there. Who was put out or silenced must not come back with the old one, which nobody can take back.
    /// </summary>
    internal static readonly TimeSpan JoinLifetime = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan CallLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Lets a browser into a room as this identity.</summary>
    public string ForJoining(string room, string identity, string name, bool mayPublish, bool silenced) => Sign(JoinLifetime, new()
    {
        ["name"] = name,
        ["sub"] = identity,
        ["video"] = new Dictionary<string, object>
        {
            ["roomJoin"] = true,
            ["room"] = room,
            ["canPublish"] = mayPublish,
            ["canSubscribe"] = true,
            ["canPublishData"] = false,
            ["canPublishSources"] = LiveKitRooms.SourcesOf(mayPublish, silenced).Select(source => source.ToLowerInvariant()),
        },
    });

    /// <summary>Lets our server make and end rooms.</summary>
    public string ForRooms() => Sign(CallLifetime, new() { ["video"] = new Dictionary<string, object> { ["roomCreate"] = true } });

    /// <summary>Lets our server change who does what in a room.</summary>
    public string ForPeople(string room) => Sign(CallLifetime, new() { ["video"] = new Dictionary<string, object> { ["roomAdmin"] = true, ["room"] = room } });

    private string Sign(TimeSpan lifetime, Dictionary<string, object> claims)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        (claims["iss"], claims["nbf"], claims["exp"]) = (settings.Key, now - 5, now + (long)lifetime.TotalSeconds); // clocks differ a little
        var signed = $"{Part(new { alg = "HS256", typ = "JWT" })}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(settings.Secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType()));
}
