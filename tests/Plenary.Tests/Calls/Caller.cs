using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Plenary.Calls;
using Plenary.Tests.Support;

namespace Plenary.Tests.Calls;

/// <summary>Somebody in a call, without a camera: what its browser would be told, in the order in which it came.</summary>
public sealed class Caller : IAsyncDisposable
{
    /// <summary>A description whose author only listens, and one whose author sends.</summary>
    public const string Listens = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=recvonly\r\n";

    public const string Sends = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=recvonly\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=sendrecv\r\n";

    private readonly List<object> heard = [];
    private readonly List<(Func<bool> Holds, TaskCompletionSource Met)> hopes = [];

    public Caller(LiveClient live)
    {
        Live = live;
        live.Hub.On<CallPeers>("CallPeers", Note);
        live.Hub.On<CallSignal>("CallSignal", Note);
        live.Hub.On<CallEnded>("CallEnded", Note);
        live.Hub.On<CallMove>("CallMove", Note);
        live.Hub.On<CallSpeaking>("CallSpeaking", Note);
    }

    public LiveClient Live { get; }

    public Guid Peer { get; set; } = Guid.CreateVersion7();

    /// <summary>The room's own, unless it is the call of something else.</summary>
    public Guid Call { get => field == Guid.Empty ? Live.Room : field; init; }

    /// <summary>The newest list it was told.</summary>
    public CallPeers? List { get; private set; }

    public IEnumerable<PeerInCall> Peers => List?.Peers ?? [];

    public IReadOnlyList<CallSignal> Signals => Heard<CallSignal>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IReadOnlyList<T> Heard<T>()
    {
        lock (heard) return [.. heard.OfType<T>()];
    }

    /// <summary>Forgets which peer it was, as a page that is loaded anew.</summary>
    public Caller Anew()
    {
        Peer = Guid.CreateVersion7();
        return this;
    }

    public async Task<Entered> Enter(bool publish = true, Guid? previous = null)
    {
        var entered = await Live.Hub.InvokeAsync<Entered>("EnterCall", new EnterCallRequest(Call.ToString(), Peer.ToString(), publish, previous?.ToString()), Cancellation);
        Note(new CallPeers(entered.Room, entered.Version, entered.Peers));
        return entered;
    }

    /// <summary>Enters as a browser does: what is no refusal is tried again.</summary>
    public async Task<Entered> UntilEntered()
    {
        while (true)
        {
            try
            {
                return await Enter();
            }
            catch (Microsoft.AspNetCore.SignalR.HubException error) when (!error.Message.Contains('{', StringComparison.Ordinal))
            {
                await Task.Delay(100, Cancellation);
            }
        }
    }

    public Task Say(Guid? to, string kind, object data) => SayText(to, kind, JsonSerializer.Serialize(data));

    public Task SayText(Guid? to, string? kind, string? data) =>
        Live.Hub.InvokeAsync("SignalCall", new SignalCallRequest(Call.ToString(), to?.ToString(), kind, data), Cancellation);

    public Task Offer(Guid to, string sdp = Sends) => Say(to, "offer", new { sdp });

    public Task Tracks(params CallTrack[] tracks) => Say(null, "tracks", new { tracks = tracks.Select(t => new { id = t.Id, kind = t.Kind, muted = t.Muted }) });

    public Task Leave() => Live.Hub.InvokeAsync("LeaveCall", Call.ToString(), Cancellation);

    public bool Sees(Caller other) => Peers.Any(p => p.Peer == other.Peer);

    /// <summary>Returns when this holds; looks after everything that arrives.</summary>
    public async Task Until(Func<bool> holds, string what, double seconds = 90)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (heard)
        {
            if (holds()) return;
            hopes.Add((holds, met));
        }
        try
        {
            await met.Task.WaitAsync(TimeSpan.FromSeconds(seconds), Cancellation);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"waited in vain: {what}; sees {string.Join(", ", Peers.Select(p => p.Name))}; heard {string.Join(", ", Heard<object>().Select(h => h.GetType().Name))}");
        }
    }

    public ValueTask DisposeAsync() => Live.DisposeAsync();

    private void Note(object message)
    {
        lock (heard)
        {
            heard.Add(message);
            if (message is CallPeers list && list.Version >= (List?.Version ?? 0)) List = list;
            foreach (var (_, met) in hopes.Where(h => h.Holds()).ToList()) met.TrySetResult();
            hopes.RemoveAll(h => h.Met.Task.IsCompleted);
        }
    }
}
