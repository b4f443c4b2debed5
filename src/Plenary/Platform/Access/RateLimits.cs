using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using GraphQL;
using Microsoft.AspNetCore.RateLimiting;
using Plenary.Platform.Graph;

namespace Plenary.Platform.Access;

/// <summary>How often something may be done by one client, one person or about one address.</summary>
/// <param name="Name">Also its settings: <c>RateLimits:{Name}:Permits</c> and <c>RateLimits:{Name}:Seconds</c>.</param>
/// <param name="Permits">That many at once; they come back evenly over the window.</param>
/// <param name="Seconds">The window.</param>
public sealed record RateLimit(string Name, int Permits, int Seconds)
{
    /// <summary>Attempts to sign in, of one client.</summary>
    public static readonly RateLimit SignIn = new("sign-in", 30, 300);

    /// <summary>Sign-in mails to one address, whoever asks.</summary>
    public static readonly RateLimit SignInMail = new("sign-in-mail", 5, 900);

    /// <summary>Registrations of one client; an office shares one address.</summary>
    public static readonly RateLimit Register = new("register", 60, 60);

    /// <summary>Mails to others that one person causes by hand.</summary>
    public static readonly RateLimit Invite = new("invite", 60, 3600);

    /// <summary>GraphQL operations of one person, or of one client that is nobody yet. Generous: an office of hundreds shares one address.</summary>
    public static readonly RateLimit Graph = new("graph", 600, 10);

    /// <summary>Uploads of one person. Generous: slides come page by page.</summary>
    public static readonly RateLimit Upload = new("upload", 400, 600);

    /// <summary>Changes of one person to their profile and their blocks.</summary>
    public static readonly RateLimit Profile = new("profile", 60, 300);

    /// <summary>Reports of one person.</summary>
    public static readonly RateLimit Report = new("report", 20, 3600);

    internal static readonly RateLimit[] All = [SignIn, SignInMail, Register, Invite, Graph, Upload, Profile, Report];
}

/// <summary>
/// Counts what people do, in this process. Plain endpoints name a limit by <c>RequireRateLimiting(RateLimit.Upload.Name)</c>; GraphQL
/// mutations call <see cref="Require(RateLimit, string)"/>.
/// </summary>
public sealed class RateLimits : IDisposable
{
    private readonly Dictionary<string, PartitionedRateLimiter<string>> limiters;

    public RateLimits(IConfiguration configuration) => limiters = RateLimit.All.ToDictionary(limit => limit.Name, limit =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(limit, configuration))));

    /// <summary>Counts one for this key. Refused: too-many-requests.</summary>
    public void Require(RateLimit limit, string key)
    {
        using var lease = limiters[limit.Name].AttemptAcquire(key);
        if (!lease.IsAcquired) Refusal.TooMany.Throw();
    }

    /// <summary>The client behind a request as it is counted: an IPv4 address, or the /64 network that one IPv6 household has.</summary>
    public static string ClientOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address.ToString();
    }

    /// <summary>The person of a request, or its client when it is nobody yet.</summary>
    public static string PersonOrClientOf(HttpContext http) => Viewer.Of(http.User).PersonId?.ToString() ?? ClientOf(http);

    internal static TokenBucketRateLimiterOptions Bucket(RateLimit limit, IConfiguration configuration)
    {
        var permits = Settings.Number(configuration, $"RateLimits:{limit.Name}:Permits", limit.Permits, 1, 1_000_000);
        var seconds = Settings.Number(configuration, $"RateLimits:{limit.Name}:Seconds", limit.Seconds, 1, 86_400);
        return new() { TokenLimit = permits, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds((double)seconds / permits), QueueLimit = 0 };
    }

    public void Dispose()
    {
        foreach (var limiter in limiters.Values) limiter.Dispose();
    }
}

/// <summary>Rate limits where they are used.</summary>
public static class RateLimiting
{
    /// <summary>Counts one against the client of this operation. Refused: too-many-requests.</summary>
    public static void LimitClient(this IResolveFieldContext context, RateLimit limit) =>
        context.Service<RateLimits>().Require(limit, RateLimits.ClientOf(context.Http()));

    /// <summary>Counts one against anything else: a person, an address. Refused: too-many-requests.</summary>
    public static void Limit(this IResolveFieldContext context, RateLimit limit, string key) => context.Service<RateLimits>().Require(limit, key);

    internal static void AddRateLimits(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        foreach (var limit in RateLimit.All) RateLimits.Bucket(limit, configuration); // a mistake is told at the start, not to the first who comes
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddRateLimiter(options =>
        {
            foreach (var limit in new[] { RateLimit.Graph, RateLimit.Upload })
                options.AddPolicy(limit.Name, http => RateLimitPartition.GetTokenBucketLimiter(RateLimits.PersonOrClientOf(http), _ => RateLimits.Bucket(limit, configuration)));
            options.OnRejected = async (context, _) =>
            {
                if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                    context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await Refusals.Answer(context.HttpContext, Refusal.TooMany);
            };
        });
    }
}
