using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace Plenary.Stage.Origin;

/// <summary>What a player asks for.</summary>
/// <param name="Broadcast">Of the path.</param>
/// <param name="Epoch">The random part of the path: who knows it may have the stream.</param>
/// <param name="Rendition">A smaller picture or the sound alone; null for the stream as it is.</param>
/// <param name="File">A playlist, the initialization section, a segment or a part.</param>
/// <param name="Segment">Of a playlist: wait until it has this segment.</param>
/// <param name="Part">And this part of it.</param>
/// <param name="IsPlain">Of a playlist: without parts.</param>
[GenerateSerializer, Immutable, Alias("plenary.media-ask")]
public sealed record MediaAsk(
    [property: Id(0)] Guid Broadcast,
    [property: Id(1)] string Epoch,
    [property: Id(2)] string? Rendition,
    [property: Id(3)] string File,
    [property: Id(4)] long? Segment = null,
    [property: Id(5)] long? Part = null,
    [property: Id(6)] bool IsPlain = false);

/// <summary>What it gets.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Type">MIME type of the data.</param>
/// <param name="Data">The bytes; none unless the status is 200.</param>
/// <param name="Seconds">How long it may be kept by anybody; 0: not at all.</param>
/// <param name="Wrong">What was wrong with the question.</param>
[GenerateSerializer, Immutable, Alias("plenary.media-answer")]
public sealed record MediaAnswer(
    [property: Id(0)] int Status,
    [property: Id(1)] string Type,
    [property: Id(2)] byte[] Data,
    [property: Id(3)] int Seconds = 0,
    [property: Id(4)] string? Wrong = null);

/// <summary>A process's ear for what the others want of its live streams.</summary>
[Alias("plenary.origin-ear")]
internal interface IOriginEar : IGrainService
{
    [Alias("answer")]
    Task<MediaAnswer> Answer(MediaAsk ask);

    /// <summary>The broadcast has ended, as the database says already.</summary>
    [Alias("end")]
    Task End(Guid broadcast);
}

internal sealed class OriginEar(GrainId id, Silo silo, ILoggerFactory loggers, LiveOrigin origin, OnAir onAir) : GrainService(id, silo, loggers), IOriginEar
{
    public Task<MediaAnswer> Answer(MediaAsk ask) => origin.HereAsync(ask, CancellationToken.None);

    public Task End(Guid broadcast) => onAir.EndHereAsync(broadcast);
}

/// <summary>Calls the ears of other processes.</summary>
public sealed class OriginEars(IServiceProvider services)
{
    private readonly Lazy<Client> client = new(() => new(services));

    internal IOriginEar Of(SiloAddress silo) => client.Value.Of(silo);

    private sealed class Client(IServiceProvider services) : GrainServiceClient<IOriginEar>(services)
    {
        public IOriginEar Of(SiloAddress silo) => GetGrainService(silo);
    }
}
