using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenary.Platform.Access;
using Plenary.Platform.Live;

namespace Plenary.Tests.Platform.Live;

/// <summary>A hub with crowds and nothing else, on real Kestrel: for what the times of the application, or its people, would hide.</summary>
public sealed class LiveHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private LiveHost(WebApplication app) => this.app = app;

    public Uri Url { get; private set; } = null!;

    internal Lanes Lanes => app.Services.GetRequiredService<Lanes>();

    internal Crowds Crowds => app.Services.GetRequiredService<Crowds>();

    /// <param name="configure">The hub's options.</param>
    /// <param name="tls">With TLS in the process.</param>
    /// <param name="sendBuffer">Of each connection in the kernel, in bytes.</param>
    public static async Task<LiveHost> Start(Action<HubOptions>? configure = null, bool tls = false, int? sendBuffer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SessionEnds>();
        builder.Services.AddSingleton<Crowds>();
        builder.Services.AddSignalR(options => configure?.Invoke(options)).AddMessagePackProtocol();
        builder.Services.AddLanes<CrowdHub>();
        if (sendBuffer is { } size)
            builder.Services.Configure<SocketTransportOptions>(options =>
            {
                var listen = options.CreateBoundListenSocket;
                options.CreateBoundListenSocket = endpoint =>
                {
                    var listening = listen(endpoint);
                    listening.SendBufferSize = size; // accepted connections take it over
                    return listening;
                };
            });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (tls) listen.UseHttps(Certificate());
        }));
        var host = new LiveHost(builder.Build());
        host.app.MapLanes<CrowdHub>("/live");
        await host.app.StartAsync(TestContext.Current.CancellationToken);
        host.Url = new(host.app.Urls.Single());
        return host;
    }

    public Task Stop() => app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}

/// <summary>Crowds by name.</summary>
public sealed class Crowds(Fanout fanout)
{
    private readonly ConcurrentDictionary<string, Crowd> crowds = new();

    public Crowd this[string name] => crowds.GetOrAdd(name, _ => fanout.NewCrowd());
}

/// <summary>Connections enter crowds.</summary>
public sealed class CrowdHub(Crowds crowds, Lanes lanes) : Hub
{
    public void Enter(string crowd)
    {
        Context.Items[crowd] = crowds[crowd];
        crowds[crowd].Add(lanes.Find(Context.ConnectionId)!);
    }

#pragma warning disable CA1822 // A hub's methods belong to an instance.
    public string Echo(string text) => text;
#pragma warning restore CA1822

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var crowd in Context.Items.Values.OfType<Crowd>()) crowd.Remove(lanes.Find(Context.ConnectionId)!);
        return Task.CompletedTask;
    }
}
