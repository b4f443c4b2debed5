using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace Plenary.Rooms.Attendance;

/// <summary>A process's ear for what people are to be told. Every process is told everything, and picks out who is here.</summary>
[Alias("plenary.people-ear")]
internal interface IPeopleEar : IGrainService
{
    [Alias("all"), OneWay]
    Task TellAll(Guid eventId, string about, [Immutable] Guid[] people, string data);

    /// <param name="eventId">The event.</param>
    /// <param name="about">What it concerns.</param>
    /// <param name="people">Whom.</param>
    /// <param name="data">JSON for each of them.</param>
    [Alias("each"), OneWay]
    Task TellEach(Guid eventId, string about, [Immutable] Guid[] people, [Immutable] string[] data);

    /// <summary>Those of these people who attend the event through this process.</summary>
    [Alias("here"), AlwaysInterleave]
    Task<Guid[]> Here(Guid eventId, [Immutable] Guid[] people);

    /// <summary>Answers when it is done.</summary>
    [Alias("reconsider")]
    Task Reconsider(Guid person);
}

internal sealed class PeopleEar(GrainId id, Silo silo, ILoggerFactory loggers, AttendingHere here) : GrainService(id, silo, loggers), IPeopleEar
{
    public Task TellAll(Guid eventId, string about, Guid[] people, string data)
    {
        here.TellAll(eventId, about, people, data);
        return Task.CompletedTask;
    }

    public Task TellEach(Guid eventId, string about, Guid[] people, string[] data)
    {
        here.TellEach(eventId, about, people, data);
        return Task.CompletedTask;
    }

    public Task<Guid[]> Here(Guid eventId, Guid[] people) => Task.FromResult<Guid[]>([.. here.Of(eventId, people)]);

    public Task Reconsider(Guid person) => here.Reconsider(person);
}

internal sealed class PeopleEarClient(IServiceProvider services) : GrainServiceClient<IPeopleEar>(services)
{
    public IPeopleEar Of(SiloAddress silo) => GetGrainService(silo);
}
