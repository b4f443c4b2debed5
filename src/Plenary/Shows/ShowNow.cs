using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plenary.Shows;

/// <summary>A run of show at one moment, as the crew sees it.</summary>
/// <param name="Run">As it was read.</param>
/// <param name="IsControllerHere">Whoever holds the controls is at the event now.</param>
/// <param name="At">The moment, by the server's clock.</param>
public sealed record ShowNow(RunOfShow Run, bool IsControllerHere, DateTimeOffset At)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
}

/// <summary>A cue with what follows from the others.</summary>
/// <param name="Cue">The cue.</param>
/// <param name="Due">When the clock fires it.</param>
/// <param name="Expected">When it happened or is going to.</param>
/// <param name="MayFire">A hand may fire it.</param>
/// <param name="IsNext">It is what the controller's hand fires next.</param>
public sealed record CueNow(Cue Cue, DateTimeOffset? Due, DateTimeOffset? Expected, bool MayFire, bool IsNext);
