using System.Collections.Concurrent;
using Plenary.Rooms;

namespace Plenary.Tests.Support;

/// <summary>A bad network between a room and its relays: some frames are lost, some are overtaken by later ones. Only in rooms it is let into.</summary>
public sealed class FrameMischief : IOutgoingGrainCallFilter
{
    private static readonly ConcurrentDictionary<Guid, bool> Rooms = new();

    private static int lost;

    /// <summary>Frames that were lost, in all rooms.</summary>
    public static int Lost => Volatile.Read(ref lost);

    /// <summary>Frames of this room suffer until this is disposed.</summary>
    public static IDisposable In(Guid room)
    {
        Rooms[room] = true;
        return new Stay(room);
    }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.Request.GetArgumentCount() == 1 && context.Request.GetArgument(0) is Frame frame && Rooms.ContainsKey(frame.Room))
            switch (Random.Shared.Next(8))
            {
                case 0:
                    Interlocked.Increment(ref lost);
                    return;
                case 1 or 2:
                    await Task.Delay(Random.Shared.Next(1, 200));
                    break;
            }
        await context.Invoke();
    }

    private sealed class Stay(Guid room) : IDisposable
    {
        public void Dispose() => Rooms.TryRemove(room, out _);
    }
}
