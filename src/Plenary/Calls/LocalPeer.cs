using Plenary.Platform.Live;
using Plenary.Rooms;

namespace Plenary.Calls;

/// <summary>A peer whose connection is, or lately was, to this process.</summary>
internal sealed class LocalPeer(Guid id, RoomMember member, CallPeer state)
{
    public Guid Id { get; } = id;

    /// <summary>The connection; another one after the client came back.</summary>
    public RoomMember Member { get; set; } = member;

    /// <summary>What the grain was told of it last.</summary>
    public CallPeer State { get; set; } = state;

    /// <summary>What the engine has for it.</summary>
    public ICallSeat? Seat { get; set; }

    /// <summary>The place at which it has the seat.</summary>
    public string? Place { get; set; }

    /// <summary>A seat from before a move, until the client has let go of it.</summary>
    public ICallSeat? Former { get; set; }

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

    public void Tell(string method, object message)
    {
        if (!Away) Member.Lane.Send(new SharedFrame(method, message));
    }
}
