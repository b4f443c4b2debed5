using Plenary.Platform.Access;
using Plenary.Rooms;

namespace Plenary.Calls;

/// <summary>What somebody may do in the call of a room they are in.</summary>
/// <param name="MayPublish">Be seen and heard.</param>
/// <param name="Silenced">May be seen, but nobody may hear them.</param>
public readonly record struct CallRight(bool MayPublish, bool Silenced = false);

/// <summary>
/// A slice above says what members of a room may do in its call, from what it keeps; null when it has nothing to say about this room. Register it as a
/// singleton. When its answer for somebody changes, call <see cref="LiveCalls.Reconsider"/>.
/// </summary>
public delegate ValueTask<CallRight?> CallRule(RoomPass pass, CancellationToken cancellation);

/// <summary>Asks the rules, and the doors of calls that belong to no room.</summary>
internal sealed class CallRights(IEnumerable<CallRule> rules, IEnumerable<ICallDoor> doors, TimeProvider clock)
{
    private readonly CallRule[] rules = [.. rules];
    private readonly ICallDoor[] doors = [.. doors];

    /// <summary>What a member of the room may do; without a rule that knows better, the kind of the room decides. Who is muted there nobody hears, whatever the rules say.</summary>
    public async ValueTask<CallRight> Of(RoomPass pass, CancellationToken cancellation)
    {
        var right = await Ruled(pass, cancellation);
        return pass.IsMuted(clock) ? right with { Silenced = true } : right;
    }

    private async ValueTask<CallRight> Ruled(RoomPass pass, CancellationToken cancellation)
    {
        foreach (var rule in rules)
            if (await rule(pass, cancellation) is { } right) return right;
        return new(pass.MayPublish || pass.Room.Kind == RoomKind.Networking);
    }

    /// <summary>What the doors say of a call that belongs to no room: the first that knows it, or null.</summary>
    public async ValueTask<CallPass?> PassOf(Viewer viewer, Guid call, CancellationToken cancellation)
    {
        foreach (var door in doors)
            if (await door.PassOf(viewer, call, cancellation) is { } pass) return pass;
        return null;
    }
}
