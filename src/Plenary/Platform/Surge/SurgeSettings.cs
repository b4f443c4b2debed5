namespace Plenary.Platform.Surge;

/// <summary>How much one process takes on, and how it takes its leave; read at the start.</summary>
/// <param name="Address">Where clients reach this process and no other, such as <c>wss://g1.example.org</c>; null when all go through one address.</param>
/// <param name="MaxConnections">Live connections; null for what the limit of descriptors allows.</param>
/// <param name="JoinsPerSecond">Newcomers let in while there is room.</param>
/// <param name="ShowRate">Of a hundred registered, so many are expected to come.</param>
/// <param name="Notice">From saying that it takes no more until people are asked to move: the proxy must have noticed.</param>
/// <param name="Drain">The time over which people are asked to move.</param>
/// <param name="Stop">For requests under way, rooms and the log, once people have moved.</param>
public sealed record SurgeSettings(Uri? Address, int? MaxConnections, int JoinsPerSecond, int ShowRate, TimeSpan Notice, TimeSpan Drain, TimeSpan Stop)
{
    /// <summary>A join takes 350–450 µs of a core (docs/operate/capacity.md): three quarters of each stay for those who are in.</summary>
    private const int JoinsPerCore = 600;

    public static SurgeSettings Read(IConfiguration configuration)
    {
        var address = configuration["Live:Address"] is { Length: > 0 } text ? Understand(text) : null;
        var most = Settings.Number(configuration, "Live:MaxConnections", 0, 0, 10_000_000);
        return new(address, most == 0 ? null : most,
            Settings.Number(configuration, "Live:JoinsPerSecond", JoinsPerCore * Environment.ProcessorCount, 1, 1_000_000),
            Settings.Number(configuration, "Live:ShowRate", 60, 1, 100),
            TimeSpan.FromSeconds(Settings.Number(configuration, "Live:NoticeSeconds", 2, 0, 600)),
            TimeSpan.FromSeconds(Settings.Number(configuration, "Live:DrainSeconds", 20, 0, 3_600)),
            TimeSpan.FromSeconds(Settings.Number(configuration, "Live:StopSeconds", 20, 1, 600)));
    }

    private static Uri Understand(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "ws" or "wss" or "http" or "https" && uri.PathAndQuery is "/" or "/live"
            ? uri : throw new SettingsException("Live:Address", $"must be an address such as wss://g1.example.org/live, and is “{text}”");
}
