using System.Diagnostics.Metrics;
using Plenary.Platform.Telemetry;

namespace Plenary.Platform.Surge;

/// <summary>What happens at the door, on <see cref="PlenaryMeter"/>.</summary>
public sealed class SurgeMeters
{
    private readonly Counter<long> letIn = PlenaryMeter.Meter.CreateCounter<long>("plenary.admission.let_in", "{person}", "Newcomers let in.");
    private readonly Histogram<double> waited = PlenaryMeter.Waits("plenary.admission.waited", "From arrival until let in.");
    private readonly Counter<long> queued = PlenaryMeter.Meter.CreateCounter<long>("plenary.admission.queued", "{answer}", "Joins answered with a place in the queue.");
    private readonly Histogram<double> place = PlenaryMeter.Histogram("plenary.admission.place", "{person}", "Places in line that people were told.", [1, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000]);
    private readonly Counter<long> gaveUp = PlenaryMeter.Meter.CreateCounter<long>("plenary.admission.gave_up", "{person}", "People who stopped asking while they waited.");
    private readonly Counter<long> refused = PlenaryMeter.Meter.CreateCounter<long>("plenary.live.upgrades.refused", "{connection}", "Connections answered 503, by reason.");
    private readonly Counter<long> moved = PlenaryMeter.Meter.CreateCounter<long>("plenary.live.moved", "{connection}", "Connections asked to move to another process, by reason.");

    public void LetIn(long milliseconds)
    {
        letIn.Add(1);
        waited.Record(milliseconds / 1000.0);
    }

    /// <param name="at">The place that was told; 1 is next.</param>
    public void Queued(int at)
    {
        queued.Add(1);
        place.Record(at);
    }

    public void GaveUp(int people)
    {
        if (people > 0) gaveUp.Add(people);
    }

    public void Refused(string reason) => refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Moved(string reason) => moved.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
