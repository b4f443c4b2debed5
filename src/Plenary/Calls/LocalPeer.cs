using Plenary.Platform.Live;

namespace Plenary.Calls;

/// <summary>A peer whose connection is, or lately was, to this process.</summary>
internal sealed class LocalPeer(Guid id, CallMember member, CallPeer state)
{
    /// <summary>A seat that was left for another place is kept this long for a client that does not say when it is over.</summary>
    private static readonly TimeSpan MoveAtMost = TimeSpan.FromSeconds(20);

    public Guid Id { get; } = id;

    /// <summary>The connection; another one after the client came back.</summary>
    public CallMember Member { get; set; } = member;

    /// <summary>What the grain was told of it last.</summary>
    public CallPeer State { get; set; } = state;

    /// <summary>What the engine has for it.</summary>
    public ICallSeat? Seat { get; set; }

    /// <summary>The place at which it has the seat.</summary>
    public string? Place { get; private set; }

    /// <summary>A seat from before a move, until the client has let go of it.</summary>
    public ICallSeat? Former { get; private set; }

    /// <summary>The seat is of no use any more: with the next entering comes another.</summary>
    public bool Stale { get; set; }

    /// <summary>It is in the call: the grain knows it.</summary>
    public bool Entered { get; set; }

    /// <summary>The connection is lost; the seat is kept for a while.</summary>
    public bool Away { get; set; }

    /// <summary>Since when: a timestamp of the clock.</summary>
    public long AwaySince { get; set; }

    /// <summary>It has left; whatever is still under way for it comes to nothing.</summary>
    public bool Gone { get; set; }

    /// <summary>What is done for a peer is done one after another.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Does something when everything before it is done.</summary>
    public async Task InTurn(Func<Task> act)
    {
        await Turn.WaitAsync();
        try
        {
            await act();
        }
        finally
        {
            Turn.Release();
        }
    }

    public void Tell(string method, object message)
    {
        if (!Away) Member.Lane.Send(new SharedFrame(method, message));
    }

    /// <summary>Gives it a seat unless it has one that is still good. The former one is kept until the client has moved.</summary>
    public async Task Sit(RelayedCall call, ICallEngine engine, string? place, TimeProvider clock, CancellationToken cancellation)
    {
        if (Seat is not null && !Stale && Place == place)
        {
            await Seat.Changed(cancellation);
            return;
        }
        await Rest();
        (Former, Seat, Stale) = (Seat, null, false);
        Seat = await engine.Enter(new(this, call, place), cancellation);
        Place = place;
        if (Former is { } former) _ = RestLater(former, clock);
    }

    /// <summary>Ends the seat from before a move.</summary>
    public async Task Rest()
    {
        if (Former is not { } former) return;
        Former = null;
        await former.DisposeAsync();
    }

    private async Task RestLater(ICallSeat former, TimeProvider clock)
    {
        await Task.Delay(MoveAtMost, clock);
        await InTurn(() => Former == former ? Rest() : Task.CompletedTask);
    }
}
