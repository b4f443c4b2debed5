using System.Net;
using Orleans.Configuration;
using Orleans.Serialization;
using Plenary.Platform.Database;

namespace Plenary.Platform.Cluster;

/// <summary>The Orleans silo inside this process: where live rooms live.</summary>
public static class ClusterServices
{
    /// <summary>
    /// One process is a cluster of one, which nobody else can reach. With <c>Cluster:Enabled</c> the processes that share a PostgreSQL database
    /// are one cluster; the database is where they find each other, so no other server is needed.
    /// </summary>
    /// <exception cref="SettingsException">See <see cref="ClusterSettings.Read"/>.</exception>
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        var settings = ClusterSettings.Read(builder.Configuration, DatabaseServices.IsShared(builder.Configuration));
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<SessionNews>();
        builder.UseOrleans(orleans =>
        {
            if (settings.Enabled) Together(orleans, settings);
            else orleans.UseLocalhostClustering(settings.SiloPort, 0, new IPEndPoint(IPAddress.Loopback, settings.SiloPort), settings.Id, settings.Id);
            orleans.AddActivityPropagation();
            orleans.AddGrainService<SessionEar>();
            // A commit may wait for the disk, a call for an activation; longer than this somebody should see an error.
            orleans.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(20));
            // What the database said crosses to the process that asked.
            orleans.Services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add("Npgsql"));
        });
        builder.Logging.AddFilter(typeof(SessionEar).FullName, LogLevel.Warning); // says which part of a ring it has, which nobody uses
        if (settings.Enabled) builder.Services.AddHostedService<MembershipLog>(); // after the silo: it is a member by then
    }

    private static void Together(ISiloBuilder orleans, ClusterSettings settings)
    {
        orleans.Services.AddSingleton<IMembershipTable, MembershipTable>();
        // Both stay the same over upgrades: old and new processes are one cluster while they are exchanged.
        orleans.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.Id, "plenary"));
        orleans.Configure<EndpointOptions>(options =>
        {
            options.SiloPort = settings.SiloPort;
            options.GatewayPort = 0; // for Orleans clients outside; ours are all inside
            if (settings.Address is { } address) options.AdvertisedIPAddress = address;
        });
        // Measured: a killed process is declared dead within 2 s, a frozen one within 4 s, and load alone has never been mistaken for death
        // (docs/operate/cluster.md). Orleans' own values take 12 s and more.
        orleans.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.MinProbeTimeout = TimeSpan.FromSeconds(1); // shorter when answers are quick, unless told: then a busy second costs a vote
            options.MaxProbeTimeout = TimeSpan.FromSeconds(1);
            options.NumMissedProbesLimit = 3;
            options.NumVotesForDeathDeclaration = 2;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            // After a power cut the rows of the lost processes still call themselves active. Who starts next waits for them only this long.
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            options.NumMissedTableIAmAliveLimit = 3;
        });
        orleans.Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = TimeSpan.FromSeconds(3));
    }
}
