using MessagePack;

namespace Plenary.Rooms;

/// <summary>
/// Something that people do in a room beside writing and reacting, and many at once: vote, upvote. The counterpart of what they are <see cref="Told"/>. The slices above register
/// what they understand; who may be in the room was decided when the connection joined it.
/// </summary>
public interface IRoomAct
{
    /// <summary>What it concerns: clients name it.</summary>
    string About { get; }

    /// <summary>Does it and answers JSON, once it is durable. Refused as the slice says.</summary>
    /// <param name="pass">Who does it and where.</param>
    /// <param name="data">JSON.</param>
    Task<string> Do(RoomPass pass, string data);
}

/// <summary>The acts that the slices of this server understand.</summary>
public sealed class RoomActs(IEnumerable<IRoomAct> acts)
{
    private readonly Dictionary<string, IRoomAct> known = acts.ToDictionary(act => act.About);

    /// <summary>The act of this name; null when there is none.</summary>
    public IRoomAct? Find(string? about) => about is null ? null : known.GetValueOrDefault(about);
}

[MessagePackObject]
public sealed record ActRequest([property: Key("room")] string? Room, [property: Key("about")] string? About, [property: Key("data")] string? Data);

/// <summary>It is done and durable.</summary>
/// <param name="Data">JSON, by what it was about.</param>
[MessagePackObject]
public sealed record Acted([property: Key("data")] string Data);
