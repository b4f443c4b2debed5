using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Plenary.Platform.Access;

/// <summary>
/// <c>Proxy:Trusted</c>: addresses or networks of the proxies in front of us, separated by commas. Only what comes from them is believed when
/// it says whom it comes from; anyone else could say anything.
/// </summary>
internal static class TrustedProxies
{
    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        var (proxies, networks) = (new List<IPAddress>(), new List<System.Net.IPNetwork>());
        foreach (var text in (builder.Configuration["Proxy:Trusted"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (IPAddress.TryParse(text, out var address)) proxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(text, out var network)) networks.Add(network);
            else throw new SettingsException("Proxy:Trusted", $"must be addresses or networks like 10.0.0.0/8, separated by commas, and contains “{text}”");
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in proxies) options.KnownProxies.Add(proxy);
            foreach (var network in networks) options.KnownIPNetworks.Add(network);
            options.ForwardedHeaders = proxies.Count + networks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.ForwardLimit = null; // as many as are trusted
        });
    }
}
