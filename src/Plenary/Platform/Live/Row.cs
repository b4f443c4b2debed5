namespace Plenary.Platform.Live;

/// <summary>
/// The part of a crowd that one worker serves. Lanes sit in blocks that never move while somebody sits in them, so that the worker reads them without a
/// lock while people come and go; an empty seat is a null. A turn of the worker is one block.
/// </summary>
internal sealed class Row(Crowd crowd, FanoutWorker worker, ILogger logger)
{
    private const int Block = 128;

    /// <summary>Frames that may wait before those that may be lost are.</summary>
    private const int Crowded = 16;

    /// <summary>Frames that may wait before all but the newest are dropped: readers then ask for what they lack.</summary>
    private const int Full = 1_024;

    private readonly Lock gate = new();
    private readonly Dictionary<Lane, int> seats = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<int> free = new();
    private readonly Queue<Crowd.Sending> waiting = new();
    private Lane?[][] blocks = [];
    private int end;
    private int served;
    private int serving;
    private int first;
    private bool scheduled;
    private long oldest = long.MaxValue;

    public int Count
    {
        get { lock (gate) return seats.Count; }
    }

    /// <summary>When the oldest frame that not all have was sent; the largest number when there is none.</summary>
    public long Oldest => Volatile.Read(ref oldest);

    public void Add(Lane lane)
    {
        lock (gate)
        {
            if (seats.ContainsKey(lane)) return;
            if (!free.TryPop(out var seat)) seat = end++;
            if (seat / Block == blocks.Length) blocks = [.. blocks, new Lane?[Block]];
            seats.Add(lane, seat);
            Volatile.Write(ref blocks[seat / Block][seat % Block], lane);
        }
    }

    public bool Remove(Lane lane)
    {
        lock (gate)
        {
            if (!seats.Remove(lane, out var seat)) return false;
            Volatile.Write(ref blocks[seat / Block][seat % Block], null);
            free.Push(seat);
            if (!scheduled && end > Block && end > 4 * seats.Count) CloseUp();
            return true;
        }
    }

    public void Send(Crowd.Sending sending)
    {
        lock (gate)
        {
            if (seats.Count == 0 && waiting.Count == 0 || sending.Kind == FrameClass.Ephemeral && waiting.Count > Crowded)
            {
                sending.Done();
                return;
            }
            if (waiting.Count >= Full) DropAllButTheFirst();
            waiting.Enqueue(sending);
            if (waiting.Count == 1) Volatile.Write(ref oldest, sending.Since);
            if (scheduled) return;
            scheduled = true;
        }
        worker.Schedule(this);
    }

    /// <summary>Sends the oldest frame to one block; true when there is more to do.</summary>
    public bool Serve()
    {
        Crowd.Sending sending;
        Lane?[] block;
        lock (gate)
        {
            sending = waiting.Peek();
            if (served == 0)
            {
                serving = blocks.Length;
                first++;
            }
            block = serving == 0 ? [] : blocks[(first + served) % serving];
        }
        try
        {
            var reached = 0;
            for (var i = 0; i < block.Length; i++)
            {
                if (Volatile.Read(ref block[i]) is not { } lane) continue;
                lane.Send(sending.Frame, sending.Kind, crowd);
                reached++;
            }
            sending.Reached(reached);
            if (served + 1 >= serving)
                foreach (var (lane, frame) in sending.Also)
                    if (crowd.RowOf(lane) == this) lane.Send(frame);
        }
#pragma warning disable CA1031 // A frame that cannot be encoded must not end the thread that serves everyone.
        catch (Exception error)
        {
            logger.LogError(error, "A frame could not be sent");
        }
#pragma warning restore CA1031
        lock (gate)
        {
            if (++served < serving) return true;
            served = 0;
            waiting.Dequeue().Done();
            Volatile.Write(ref oldest, waiting.TryPeek(out var next) ? next.Since : long.MaxValue);
            return scheduled = waiting.Count > 0;
        }
    }

    /// <summary>The one that is being served some already have.</summary>
    private void DropAllButTheFirst()
    {
        var head = waiting.Dequeue();
        foreach (var dropped in waiting) dropped.Done();
        waiting.Clear();
        waiting.Enqueue(head);
    }

    private void CloseUp()
    {
        var lanes = seats.Keys.ToArray();
        (blocks, end) = (new Lane?[(lanes.Length + Block - 1) / Block][], 0);
        for (var i = 0; i < blocks.Length; i++) blocks[i] = new Lane?[Block];
        free.Clear();
        foreach (var lane in lanes)
        {
            blocks[end / Block][end % Block] = lane;
            seats[lane] = end++;
        }
        seats.TrimExcess();
    }
}
