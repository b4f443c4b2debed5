using System.Security.Cryptography;
using System.Text;
using Plenary.Platform;

namespace Plenary.Calls.Janus;

/// <summary>The Janus servers that carry the calls, and what they ask of whoever speaks to them; docs/operate/janus.md shows their side of it.</summary>
internal sealed class JanusSettings
{
    private readonly byte[] roomKey;

    /// <exception cref="SettingsException">An address is none.</exception>
    public JanusSettings(IConfiguration configuration)
    {
        var nodes = new List<Uri>();
        foreach (var text in (configuration["Media:Janus"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            nodes.Add(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "ws" or "wss"
                ? uri : throw new SettingsException("Media:Janus", $"must be addresses such as ws://10.0.0.5:8188, separated by commas, and contains “{text}”"));
        Nodes = [.. nodes.Distinct()];
        Secret = NullIfEmpty(configuration["Media:JanusSecret"]);
        RoomsKey = NullIfEmpty(configuration["Media:JanusRoomsKey"]);
        Viewers = Settings.Number(configuration, "Media:WebRtcAudience", 100, 0, 2_000);
        roomKey = Encoding.UTF8.GetBytes($"{RoomsKey}\n{Secret}");
    }

    public IReadOnlyList<Uri> Nodes { get; }

    /// <summary>Janus's <c>api_secret</c>.</summary>
    public string? Secret { get; }

    /// <summary>The <c>admin_key</c> of its VideoRoom plugin: without it nobody makes rooms.</summary>
    public string? RoomsKey { get; }

    /// <summary>So many people may watch a call without being in it; the others are given HLS.</summary>
    public int Viewers { get; }

    /// <summary>What a room asks of whoever kicks, mutes or ends it: every process of ours can compute it, nobody else can.</summary>
    public string RoomSecret(Guid room) => Convert.ToHexStringLower(HMACSHA256.HashData(roomKey, room.ToByteArray()));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
