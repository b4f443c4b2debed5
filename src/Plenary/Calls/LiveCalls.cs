using Plenary.Platform;

namespace Plenary.Calls;

/// <summary>The calls, for the slices above. A call has the id of its room, or of what else it is the call of.</summary>
public sealed class LiveCalls(IGrainFactory grains, ICallEngine engine)
{
    /// <summary>So many people may watch and listen to a call, beside those who are in it to be seen and heard; 0 when calls are only for those.</summary>
    public int Audience => engine.Audience;

    /// <summary>Who is in the call now, over all processes, in the order they came.</summary>
    public Task<CallPeer[]> Peers(Guid room) => Call(room).Peers();

    /// <summary>
    /// What a person may do in the call has changed: every process that has them asks the rules, or the door, again; whom the door does not let in any more is out. It is enforced when this returns; a process that hangs is not
    /// waited for longer than two seconds, and does it when it comes back.
    /// </summary>
    public Task Reconsider(Guid room, Guid person) => Call(room).Reconsider(person);

    /// <summary>Takes a person out of the call. They may come in again unless a <see cref="CallRule"/> or the door says otherwise, so change that first.</summary>
    /// <param name="room">The call.</param>
    /// <param name="person">Who; all their windows.</param>
    /// <param name="why">What their browser is told; by default <see cref="CallRefusals.Removed"/>.</param>
    public Task Kick(Guid room, Guid person, Refusal? why = null)
    {
        var (code, message) = ((why ?? CallRefusals.Removed).Code, (why ?? CallRefusals.Removed).Message);
        return Call(room).End(person, code, message);
    }

    /// <summary>Ends the call for everybody.</summary>
    public Task End(Guid room, Refusal why) => Call(room).End(null, why.Code, why.Message);

    private ICallGrain Call(Guid room) => grains.GetGrain<ICallGrain>(room);
}
