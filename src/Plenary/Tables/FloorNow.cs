using System.Text.Json;

namespace Plenary.Tables;

/// <summary>A floor at one moment, as its people are told it (<c>floor</c>) and may ask for it. Times are Unix milliseconds.</summary>
/// <param name="Room">The floor.</param>
/// <param name="Version">Of two the higher is true.</param>
/// <param name="Tables">By their numbers.</param>
public sealed record FloorNow(Guid Room, int Version, IReadOnlyList<TableNow> Tables)
{
    /// <summary>The name under which the room is told it.</summary>
    public const string About = "floor";

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    internal static FloorNow Read(string json) => JsonSerializer.Deserialize<FloorNow>(json, JsonSerializerOptions.Web)!;
}

/// <summary>A table at one moment.</summary>
/// <param name="Id">Of the table, and of its call.</param>
/// <param name="Number">On the floor.</param>
/// <param name="Topic">What it is about; may be empty.</param>
/// <param name="Seats">How many may sit here.</param>
/// <param name="Host">Who hosts it, for whom seat 1 is kept.</param>
/// <param name="Locked">Whoever wants to sit down knocks.</param>
/// <param name="Passing">It is gone when nobody sits there any more.</param>
/// <param name="StartsAt">When its roundtable begins, if it is one.</param>
/// <param name="EndsAt">When that ends.</param>
/// <param name="Kept">So many free seats are kept just now for people on the list.</param>
/// <param name="List">Who is on the list of its roundtable.</param>
/// <param name="Sitters">Who sits where.</param>
/// <param name="Knocks">Who waits at the locked table to be let in.</param>
public sealed record TableNow(
    Guid Id, int Number, string Topic, int Seats, FloorPerson? Host, bool Locked, bool Passing, long? StartsAt, long? EndsAt, int Kept,
    IReadOnlyList<FloorPerson> List, IReadOnlyList<SitterNow> Sitters, IReadOnlyList<FloorPerson> Knocks);

/// <summary>Somebody, as everybody on the floor reads them.</summary>
public sealed record FloorPerson(Guid Person, string Name, string? Picture = null);

/// <summary>Somebody on a seat.</summary>
public sealed record SitterNow(int Seat, Guid Person, string Name, string? Picture = null);
