using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Demo;

/// <summary>Keeps the demo's main stage alive: somebody says something now and then, through the same door as everybody's messages.</summary>
internal sealed partial class DemoCrowd(IDbContextFactory<Db> dbs, IGrainFactory grains, TimeProvider clock, IHostApplicationLifetime life, ILogger<DemoCrowd> logger) : BackgroundService
{
    /// <summary>Time between two messages of the crowd: long enough to read, short enough to be seen.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(25);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = life.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        await using var db = await dbs.CreateDbContextAsync(stoppingToken);
        var room = await (from r in db.Set<Room>() join e in db.Set<Event>() on r.EventId equals e.Id where e.Slug == DemoEvent.Slug && r.Slug == "main-stage" select r.Id).SingleAsync(stoppingToken);
        var names = DemoEvent.Crowd.Select(line => line.Name).ToList();
        var people = await db.Set<Person>().Where(p => names.Contains(p.Name)).ToDictionaryAsync(p => p.Name, p => p.Id, stoppingToken);
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Every process of a cluster has a crowd; they all say the same at the same time, under the same id, so it is said once.
            var line = clock.GetUtcNow().UtcTicks / Pause.Ticks;
            var (name, text) = DemoEvent.Crowd[(int)(line % DemoEvent.Crowd.Count)];
            try
            {
                await grains.GetGrain<IRoomGrain>(room).Append(new NewEntry(IdOf(room, line), EntryKind.Chat, people[name], name, "attendee", text, null));
            }
            catch (Exception error) when (error is TimeoutException or OrleansException)
            {
                Quiet(logger, error);
            }
        }
    }

    private static Guid IdOf(Guid room, long line)
    {
        Span<byte> seed = stackalloc byte[24];
        room.TryWriteBytes(seed);
        BinaryPrimitives.WriteInt64LittleEndian(seed[16..], line);
        return new(SHA256.HashData(seed).AsSpan(0, 16));
    }

    [LoggerMessage(LogLevel.Debug, "The demo's crowd could not speak")]
    private static partial void Quiet(ILogger logger, Exception error);
}
