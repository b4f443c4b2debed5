using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Plenary.DeployTests.Monitoring;

/// <summary>Metrics as a process that is in the trouble of our choice would tell them.</summary>
internal sealed class FakePlenary : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentDictionary<string, double> values = new();

    public FakePlenary()
    {
        listener.Prefixes.Add($"http://{Target}/");
        listener.Start();
        _ = Serve();
    }

    public string Target { get; } = $"127.0.0.1:{FreePort.Take()}";

    /// <summary>The value of a series from the next scrape on.</summary>
    public double this[string series]
    {
        set => values[series] = value;
    }

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        while (listener.IsListening)
            try
            {
                var context = await listener.GetContextAsync();
                var text = string.Concat(values.Select(v => FormattableString.Invariant($"{v.Key} {v.Value}\n")));
                context.Response.ContentType = "text/plain; version=0.0.4";
                context.Response.Close(Encoding.UTF8.GetBytes(text), willBlock: false);
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException) { } // who asked no longer waits, or this is disposed
    }
}
