using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Plenary.Platform;

namespace Plenary.Rehearsals;

/// <summary>Where simulated people come in: the site's address when the setting names it, so that they pass the proxy; otherwise this process on the machine's own network.</summary>
internal sealed class OwnAddress(IServer server, IConfiguration configuration)
{
    private readonly Uri? set = Settings.Address(configuration, "Rehearsals:Address");

    public Uri Site
    {
        get
        {
            if (set is not null) return set;
            var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(BindingAddress.Parse).OrderBy(a => a.Scheme).FirstOrDefault(a => !a.IsUnixPipe && a.Port != 0)
                ?? throw new InvalidOperationException("This server listens nowhere.");
            var host = IPAddress.TryParse(listening.Host.Trim('[', ']'), out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any) ? listening.Host : "localhost";
            return new UriBuilder(listening.Scheme, host, listening.Port).Uri;
        }
    }

    /// <summary>The hub.</summary>
    public Uri Hub => new UriBuilder(new Uri(Site, "/live")) { Scheme = Site.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
}
