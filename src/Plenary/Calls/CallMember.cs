using Plenary.Platform.Access;
using Plenary.Platform.Live;
using Plenary.Rooms;

namespace Plenary.Calls;

/// <summary>A connection that may be in a call, whoever said so.</summary>
internal abstract class CallMember(Guid call, Lane lane, Guid person)
{
    public Guid Call => call;

    public Lane Lane => lane;

    public Guid Person => person;

    /// <summary>As the others see it.</summary>
    public abstract string Name { get; }

    public abstract string Role { get; }

    /// <summary>The connection is lost, or may not be here any more.</summary>
    public abstract bool Gone { get; }

    /// <summary>It has a peer in the call.</summary>
    public bool IsInCall { get; set; }

    /// <summary>What it may do is another, or it is gone. Whoever listens does its work later, on a thread of its own.</summary>
    public event Action<CallMember>? Changed;

    /// <summary>What it may do now, asked where that is kept; its name and role may be others afterwards. Null: nothing, and it must not be in the call.</summary>
    public abstract ValueTask<CallRight?> Ask(CancellationToken cancellation);

    protected void TellChanged() => Changed?.Invoke(this);
}

/// <summary>A member of the room whose call it is.</summary>
internal sealed class RoomCallMember : CallMember
{
    private readonly CallRights rights;

    public RoomCallMember(RoomMember member, CallRights rights) : base(member.Pass.Room.Id, member.Lane, member.Pass.Person)
    {
        (Member, this.rights) = (member, rights);
        member.Changed += _ => TellChanged();
    }

    public RoomMember Member { get; }

    public override string Name => Member.Pass.Name;

    public override string Role => Member.Pass.Role;

    public override bool Gone => Member.Gone;

    public override async ValueTask<CallRight?> Ask(CancellationToken cancellation) => await rights.Of(Member.Pass, cancellation);
}

/// <summary>Somebody whom a door of a slice above lets in.</summary>
internal sealed class DoorCallMember(Guid call, Lane lane, Viewer viewer, CallRights rights) : CallMember(call, lane, viewer.RequirePerson())
{
    private volatile CallPass? pass;
    private volatile bool gone;

    public override string Name => pass?.Name ?? "";

    public override string Role => pass?.Role ?? "";

    public override bool Gone => gone;

    public override async ValueTask<CallRight?> Ask(CancellationToken cancellation)
    {
        if (await rights.PassOf(viewer, Call, cancellation) is not { } given) return null;
        pass = given;
        return given.Right;
    }

    /// <summary>Its connection is lost.</summary>
    public void Go()
    {
        gone = true;
        TellChanged();
    }
}
