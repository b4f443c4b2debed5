using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Platform.Surge;
using Plenary.Rooms;

namespace Plenary.Tests.Support;

/// <summary>
/// Somebody in a room who goes to another process when asked to: a second connection is made and in the room before the first is let go, so
/// nothing that happens meanwhile is missed.
/// </summary>
public sealed class MovingClient(Uri site, string cookie, Guid room) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, Entry> log = [];
    private readonly ConcurrentBag<Task> moves = [];
    private HubConnection? line;
    private string? ticket;
    private long seq;
    private bool ended;

    /// <summary>Times it was asked to move and has moved.</summary>
    public int Moves { get; private set; }

    /// <summary>Connections that were lost without having been left: what a person would notice.</summary>
    public int Losses { get; private set; }

    /// <summary>Frames that came after others that were never seen.</summary>
    public int Gaps { get; private set; }

    /// <summary>Where the latest move went to, when it was named.</summary>
    public string? MovedTo { get; private set; }

    public Entry[] Log
    {
        get { lock (gate) return [.. log.Values]; }
    }

    public async Task<MovingClient> Enter()
    {
        line = await Open(site);
        return this;
    }

    /// <summary>Posts until it is acknowledged, with the same id however often it is tried; answers how often it was tried.</summary>
    public async Task<int> Post(string text, Guid id)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await line!.InvokeAsync<Posted>("Post", new PostRequest(room.ToString(), id.ToString(), text), TestContext.Current.CancellationToken);
                return tries;
            }
            catch (Exception lost) when (lost is HubException or InvalidOperationException or IOException or TaskCanceledException && tries < 50)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        ended = true;
        await Task.WhenAll(moves);
        if (line is not null) await line.DisposeAsync();
    }

    private async Task<HubConnection> Open(Uri at)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(at, "/live"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
            options.Headers.Add("Cookie", cookie);
        }).AddMessagePackProtocol().Build();
        hub.On<Frame>("Frame", Receive);
        hub.On<Moving>("Moving", moving => moves.Add(Move(hub, moving)));
        hub.Closed += _ =>
        {
            lock (gate)
                if (!ended && hub == line) Losses++;
            return Task.CompletedTask;
        };
        await hub.StartAsync(TestContext.Current.CancellationToken);
        long? after;
        lock (gate) after = log.Count == 0 ? null : seq;
        var joined = await hub.InvokeAsync<Joined>("Join", new JoinRequest(room.ToString(), after, ticket), TestContext.Current.CancellationToken);
        lock (gate)
        {
            ticket = joined.Ticket ?? ticket;
            foreach (var entry in joined.Entries) log[entry.Seq] = entry;
            seq = Math.Max(seq, joined.Seq);
        }
        return hub;
    }

    private async Task Move(HubConnection from, Moving moving)
    {
        await Task.Delay(moving.After, TestContext.Current.CancellationToken);
        while (!ended)
        {
            try
            {
                var to = await Open(moving.To is { } address ? new Uri(address) : site);
                lock (gate)
                {
                    (line, MovedTo) = (to, moving.To);
                    Moves++;
                }
                // What is under way on the first is still answered there.
                await Task.Delay(300);
                await from.DisposeAsync();
                return;
            }
            catch (Exception refused) when (refused is HttpRequestException or System.Net.WebSockets.WebSocketException or HubException or IOException)
            {
                await Task.Delay(200);
            }
        }
    }

    private void Receive(Frame frame)
    {
        lock (gate)
        {
            if (frame.Prev > seq && log.Count > 0) Gaps++;
            foreach (var entry in frame.Entries) log[entry.Seq] = entry;
            seq = Math.Max(seq, frame.Seq);
        }
    }
}
