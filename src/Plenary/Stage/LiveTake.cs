using System.Buffers;
using System.Threading.Channels;
using Plenary.Platform;
using Plenary.Stage.Media;

namespace Plenary.Stage;

/// <summary>
/// A take while it is recorded. What the host sends is first on disk, then acknowledged; from the file it goes, at its own speed, through
/// ffmpeg or as it is, to the audience. So a slow or failing conversion never holds up the upload.
/// </summary>
internal sealed class LiveTake : IAsyncDisposable
{
    /// <summary>Time for ffmpeg to take some input, and to write its last output.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FileStream recording;
    private readonly TakeFiles files;
    private readonly SegmentJournal journal;
    private readonly Remuxer? remuxer;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Channel<bool> grown = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource<Refusal> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim turn = new(1);
    private readonly Task feeding, reading;
    private Hold? holder;
    private Task? closing;
    private long onDisk;
    private volatile bool complete, closed;

    private LiveTake(BroadcastTake row, TakeFiles files, MediaSettings settings, TimeProvider clock, ILogger log)
    {
        (Row, this.files, this.clock, this.log) = (row, files, clock, log);
        recording = new FileStream(files.Recording, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0, useAsync: true);
        journal = new SegmentJournal(files.Journal);
        Renditions = new Renditions(settings, files, files.Pace, clock, log);
        Stream = new LiveStream(files.Pace, clock) { InitDone = journal.Init, SegmentDone = journal.Add, PieceDone = piece => Renditions.Take(Stream!, piece) };
        LastByteAt = clock.GetUtcNow();
        if (settings.Ffmpeg is { } ffmpeg) remuxer = Remuxer.Live(ffmpeg, row.Container, files.Log);
        reading = remuxer is null ? Task.CompletedTask : ReadAsync(remuxer, files.Media);
        feeding = FeedAsync(files.Recording);
    }

    public BroadcastTake Row { get; }

    public TakeFiles Files => files;

    /// <summary>What the audience gets.</summary>
    public LiveStream Stream { get; }

    /// <summary>The same smaller, and as sound alone.</summary>
    public Renditions Renditions { get; }

    /// <summary>Bytes that will survive a power cut.</summary>
    public long OnDisk => Volatile.Read(ref onDisk);

    public DateTimeOffset LastByteAt { get; private set; }

    /// <summary>Since when no socket holds the take; null while one does.</summary>
    public DateTimeOffset? LooseSince { get; private set; }

    /// <summary>Why it cannot go on, once it cannot.</summary>
    public Task<Refusal> Failed => failed.Task;

    /// <summary>Begins the files of a take. Refused: storage-failed.</summary>
    public static LiveTake Open(BroadcastTake row, MediaSettings settings, TimeProvider clock, ILogger log)
    {
        var files = TakeFiles.Of(settings, row) with { IsRemuxed = settings.Ffmpeg is not null };
        try
        {
            Directory.CreateDirectory(files.Folder);
            return new LiveTake(row, files, settings, clock, log);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogError(error, "Take {Take} of broadcast {Broadcast} cannot be stored", row.Number, row.BroadcastId);
            throw StageRefusals.StorageFailed.AsException();
        }
    }

    /// <summary>Makes the caller the one who uploads; whoever did so before is told and lets go first. Refused: new-take, when it is closed.</summary>
    public async Task<Hold> HoldAsync(CancellationToken cancellation)
    {
        var mine = new Hold(this);
        Interlocked.Exchange(ref holder, mine)?.Dismiss(StageRefusals.TakenOver);
        if (closed || !await turn.WaitAsync(Patience, cancellation)) StageRefusals.NewTake.Throw();
        LooseSince = null;
        return mine;
    }

    /// <summary>Stores the next bytes and returns when they are on the disk. Refused: storage-failed, upload-too-large.</summary>
    public async Task AppendAsync(ReadOnlySequence<byte> bytes, MediaSettings limits)
    {
        if (onDisk + bytes.Length > limits.LargestTake) StageRefusals.TooLarge.Throw();
        try
        {
            foreach (var piece in bytes) await recording.WriteAsync(piece);
            recording.Flush(flushToDisk: true);
        }
        catch (IOException error)
        {
            log.LogError(error, "Take {Take} of broadcast {Broadcast} cannot be stored", Row.Number, Row.BroadcastId);
            Fail(StageRefusals.StorageFailed);
            throw StageRefusals.StorageFailed.AsException();
        }
        Volatile.Write(ref onDisk, onDisk + bytes.Length);
        LastByteAt = clock.GetUtcNow();
        StageMetrics.Stored.Add(bytes.Length);
        grown.Writer.TryWrite(true);
    }

    /// <summary>The take is given up; what is on disk stays.</summary>
    public void Fail(Refusal why)
    {
        if (!failed.TrySetResult(why)) return;
        complete = true;
        grown.Writer.TryWrite(true);
        remuxer?.Kill();
    }

    /// <summary>Nothing more is uploaded: tells the uploader why, passes on what there is and closes the files. Harmless when repeated.</summary>
    public Task CloseAsync(Refusal why)
    {
        lock (grown) return closing ??= Close(why);
    }

    private async Task Close(Refusal why)
    {
        closed = true;
        await Task.Yield();
        Volatile.Read(ref holder)?.Dismiss(why);
        await turn.WaitAsync(Patience);
        complete = true;
        grown.Writer.TryWrite(true);
        await feeding;
        await reading;
        if (remuxer is not null && !await remuxer.EndAsync(Patience, clock)) Fail(StageRefusals.NewTake);
        Stream.End();
        await Renditions.DisposeAsync();
        if (!failed.Task.IsCompleted) journal.End();
        journal.Dispose();
        remuxer?.Dispose();
        await recording.DisposeAsync();
    }

    public ValueTask DisposeAsync() => new(CloseAsync(StageRefusals.NewTake));

    /// <summary>Follows the recording's file and passes it on.</summary>
    private async Task FeedAsync(string path)
    {
        await Task.Yield();
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, useAsync: true);
            var buffer = new byte[128 * 1024];
            var fed = 0L;
            while (true)
            {
                var known = OnDisk >= 8 || complete; // enough to see what it is
                var wanted = known ? (int)Math.Min(buffer.Length, OnDisk - fed) : 0;
                if (wanted == 0 && complete && fed == OnDisk) break;
                if (wanted == 0)
                {
                    await grown.Reader.ReadAsync();
                    continue;
                }
                await file.ReadExactlyAsync(buffer.AsMemory(0, wanted));
                if (fed == 0 && remuxer is not null && !BeginsAsItsTypeSays(buffer)) throw StageRefusals.Remux.AsException();
                if (remuxer is null) Stream.Push(buffer.AsSpan(0, wanted));
                else await remuxer.Input.WriteAsync(buffer.AsMemory(0, wanted)).AsTask().WaitAsync(Patience, clock);
                fed += wanted;
            }
        }
        catch (Exception error)
        {
            GiveUp(error);
        }
        try { remuxer?.Input.Close(); }
        catch (IOException) { } // It had closed its end already.
    }

    /// <summary>Takes what ffmpeg makes: to the replay's file, and to the audience.</summary>
    private async Task ReadAsync(Remuxer from, string path)
    {
        await Task.Yield();
        try
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0, useAsync: true);
            var buffer = new byte[64 * 1024];
            for (int read; (read = await from.Output.ReadAsync(buffer)) > 0;)
            {
                await file.WriteAsync(buffer.AsMemory(0, read));
                Stream.Push(buffer.AsSpan(0, read));
            }
            // The end of its output is the end of ffmpeg: as asked, or because it could not go on.
            if (!complete) Fail(Stream.Init is null ? StageRefusals.Remux : StageRefusals.NewTake);
        }
        catch (Exception error)
        {
            GiveUp(error);
        }
    }

    /// <summary>The first bytes of MP4, FLV or EBML: ffmpeg would make something of nearly anything.</summary>
    private bool BeginsAsItsTypeSays(ReadOnlySpan<byte> head) => files.Extension switch
    {
        "mp4" => head.Slice(4, 4).SequenceEqual("ftyp"u8),
        "flv" => head[..3].SequenceEqual("FLV"u8),
        _ => head[..4].SequenceEqual(new byte[] { 0x1a, 0x45, 0xdf, 0xa3 }),
    };

    private void GiveUp(Exception error)
    {
        if (error is RefusalException refused)
        {
            Fail(refused.Refusal);
            return;
        }
        if (!failed.Task.IsCompleted && !complete) log.LogWarning(error, "Take {Take} of broadcast {Broadcast} cannot go on", Row.Number, Row.BroadcastId);
        Fail(StageRefusals.NewTake);
    }

    /// <summary>The right to upload a take, of one socket at a time.</summary>
    internal sealed class Hold(LiveTake take) : IDisposable
    {
        private readonly TaskCompletionSource<Refusal> dismissed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int released;

        /// <summary>Completes with the reason when the holder must let go.</summary>
        public Task<Refusal> Dismissed => dismissed.Task;

        public void Dismiss(Refusal why) => dismissed.TrySetResult(why);

        /// <summary>Lets the next one upload.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) != 0) return;
            take.LooseSince = take.clock.GetUtcNow();
            take.turn.Release();
        }
    }
}
