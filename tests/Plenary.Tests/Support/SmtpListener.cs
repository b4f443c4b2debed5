using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plenary.Tests.Support;

/// <summary>A mail server that speaks just enough SMTP on a loopback socket, and answers recipients as a test says.</summary>
public sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task accepting;

    public SmtpListener()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Answers to the next RCPT commands; 250 when there are none left.</summary>
    public ConcurrentQueue<string> RecipientAnswers { get; } = new();

    /// <summary>Mails that were taken: envelope lines, then the message.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await accepting;
        end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(end.Token);
                Connections++;
                await Talk(client.GetStream());
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or ObjectDisposedException) { }
    }

    private async Task Talk(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var envelope = new StringBuilder();
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(end.Token) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "MAIL") envelope.Clear();
            if (verb is "MAIL" or "RCPT") envelope.AppendLine(line);
            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync(end.Token) is { } part && part != ".") envelope.AppendLine(part);
                Mails.Enqueue(envelope.ToString());
                await writer.WriteLineAsync("250 taken");
            }
            else if (verb == "QUIT")
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }
            else await writer.WriteLineAsync(verb switch
            {
                "EHLO" => "250-test\r\n250 8BITMIME",
                "RCPT" when RecipientAnswers.TryDequeue(out var answer) => answer,
                _ => "250 fine",
            });
        }
    }
}
