namespace Plenary.Platform.Live;

/// <summary>
/// The lanes of one room in this process. What is sent to it reaches every lane that was in it, in the order of the calls; the sending itself
/// is the <see cref="Fanout"/>'s.
/// </summary>
public sealed class Crowd
{
    private readonly Row[] rows;
    private readonly TimeProvider clock;
    private long lag;

    internal Crowd(Fanout fanout, TimeProvider clock, ILogger logger)
    {
        this.clock = clock;
        rows = [.. fanout.Workers.Select(worker => new Row(this, worker, logger))];
    }

    public int Count => rows.Sum(row => row.Count);

    /// <summary>
    /// How long the latest frame took from <see cref="Send"/> until the last lane had it, or how long one that is still under way has taken.
    /// A room that sends more often than this only grows a queue.
    /// </summary>
    public TimeSpan Lag
    {
        get
        {
            var oldest = rows.Min(row => row.Oldest);
            var done = TimeSpan.FromTicks(Volatile.Read(ref lag));
            if (oldest == long.MaxValue) return done;
            var underWay = clock.GetElapsedTime(oldest);
            return underWay > done ? underWay : done;
        }
    }

    /// <summary>From now on the lane gets every frame; it may get some that were sent just before. Again is harmless.</summary>
    public void Add(Lane lane) => rows[lane.Worker].Add(lane);

    /// <summary>False when it was not in. A frame that is being written to it at this moment still arrives; none after it.</summary>
    public bool Remove(Lane lane) => rows[lane.Worker].Remove(lane);

    /// <summary>Returns at once. Calls must not overlap when their order matters.</summary>
    /// <param name="frame">For every lane.</param>
    /// <param name="kind">What may become of it.</param>
    /// <param name="also">What single lanes get right after it.</param>
    public void Send(SharedFrame frame, FrameClass kind, IReadOnlyList<(Lane Lane, SharedFrame Frame)>? also = null)
    {
        var sending = new Sending(this, frame, kind, clock.GetTimestamp(), rows.Length) { Also = also ?? [] };
        foreach (var row in rows) row.Send(sending);
    }

    /// <summary>The row that serves a lane.</summary>
    internal Row RowOf(Lane lane) => rows[lane.Worker];

    /// <summary>A frame on its way to the rows of a crowd.</summary>
    internal sealed class Sending(Crowd crowd, SharedFrame frame, FrameClass kind, long since, int rows)
    {
        private int rows = rows;
        private int reached;

        public SharedFrame Frame => frame;

        public FrameClass Kind => kind;

        public required IReadOnlyList<(Lane Lane, SharedFrame Frame)> Also { get; init; }

        /// <summary>When it was sent: a timestamp of the clock.</summary>
        public long Since => since;

        /// <summary>So many lanes more have it.</summary>
        public void Reached(int lanes) => Interlocked.Add(ref reached, lanes);

        /// <summary>One row more has it.</summary>
        public void Done()
        {
            if (Interlocked.Decrement(ref rows) != 0) return;
            var took = crowd.clock.GetElapsedTime(since);
            Volatile.Write(ref crowd.lag, took.Ticks);
            if (Volatile.Read(ref reached) == 0) return;
            DeliveryMeters.Lag.Record(took.TotalSeconds);
            DeliveryMeters.Bytes.Add((long)frame.Size * reached);
        }
    }
}
