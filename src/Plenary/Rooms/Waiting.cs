using System.Diagnostics;

namespace Plenary.Rooms;

/// <summary>An entry that waits to be kept, and whoever waits for it.</summary>
internal sealed class Waiting(NewEntry entry)
{
    public NewEntry Entry { get; } = entry;

    /// <summary>What it is traced as a part of, while whoever posts waits.</summary>
    public Activity? Cause { get; } = Activity.Current;

    public TaskCompletionSource<Appended> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The entry it became, or had become before.</summary>
    public Entry? Found { get; set; }

    /// <summary>Why it became none.</summary>
    public AppendOutcome Refused { get; set; } = AppendOutcome.Again;
}
