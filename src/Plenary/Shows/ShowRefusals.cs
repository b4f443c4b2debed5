using System.Text.Json;
using Plenary.Platform;

namespace Plenary.Shows;

/// <summary>What a run of show says no to.</summary>
internal static class ShowRefusals
{
    public static readonly Refusal NotInControl = new("not-in-control", 409, "You do not hold the controls of this run of show. Take them first, or ask who has them.");
    public static readonly Refusal Waits = new("cue-waits", 409, "This cue waits for another one. Fire or skip that one first.");
    public static readonly Refusal Over = new("cue-over", 409, "This cue was fired already. Make a new one, or start the run of show anew.");
    public static readonly Refusal Awaited = new("cue-awaited", 409, "Another cue waits for this one. Change that one first.");
    public static readonly Refusal Circle = Refusal.Invalid("after", "These cues would wait for each other for ever. Choose another one to wait for.");
    public static readonly Refusal TooMany = new("too-many-cues", 409, $"A run of show has up to {RunOfShow.MostCues} cues. Remove some first.");
    public static readonly Refusal EventOver = new("event-over", 409, "This event is over.");
    public static readonly Refusal Running = new("show-running", 409, "The autopilot is on. Turn it off first.");
    public static readonly Refusal NotKept = new("not-kept", 503, "This could not be kept just now. Try again in a moment.");

    public static Refusal Held(string name) => new("show-held", 409, $"{name} holds the controls and is here. Ask for them.");

    public static string Write(Refusal refusal) => JsonSerializer.Serialize(refusal, JsonSerializerOptions.Web);

    public static Refusal Read(string json) => JsonSerializer.Deserialize<Refusal>(json, JsonSerializerOptions.Web)!;
}
