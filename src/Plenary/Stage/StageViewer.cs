using GraphQL;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Stage;

/// <summary>What the viewer of a request may do with what is on stages.</summary>
internal static class StageViewer
{
    /// <summary>Asked once for each event of a request: all stages of an event let in the same people.</summary>
    public static Task<RoomPass?> PassOf(IResolveFieldContext context, Broadcast broadcast)
    {
        var key = "stagePass:" + broadcast.EventId;
        lock (context.UserContext)
        {
            if (context.UserContext.TryGetValue(key, out var known)) return (Task<RoomPass?>)known!;
            var asked = Ask();
            context.UserContext[key] = asked;
            return asked;
        }

        async Task<RoomPass?> Ask()
        {
            await using var db = await context.OpenDb();
            return await db.RoomPassOf(context.Viewer(), broadcast.RoomId, context.CancellationToken);
        }
    }

    public static async Task<bool> MayWatch(IResolveFieldContext context, Broadcast broadcast) => await PassOf(context, broadcast) is { } pass && pass.MayWatch();

    public static async Task<bool> IsCrewOf(IResolveFieldContext context, Broadcast broadcast) => await PassOf(context, broadcast) is { IsCrew: true };
}
