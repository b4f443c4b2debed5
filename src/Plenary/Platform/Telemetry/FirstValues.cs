using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Plenary.Platform.Telemetry;

/// <summary>
/// Has every count be there from the start, as 0: of a count that appears with its first event, nobody can tell that it rose.
/// </summary>
internal static class FirstValues
{
    /// <summary>Call once, after the exporters listen.</summary>
    public static void Record()
    {
        foreach (var type in typeof(FirstValues).Assembly.GetTypes())
            if (!type.ContainsGenericParameters && type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Any(f => f.FieldType.IsAssignableTo(typeof(Instrument))))
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter != PlenaryMeter.Meter) return;
            if (instrument is Counter<long> count) count.Add(0);
            else if (instrument is UpDownCounter<long> level) level.Add(0);
        };
        listener.Start();
    }
}
