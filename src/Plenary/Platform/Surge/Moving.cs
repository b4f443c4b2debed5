using MessagePack;

namespace Plenary.Platform.Surge;

/// <summary>Asks a client to go on at another process: after the time it opens a second connection, joins there, and then closes this one.</summary>
/// <param name="To">The hub's address there; null: the address it used before, behind which others answer.</param>
/// <param name="After">Milliseconds.</param>
[MessagePackObject]
public sealed record Moving([property: Key("to")] string? To, [property: Key("after")] int After);
