using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Platform.Live;
using Plenary.Platform.Live.Transport;
using Plenary.Rooms;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Live;

/// <summary>The official SignalR clients need not know that the transport is our own, and have the framework's where it is not.</summary>
public sealed class OfficialClientFacts(SqliteApp app)
{
    [Theory]
    [InlineData(HttpTransportType.WebSockets, true, false), InlineData(HttpTransportType.WebSockets, true, true)]
    [InlineData(HttpTransportType.WebSockets, false, false), InlineData(HttpTransportType.WebSockets, false, true)]
    [InlineData(HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling, false, false)]
    [InlineData(HttpTransportType.ServerSentEvents, false, true)]
    [InlineData(HttpTransportType.LongPolling, false, false), InlineData(HttpTransportType.LongPolling, false, true)]
    public async Task TheDotnetClientLivesThroughAnEvening(HttpTransportType transports, bool skipNegotiation, bool json)
    {
        var scene = await Scene.Arrange(app);
        var (ann, bob) = (await scene.Attendee("Ann"), await scene.Attendee("Bob"));
        await using var other = await scene.Enter(bob);
        await using var client = new LiveClient(app.Url, scene.Sessions.Cookie(ann.Id), json, options => (options.Transports, options.SkipNegotiation) = (transports, skipNegotiation));
        await client.Start();

        Assert.Equal("not-joined", await LiveClient.Refused(() => client.Hub.InvokeAsync("React", new ReactRequest(scene.Stage.Id.ToString(), "clap"), TestContext.Current.CancellationToken)));
        await client.Join(scene.Stage.Id);
        await client.Post("hello");
        await other.Post("hello yourself");
        await client.Reaches(2);
        await other.Reaches(2);
        Assert.True(await client.Hub.InvokeAsync<bool>("React", new ReactRequest(scene.Stage.Id.ToString(), "clap"), TestContext.Current.CancellationToken));
        await other.Until(() => other.Reactions.GetValueOrDefault("clap") == 1, "applause");

        await client.Drop();
        await other.Post("you missed this");
        await client.Start();
        await client.Join(scene.Stage.Id);
        await client.Reaches(3);
        Assert.Equal(["hello", "hello yourself", "you missed this"], client.Log.Select(e => e.Text));
    }

    [Theory]
    [InlineData("json", "negotiate"), InlineData("json", "skip"), InlineData("messagepack", "negotiate"), InlineData("messagepack", "skip")]
    public async Task TheJavaScriptClientLivesThroughAnEvening(string protocol, string negotiation)
    {
        var modules = Path.GetFullPath(Path.Combine(Here(), "../../../../web/package.json"));
        Assert.SkipUnless(Directory.Exists(Path.Combine(Path.GetDirectoryName(modules)!, "node_modules", "@microsoft")), "The browser client's packages are not installed.");
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(2);
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(Here(), "evening.mjs"), modules, new Uri(app.Url, "/live").ToString(), protocol, negotiation, scene.Stage.Id.ToString(), .. people.Select(p => scene.Sessions.Cookie(p.Id))])
            start.ArgumentList.Add(argument);
        using var node = Process.Start(start)!;
        var (said, complained) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        try
        {
            await node.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!node.HasExited) node.Kill();
        }
        Assert.True(node.ExitCode == 0 && (await said).Contains("good night", StringComparison.Ordinal), await said + await complained);
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets, false, true), InlineData(HttpTransportType.WebSockets, true, false)]
    [InlineData(HttpTransportType.ServerSentEvents, false, false), InlineData(HttpTransportType.LongPolling, false, false)]
    public async Task OnlyAPlainSocketIsServedByOurs(HttpTransportType transport, bool tls, bool ours)
    {
        await using var host = await LiveHost.Start(tls: tls);
#pragma warning disable CA5359 // The certificate was made a moment ago, for this test.
        var builder = new HubConnectionBuilder().WithUrl(new Uri(host.Url, "/live"), options =>
        {
            options.Transports = transport;
            options.HttpMessageHandlerFactory = handler =>
            {
                ((HttpClientHandler)handler).ServerCertificateCustomValidationCallback = (_, _, _, _) => true;
                return handler;
            };
            options.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        });
#pragma warning restore CA5359
        if (transport != HttpTransportType.ServerSentEvents) builder.AddMessagePackProtocol();
        await using var hub = builder.Build();
        var told = System.Threading.Channels.Channel.CreateUnbounded<int>();
        hub.On<int>("Told", number => told.Writer.TryWrite(number));
        await hub.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("hello", await hub.InvokeAsync<string>("Echo", "hello", TestContext.Current.CancellationToken));
        await hub.InvokeAsync("Enter", "a", TestContext.Current.CancellationToken);
        Assert.Equal(ours, Assert.Single(host.Lanes.All) is SocketLane);
        for (var n = 1; n <= 50; n++) host.Crowds["a"].Send(new("Told", n), FrameClass.Entries);
        for (var n = 1; n <= 50; n++) Assert.Equal(n, await told.Reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
