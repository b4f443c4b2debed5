using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Plenary.DeployTests.Monitoring;

/// <summary>Takes what is posted to it as Slack's incoming webhooks do, one address for each channel.</summary>
internal sealed class FakeSlack : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Channel<Posted> posted = Channel.CreateUnbounded<Posted>();
    private readonly ConcurrentQueue<Posted> all = new();

    public FakeSlack()
    {
        listener.Prefixes.Add(Url.ToString());
        listener.Start();
        _ = Serve();
    }

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePort.Take()}/");

    /// <summary>The first message that arrives, or has arrived since the last that was asked for, of which this holds.</summary>
    public async Task<Posted> Next(Func<Posted, bool> which)
    {
        try
        {
            while (true)
                if (await posted.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(120)) is var one && which(one)) return one;
        }
        catch (TimeoutException)
        {
            Assert.Fail("It did not arrive. These did:\n" + string.Join('\n', all));
            throw;
        }
    }

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        while (listener.IsListening)
            try
            {
                var context = await listener.GetContextAsync();
                var json = JsonNode.Parse(context.Request.InputStream)!;
                var one = new Posted(context.Request.Url!.AbsolutePath.TrimStart('/'), (string)json["channel"]!, (string)json["attachments"]![0]!["title"]!,
                    (string)json["attachments"]![0]!["title_link"]!, (string)json["attachments"]![0]!["text"]!, (string)json["attachments"]![0]!["color"]!);
                all.Enqueue(one);
                await posted.Writer.WriteAsync(one);
                context.Response.Close("ok"u8.ToArray(), willBlock: false);
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException) { } // who posted no longer waits, or this is disposed
    }
}

/// <summary>A message in Slack.</summary>
/// <param name="Webhook">The end of the address it was posted to.</param>
internal sealed record Posted(string Webhook, string Channel, string Title, string Link, string Text, string Color);
