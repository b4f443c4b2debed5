using Plenary.Platform;

namespace Plenary.Tables;

/// <summary>What a floor says no to.</summary>
internal static class TableRefusals
{
    public static readonly Refusal NotAFloor = new("not-a-floor", 409, "This room has no tables. Choose a networking room.");
    public static readonly Refusal EventOver = new("event-over", 409, "This event is over, and its tables with it.");
    public static readonly Refusal SeatTaken = new("seat-taken", 409, "Somebody was faster: this seat is taken. Choose another one.");

    /// <summary>Also where somebody sits who has blocked whoever asks, or whom they have blocked: a block is not told.</summary>
    public static readonly Refusal SeatKept = new("seat-kept", 409, "This seat is kept for somebody. Choose another table.");
    public static readonly Refusal Locked = new("table-locked", 409, "This table is locked. Knock, and somebody there may let you in.");
    public static readonly Refusal NotLocked = new("table-open", 409, "This table is open. Just sit down.");
    public static readonly Refusal Full = new("table-full", 409, "All seats of this table are taken.");
    public static readonly Refusal NotSeated = new("not-seated", 409, "You do not sit at this table.");
    public static readonly Refusal NobodyKnocks = new("nobody-knocks", 409, "This person does not wait at the table any more.");
    public static readonly Refusal TooManyTables = new("too-many-tables", 409, $"There is room for {FloorBook.MostTables} tables on a floor.");
    public static readonly Refusal NoRoundtable = new("no-roundtable", 409, "This table has no list. Give it a time first.");
    public static readonly Refusal ListFull = new("list-full", 409, "All seats of this roundtable are spoken for.");
    public static readonly Refusal NobodyToShuffle = new("nobody-to-shuffle", 409, "There are not enough people at open tables to mix them.");
    public static readonly Refusal StoodUp = new("stood-up", 403, "You do not sit at this table any more.");
    public static readonly Refusal TableGone = new("table-gone", 410, "This table is gone.");
}
