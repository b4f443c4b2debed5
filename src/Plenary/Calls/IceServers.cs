using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plenary.Platform;

namespace Plenary.Calls;

/// <summary>
/// The STUN and TURN servers that browsers are told of. Credentials are made for one person and end by themselves: the user's name is the second at which they
/// end and the person, the password its HMAC-SHA1 under the secret that the TURN server shares (draft-uberti-behave-turn-rest-00; coturn's <c>use-auth-secret</c>).
/// </summary>
public sealed class IceServers
{
    /// <summary>Longer than a day of an event; who is connected stays so beyond it.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly string[] stun;
    private readonly string[] turn;
    private readonly byte[]? secret;
    private readonly TimeProvider clock;

    /// <exception cref="SettingsException">An address is none, or TURN servers have no secret.</exception>
    public IceServers(IConfiguration configuration, TimeProvider clock)
    {
        this.clock = clock;
        var urls = (configuration["Media:Turn"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var url in urls)
            if (url.Split(':', 2) is not ["stun" or "stuns" or "turn" or "turns", { Length: > 0 }])
                throw new SettingsException("Media:Turn", $"must be addresses such as turn:turn.example.org:3478?transport=udp, separated by commas, and contains “{url}”");
        stun = [.. urls.Where(url => url.StartsWith("stun", StringComparison.Ordinal))];
        turn = [.. urls.Except(stun)];
        if (turn.Length == 0) return;
        secret = Encoding.UTF8.GetBytes(configuration["Media:TurnSecret"] is { Length: >= 16 } text
            ? text : throw new SettingsException("Media:TurnSecret", "must be the secret of at least 16 characters that the TURN server has as static-auth-secret"));
        RelayOnly = Settings.Flag(configuration, "Media:RelayOnly");
    }

    /// <summary>Browsers connect through the TURN server only.</summary>
    public bool RelayOnly { get; }

    /// <summary>For this person, from now on.</summary>
    public IceServer[] For(Guid person)
    {
        var servers = new List<IceServer>(2);
        if (stun.Length > 0) servers.Add(new(stun));
        if (secret is not null)
        {
            var user = $"{(clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}:{person:N}";
#pragma warning disable CA5350 // What TURN servers compute; it is a MAC, for which SHA-1 is not broken.
            servers.Add(new(turn, user, Convert.ToBase64String(HMACSHA1.HashData(secret, Encoding.UTF8.GetBytes(user)))));
#pragma warning restore CA5350
        }
        return [.. servers];
    }
}
