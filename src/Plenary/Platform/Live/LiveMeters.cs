using System.Diagnostics.Metrics;
using Plenary.Platform.Telemetry;

namespace Plenary.Platform.Live;

/// <summary>What the live engine counts, on <see cref="PlenaryMeter"/>.</summary>
public sealed class LiveMeters
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(500);

    private static readonly KeyValuePair<string, object?> Timely = new("late", "false"), Tardy = new("late", "true");

    private readonly Counter<long> joins;
    private readonly Counter<long> resyncs;
    private readonly Counter<long> frames;
    private readonly Counter<long> deliveries;
    private readonly Counter<long> entries;
    private readonly Counter<long> refused;
    private readonly Counter<long> unkept;
    private readonly Counter<long> ticks;
    private readonly Histogram<double> commit;
    private readonly UpDownCounter<long> members;
    private readonly UpDownCounter<long> rooms;

    public LiveMeters()
    {
        var meter = PlenaryMeter.Meter;
        joins = meter.CreateCounter<long>("plenary.live.joins", description: "Joins of rooms, resyncs included");
        resyncs = meter.CreateCounter<long>("plenary.live.resyncs", description: "Joins that asked for what was missed; tag replayed tells whether it could be had");
        frames = meter.CreateCounter<long>("plenary.live.frames", description: "Frames made for this process's members of a room");
        deliveries = meter.CreateCounter<long>("plenary.live.deliveries", description: "Frames written to connections");
        entries = meter.CreateCounter<long>("plenary.live.entries", description: "Rows committed by the live commit log");
        refused = meter.CreateCounter<long>("plenary.live.refused", description: "Posts refused, by code");
        unkept = meter.CreateCounter<long>("plenary.live.commit.failures", "{batch}", "Batches that the database did not keep");
        ticks = meter.CreateCounter<long>("plenary.live.ticks", "{turn}", "Turns of rooms, by whether they ended within half a second of when they were due");
        commit = PlenaryMeter.Seconds("plenary.live.commit.duration", "From handing a batch over until it is durable");
        members = meter.CreateUpDownCounter<long>("plenary.live.members", description: "Connections in rooms: one counts once for each room it is in");
        rooms = meter.CreateUpDownCounter<long>("plenary.live.rooms", description: "Rooms that have members in this process");
    }

    public void Joined(bool resync, bool replayed)
    {
        joins.Add(1);
        if (resync) resyncs.Add(1, new KeyValuePair<string, object?>("replayed", replayed));
    }

    public void Framed(int receivers)
    {
        frames.Add(1);
        deliveries.Add(receivers);
    }

    public void Committed(int rows, TimeSpan took)
    {
        entries.Add(rows);
        commit.Record(took.TotalSeconds);
    }

    public void NotCommitted() => unkept.Add(1);

    /// <summary>A room had a turn.</summary>
    /// <param name="behind">How long after it was due it was over: everything kept that waited, everything sent.</param>
    public void Ticked(TimeSpan behind) => ticks.Add(1, behind > Late ? Tardy : Timely);

    public void Refused(string code) => refused.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Members(int change) => members.Add(change);

    public void Rooms(int change) => rooms.Add(change);
}
