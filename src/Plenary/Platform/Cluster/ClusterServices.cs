using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace Plenary.Platform.Cluster;

/// <summary>The Orleans silo inside this process: where live rooms live.</summary>
public static class ClusterServices
{
    /// <summary>
    /// One process is a cluster of one: the silo listens on loopback, on free ports unless <c>Cluster:SiloPort</c> and
    /// <c>Cluster:GatewayPort</c> say otherwise.
    /// </summary>
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var silo = Settings.Number(configuration, "Cluster:SiloPort", FreePort(), 1, 65535);
        var gateway = Settings.Number(configuration, "Cluster:GatewayPort", FreePort(), 1, 65535);
        builder.UseOrleans(orleans =>
        {
            orleans.UseLocalhostClustering(silo, gateway, new IPEndPoint(IPAddress.Loopback, silo), "plenary", "plenary");
            orleans.AddActivityPropagation();
            // A commit may wait for the disk, a call for an activation; longer than this somebody should see an error.
            orleans.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(20));
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
