using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.SignalR;
using Plenary.Platform;
using Plenary.Platform.Telemetry;

namespace Plenary.Rooms;

/// <summary>How joins end: the first thing that people notice of an installation that is not well.</summary>
internal static class JoinMeters
{
    private static readonly Counter<long> Started = PlenaryMeter.Meter.CreateCounter<long>("plenary.joins.started", "{join}", "Joins of rooms that somebody asked for.");
    private static readonly Counter<long> Ended = PlenaryMeter.Meter.CreateCounter<long>(
        "plenary.joins.ended", "{join}", "Joins that ended, by outcome: completed, error (ours), gone (the connection closed), or the code of the refusal.");
    private static readonly Histogram<double> Duration = PlenaryMeter.Seconds("plenary.joins.duration", "From asking to join until the answer, of joins that were completed.");

    public static async Task<Joined> Measure(TimeProvider clock, Func<Task<Joined>> join)
    {
        var began = clock.GetTimestamp();
        var outcome = "error";
        Started.Add(1);
        try
        {
            var joined = await join();
            outcome = "completed";
            Duration.Record(clock.GetElapsedTime(began).TotalSeconds);
            return joined;
        }
        catch (RefusalException refused)
        {
            outcome = refused.Refusal.Code;
            throw;
        }
        catch (Exception error) when (error is OperationCanceledException or HubException)
        {
            outcome = "gone";
            throw;
        }
        finally
        {
            Ended.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
