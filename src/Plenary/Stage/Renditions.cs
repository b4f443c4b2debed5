using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Plenary.Stage.Media;

namespace Plenary.Stage;

/// <summary>
/// The ways in which the stream of a take can be had besides as it is: smaller pictures, encoded by ffmpeg when <c>Media:Ladder</c> says so,
/// and its sound alone. None of them can harm the stream itself: one that fails or falls behind is gone, and players take another.
/// </summary>
internal sealed class Renditions(MediaSettings settings, TakeFiles files, Pace pace, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    /// <summary>Name of the sound alone in paths.</summary>
    public const string Sound = "sound";

    /// <summary>Encoders of this process; each is a share of a core.</summary>
    private static int encoders;

    private readonly ConcurrentDictionary<string, LiveStream> streams = [];
    private readonly ConcurrentDictionary<string, Encoder> ladder = [];
    private readonly List<int> heights = []; // what was begun, whether or not it still runs
    private LiveStream? source;
    private SoundCut? cut;

    /// <summary>True when there is a choice of pictures.</summary>
    public bool HasLadder => heights.Count > 0;

    /// <summary>The stream of this name, or null.</summary>
    public LiveStream? Find(string name) => streams.GetValueOrDefault(name);

    /// <summary>The next piece of the stream. Called by its writer; never throws.</summary>
    public void Take(LiveStream from, Piece piece)
    {
        try
        {
            if (piece.Fragment is null) Begin(from, piece);
            else if (cut?.Cut(piece.Data) is { } sound) streams.GetValueOrDefault(Sound)?.Push(sound);
            foreach (var encoder in ladder.Values)
                if (!encoder.Feed(piece.Data)) Drop(encoder, "cannot keep up");
        }
        catch (Exception error)
        {
            log.LogWarning(error, "The sound alone of {Folder} take {Take} cannot be had", files.Folder, files.Number);
            cut = null;
            if (streams.TryRemove(Sound, out var broken)) broken.End();
        }
    }

    /// <summary>The master playlist: everything that can be had, the best first.</summary>
    /// <param name="isPlain">Without parts.</param>
    /// <param name="captions">The languages that there are captions in.</param>
    public byte[] Master(bool isPlain, IReadOnlyList<string> captions)
    {
        var list = isPlain ? "live.m3u8?plain" : "live.m3u8";
        var (picture, sound) = source?.Codecs ?? (null, null);
        var variants = new List<Variant> { new(list, Heaviest(source, 2_000_000), picture, sound) };
        lock (heights)
        {
            foreach (var height in heights.Where(h => streams.ContainsKey(Name(h))))
            {
                var stream = Find(Name(height));
                var guess = new Codec("avc1.4d401f", picture is null ? 0 : picture.Width * height / picture.Height / 2 * 2, height);
                variants.Add(new($"{Name(height)}/{list}", Heaviest(stream, Ladder.BitsPerSecond(height) * 1.2), stream?.Codecs.Picture ?? guess, sound));
            }
        }
        if (Find(Sound) is { } alone && sound is not null) variants.Add(new($"{Sound}/{list}", Heaviest(alone, 128_000), null, sound));
        return Encoding.UTF8.GetBytes(MasterPlaylist.Write(variants, captions));

        static double Heaviest(LiveStream? stream, double guess) => stream is { Peak: > 0 } known ? known.Peak * 1.1 : guess;
    }

    /// <summary>Nothing more comes.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var encoder in ladder.Values) encoder.Complete();
        foreach (var encoder in ladder.Values) await encoder.Ended;
        foreach (var stream in streams.Values) stream.End();
    }

    private void Begin(LiveStream from, Piece init)
    {
        source = from;
        if (from.Codecs.Picture is { Height: > 0 } picture && settings.Ffmpeg is { } ffmpeg && files.IsRemuxed)
        {
            foreach (var height in settings.Ladder.Of(picture.Height, Volatile.Read(ref encoders)))
            {
                var stream = new LiveStream(Pace.Remuxed, clock) { Source = from };
                var encoder = new Encoder(Name(height), Remuxer.Lower(ffmpeg, height, Path.ChangeExtension(files.Log, $".{Name(height)}.log")), stream, clock);
                lock (heights) heights.Add(height);
                (streams[encoder.Name], ladder[encoder.Name]) = (stream, encoder);
                Interlocked.Increment(ref encoders);
                _ = encoder.Ended.ContinueWith(_ => Drop(encoder, "ended"), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
        cut = SoundCut.Of(init.Data);
        if (cut is null) return;
        var alone = new LiveStream(pace, clock) { Source = from };
        alone.Push(cut.Init);
        streams[Sound] = alone;
    }

    /// <summary>Players ask for it in vain from now on and take another; one that had all of its source just ends.</summary>
    private void Drop(Encoder encoder, string why)
    {
        if (!ladder.TryRemove(encoder.Name, out _)) return;
        Interlocked.Decrement(ref encoders);
        if (encoder.IsComplete) return;
        log.LogWarning("The rendition {Name} of {Folder} take {Take} {Why}", encoder.Name, files.Folder, files.Number, why);
        encoder.Kill();
        if (streams.TryRemove(encoder.Name, out var stream)) stream.End();
    }

    private static string Name(int height) => $"{height}p";

    /// <summary>An ffmpeg that makes a smaller picture of the stream as it comes.</summary>
    private sealed class Encoder
    {
        /// <summary>About twenty seconds of stream may wait for a busy machine.</summary>
        private const int Waiting = 64;
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        private readonly Channel<byte[]> pieces = Channel.CreateBounded<byte[]>(Waiting);
        private readonly Remuxer remuxer;

        public Encoder(string name, Remuxer remuxer, LiveStream stream, TimeProvider clock)
        {
            (Name, this.remuxer) = (name, remuxer);
            Ended = RunAsync(stream, clock);
        }

        public string Name { get; }

        /// <summary>Completes when nothing more comes out of it. Never fails.</summary>
        public Task Ended { get; }

        /// <summary>True when it was given all there is.</summary>
        public bool IsComplete { get; private set; }

        /// <summary>False when too much waits already.</summary>
        public bool Feed(byte[] piece) => pieces.Writer.TryWrite(piece);

        public void Complete()
        {
            IsComplete = true;
            pieces.Writer.TryComplete();
        }

        public void Kill()
        {
            pieces.Writer.TryComplete();
            remuxer.Kill();
        }

        private async Task RunAsync(LiveStream stream, TimeProvider clock)
        {
            await Task.Yield();
            var feeding = FeedAsync(clock);
            try
            {
                var buffer = new byte[64 * 1024];
                for (int read; (read = await remuxer.Output.ReadAsync(buffer)) > 0;) stream.Push(buffer.AsSpan(0, read));
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or Platform.RefusalException) { } // It is gone, as its end says.
            pieces.Writer.TryComplete();
            await feeding;
            await remuxer.EndAsync(Patience, clock);
            stream.End();
            remuxer.Dispose();
        }

        private async Task FeedAsync(TimeProvider clock)
        {
            try
            {
                await foreach (var piece in pieces.Reader.ReadAllAsync()) await remuxer.Input.WriteAsync(piece).AsTask().WaitAsync(Patience, clock);
                remuxer.Input.Close();
            }
            catch (Exception error) when (error is IOException or TimeoutException or ObjectDisposedException)
            {
                remuxer.Kill();
            }
        }
    }
}

/// <summary>Which smaller pictures are made (<c>Media:Ladder</c>).</summary>
/// <param name="Heights">Highest first; empty for none.</param>
/// <param name="Most">Encoders that may run at once; the source itself is never encoded for this.</param>
public sealed record Ladder(IReadOnlyList<int> Heights, int Most)
{
    private static readonly int[] Usual = [480, 240];

    /// <summary>Reads <c>off</c>, <c>auto</c>, or heights such as <c>480,240</c>.</summary>
    /// <exception cref="Platform.SettingsException">It is none of these.</exception>
    public static Ladder Read(string? setting, int processors)
    {
        if (setting is null or "" || setting.Equals("auto", StringComparison.OrdinalIgnoreCase))
            return processors >= 4 ? new(Usual, processors) : new([], 0); // 480p and 240p take a fifth of a core together
        if (setting.Equals("off", StringComparison.OrdinalIgnoreCase)) return new([], 0);
        var heights = setting.Split(',', StringSplitOptions.TrimEntries).Select(text => int.TryParse(text, out var height) && height is >= 100 and <= 2160 && height % 2 == 0 ? height : 0).ToList();
        if (heights.Contains(0) || heights.Count > 5)
            throw new Platform.SettingsException("Media:Ladder", $"must be auto, off, or up to five even heights such as 480,240, and is “{setting}”");
        return new([.. heights.Distinct().OrderDescending()], int.MaxValue);
    }

    /// <summary>Those that are smaller than the source, when there is room for them all beside the encoders that run already.</summary>
    public IReadOnlyList<int> Of(int sourceHeight, int running)
    {
        var smaller = Heights.Where(h => h < sourceHeight).ToList();
        return running + smaller.Count <= Most ? smaller : [];
    }

    /// <summary>What a picture of this height gets.</summary>
    public static int BitsPerSecond(int height) => height switch { >= 1080 => 3_500_000, >= 720 => 1_500_000, >= 480 => 700_000, >= 360 => 450_000, _ => 250_000 };
}
