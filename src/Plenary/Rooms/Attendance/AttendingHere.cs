using Microsoft.AspNetCore.SignalR;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Live;

namespace Plenary.Rooms.Attendance;

/// <summary>A connection through which a person is reached at an event.</summary>
internal sealed class Attendee(Lane lane, Viewer viewer, Guid @event)
{
    public Lane Lane => lane;

    /// <summary>Whose session it is, to decide again when rights change.</summary>
    public Viewer Viewer => viewer;

    public Guid Event => @event;

    public Guid Person { get; } = viewer.PersonId!.Value;

    /// <summary>It has left, or was taken out.</summary>
    public bool Gone { get; set; }
}

/// <summary>
/// What a slice above does about a person whose rights have changed, with what it holds of them in this process; another process does the same there. It is done when this returns. Register
/// any number; each is asked whatever the others did.
/// </summary>
public delegate Task WhenReconsidered(Guid person);

/// <summary>
/// Who can be reached through this process, by person and event. It is made of connections and ends with them: there is nothing here that
/// could be lost or outdated. <see cref="LivePeople"/> speaks to those of all processes.
/// </summary>
public sealed class AttendingHere
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, List<Attendee>> people = [];
    private readonly Reconsidered reconsidered;
    private readonly AttendanceCheck check;
    private readonly Lanes lanes;
    private readonly TimeProvider clock;

    private readonly Lazy<IEnumerable<WhenReconsidered>> above;

    /// <param name="check">Who is of an event.</param>
    /// <param name="lanes">The connections of this process.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="above">What the slices above do; asked for when it is first needed, because they are made of slices below.</param>
    internal AttendingHere(AttendanceCheck check, Lanes lanes, TimeProvider clock, Func<IEnumerable<WhenReconsidered>> above)
    {
        (this.check, this.lanes, this.clock, this.above) = (check, lanes, clock, new(above));
        reconsidered = new(clock);
    }

    /// <summary>From now on the connection is told what concerns its person at the event; again is harmless. Refused: not-found.</summary>
    /// <param name="viewer">Whose session the connection is of.</param>
    /// <param name="event">The event.</param>
    /// <param name="connectionId">A connection of this process.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    internal async Task<Attendee> Attend(Viewer viewer, Guid @event, string connectionId, CancellationToken cancellation)
    {
        var lane = lanes.Find(connectionId) ?? throw new HubException("The connection is closed.");
        var attendee = new Attendee(lane, viewer, @event);
        while (true)
        {
            var asked = clock.GetTimestamp();
            if (!await check.IsOf(viewer, @event, cancellation)) throw Refusal.NotFound.AsException();
            lock (gate)
            {
                if (reconsidered.Since(attendee.Person, asked)) continue; // what was found out may be over by now
                if (!people.TryGetValue(attendee.Person, out var theirs)) people.Add(attendee.Person, theirs = new(1));
                if (theirs.Find(a => a.Lane == lane && a.Event == @event) is { } already) return already;
                theirs.Add(attendee);
                return attendee;
            }
        }
    }

    /// <summary>False when it has left already.</summary>
    internal bool Leave(Attendee attendee)
    {
        lock (gate)
        {
            if (attendee.Gone || !people.TryGetValue(attendee.Person, out var theirs)) return false;
            attendee.Gone = true;
            if (theirs.Remove(attendee) && theirs.Count == 0) people.Remove(attendee.Person);
            return true;
        }
    }

    /// <summary>Tells each of these people their own; who is not here is passed over.</summary>
    internal void TellEach(Guid @event, string about, IReadOnlyList<Guid> whom, IReadOnlyList<string> data)
    {
        var telling = new List<(Lane Lane, SharedFrame Frame)>();
        lock (gate)
            for (var i = 0; i < whom.Count; i++)
                Add(telling, @event, whom[i], data[i], about);
        foreach (var (lane, frame) in telling) lane.Send(frame);

        void Add(List<(Lane, SharedFrame)> to, Guid of, Guid person, string said, string what)
        {
            if (!people.TryGetValue(person, out var theirs)) return;
            SharedFrame? frame = null;
            foreach (var attendee in theirs)
                if (attendee.Event == of) to.Add((attendee.Lane, frame ??= new("Told", new Told(null, what, said, of))));
        }
    }

    /// <summary>Tells all of these people the same.</summary>
    internal void TellAll(Guid @event, string about, IReadOnlyList<Guid> whom, string data)
    {
        var frame = new SharedFrame("Told", new Told(null, about, data, @event));
        var telling = new List<Lane>();
        lock (gate)
            foreach (var person in whom)
                if (people.TryGetValue(person, out var theirs))
                    foreach (var attendee in theirs)
                        if (attendee.Event == @event) telling.Add(attendee.Lane);
        foreach (var lane in telling) lane.Send(frame);
    }

    /// <summary>Those of these people who attend the event through this process.</summary>
    internal List<Guid> Of(Guid @event, IReadOnlyList<Guid> whom)
    {
        lock (gate) return [.. whom.Where(person => people.TryGetValue(person, out var theirs) && theirs.Exists(a => a.Event == @event))];
    }

    /// <summary>A right of this person has changed: looks again at all of their connections, tells those that are not of their event any more, and has the slices above look at what is theirs.</summary>
    internal async Task Reconsider(Guid person)
    {
        Attendee[] theirs;
        lock (gate)
        {
            reconsidered.Add(person);
            theirs = people.TryGetValue(person, out var found) ? [.. found] : [];
        }
        var still = await Task.WhenAll(theirs.Select(a => check.IsOf(a.Viewer, a.Event, CancellationToken.None)));
        foreach (var (attendee, stays) in theirs.Zip(still))
            if (!stays && Leave(attendee))
                attendee.Lane.Send(new("Unattended", new Unattended(attendee.Event, AttendanceRefusals.NoLongerOf.Code, AttendanceRefusals.NoLongerOf.Message)));
        await Task.WhenAll(above.Value.Select(look => look(person)));
    }
}
