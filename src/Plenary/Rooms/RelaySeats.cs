using Orleans.Runtime;

namespace Plenary.Rooms;

/// <summary>The relays that listen to a room, and what their members do: presence, watching, reactions and captions, summed over processes.</summary>
internal sealed class RelaySeats(IClusterMembershipService membership, TimeProvider clock)
{
    /// <summary>A relay that was not heard for this long is gone, and its members with it: three of its beats.</summary>
    private static readonly TimeSpan Patience = 3 * RoomRelay.Beat;

    /// <summary>An answer of a relay is waited for this long.</summary>
    private static readonly TimeSpan Attention = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Seated> seats = [];
    /// <summary>Lines of captions between two ticks; what is more would be read by nobody.</summary>
    private const int MostCaptions = 32;

    private Dictionary<string, int> reactions = [];
    private List<Caption> captions = [];
    private MembershipVersion seen;

    /// <summary>There are reactions or captions to tell.</summary>
    public bool HasNews => reactions.Count > 0 || captions.Count > 0;

    /// <summary>Who is here has changed since it was told.</summary>
    public bool AudienceChanged { get; private set; }

    /// <summary>Members of all relays.</summary>
    public int Connections => seats.Values.Sum(seat => Math.Max(seat.Report.Connections, seat.Report.Present));

    /// <summary>How long the slowest relay took to write its latest frame to its last member.</summary>
    public TimeSpan Lag => TimeSpan.FromMilliseconds(seats.Values.Select(seat => seat.Report.LagMs).DefaultIfEmpty().Max());

    /// <summary>True when the relay had no seat.</summary>
    public bool Seat(IRoomObserver observer, RelayReport report)
    {
        var before = Audience();
        var isNew = !seats.ContainsKey(report.Relay);
        seats[report.Relay] = new(observer, report, clock.GetTimestamp());
        seen = default; // a process that does not know yet that it was declared dead may ask, too
        DropLost();
        foreach (var (name, seat) in seats)
            if (clock.GetElapsedTime(seat.HeardAt) > Patience) seats.Remove(name);
        AudienceChanged |= Audience() != before;
        return isNew;
    }

    public void Leave(string relay)
    {
        if (seats.Remove(relay, out var seat)) AudienceChanged |= seat.Report.Present > 0;
    }

    /// <summary>False when the relay has no seat.</summary>
    public bool Hear(RelayReport report)
    {
        if (!seats.TryGetValue(report.Relay, out var seat)) return false;
        foreach (var (kind, count) in report.Reactions ?? []) reactions[kind] = reactions.GetValueOrDefault(kind) + count;
        var before = seat.Report;
        AudienceChanged |= report.Joined || (report.Present, report.Watching, report.LatencyMs) != (before.Present, before.Watching, before.LatencyMs);
        seats[report.Relay] = seat with { Report = report with { Reactions = null, Joined = false }, HeardAt = clock.GetTimestamp() };
        return true;
    }

    /// <summary>Keeps a caption for the next frame, in place of what its line said before.</summary>
    public void Caption(Caption caption)
    {
        var before = captions.FindIndex(c => c.Id == caption.Id);
        if (before >= 0)
        {
            // What is final was read again by its author; a late guess must not take its place.
            if (caption.Final || !captions[before].Final) captions[before] = caption;
        }
        else if (captions.Count < MostCaptions) captions.Add(caption);
    }

    public Audience Audience()
    {
        var (present, watching) = (0, 0);
        foreach (var seat in seats.Values)
        {
            present += seat.Report.Present;
            watching += seat.Report.Watching;
        }
        // The median of the relays' medians, each as heavy as its players.
        var (latency, half) = ((int?)null, 0);
        foreach (var seat in seats.Values.Where(s => s.Report.LatencyMs is not null).OrderBy(s => s.Report.LatencyMs))
        {
            latency = seat.Report.LatencyMs;
            half += seat.Report.Watching;
            if (2 * half >= watching) break;
        }
        return new(present, watching, latency);
    }

    /// <summary>One frame for all relays: the entries, and the news since the last one.</summary>
    public void Send(Guid room, long prev, long seq, Entry[] entries)
    {
        DropLost();
        var audience = AudienceChanged ? Audience() : null;
        var frame = new Frame(room, prev, seq, entries, reactions.Count > 0 ? reactions : null, audience?.Present, audience?.Watching, audience?.LatencyMs,
            Captions: captions.Count > 0 ? [.. captions] : null);
        (reactions, captions, AudienceChanged) = ([], [], false);
        Tell(relay => relay.OnFrame(frame));
    }

    /// <summary>A relay that does not hear it finds the gap by the numbers, or by its beat.</summary>
    public void Tell(Func<IRoomObserver, Task> word)
    {
        foreach (var seat in seats.Values) word(seat.Observer).Ignore();
    }

    /// <summary>Which of these people are with any relay; null when one did not answer.</summary>
    public async Task<Guid[]?> Here(Guid[] people)
    {
        DropLost();
        try
        {
            var found = await Task.WhenAll(seats.Values.Select(seat => seat.Observer.OnHere(people).WaitAsync(Attention, clock)));
            return [.. found.SelectMany(f => f).Distinct()];
        }
#pragma warning disable CA1031 // A process that hangs, or is lost and not known to be: whoever asks knows that it does not know.
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }

    /// <summary>What a process that was declared dead had is gone with it; and a word to it would be tried for seconds.</summary>
    private void DropLost()
    {
        var snapshot = membership.CurrentSnapshot;
        if (snapshot.Version == seen) return;
        seen = snapshot.Version;
        foreach (var member in snapshot.Members.Values)
            if (member.Status is SiloStatus.Dead) Leave(member.SiloAddress.ToString());
    }

    private sealed record Seated(IRoomObserver Observer, RelayReport Report, long HeardAt);
}
