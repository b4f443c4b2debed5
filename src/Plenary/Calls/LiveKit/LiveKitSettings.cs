using Plenary.Platform;

namespace Plenary.Calls.LiveKit;

/// <summary>Where a LiveKit server is and with which key it is spoken to.</summary>
internal sealed class LiveKitSettings
{
    /// <exception cref="SettingsException">The address is none, or the key or its secret is missing.</exception>
    public LiveKitSettings(IConfiguration configuration)
    {
        Address = Settings.Address(configuration, "Media:LiveKit");
        if (Address is null) return;
        Key = configuration["Media:LiveKitKey"] is { Length: > 0 } key ? key : throw new SettingsException("Media:LiveKitKey", "must be the API key of the LiveKit server");
        Secret = configuration["Media:LiveKitSecret"] is { Length: >= 32 } secret
            ? secret : throw new SettingsException("Media:LiveKitSecret", "must be the secret of the LiveKit API key, of at least 32 characters");
    }

    /// <summary>Of its API, <c>http</c> or <c>https</c>; null when there is none.</summary>
    public Uri? Address { get; }

    public string Key { get; } = "";

    public string Secret { get; } = "";

    /// <summary>Where browsers connect to: the same host and port, as a WebSocket.</summary>
    public string BrowserAddress => new UriBuilder(Address!) { Scheme = Address!.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri.ToString().TrimEnd('/');
}
