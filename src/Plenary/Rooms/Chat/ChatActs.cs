using System.Text.Json;
using Plenary.Events;
using Plenary.Platform;

namespace Plenary.Rooms.Chat;

/// <summary>What people do about messages over the hub. Who may is decided by their pass here, and about the single message by the room, which alone knows it.</summary>
internal abstract class MessageAct<TSaid>(string about) : IRoomAct where TSaid : class
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string About => about;

    public async Task<string> Do(RoomPass pass, string data)
    {
        TSaid? said;
        try { said = JsonSerializer.Deserialize<TSaid>(data, Json); }
        catch (JsonException) { said = null; }
        if (said is null) throw Refusal.Invalid("data", "This names a message by its number, and an id of its own.").AsException();
        return await Do(pass, said);
    }

    protected abstract Task<string> Do(RoomPass pass, TSaid said);

    protected static ChangeWish Wish(RoomPass pass, Deed deed, long message, string? text = null) => new(deed, message, pass.Roles.Overlaps(EventAccess.Staff), text);

    protected static NewEntry Entry(RoomPass pass, Guid id, ChangeWish wish) => id == Guid.Empty
        ? throw Refusal.Invalid("id", "“id” must be a UUID.").AsException()
        : new(id, EntryKind.Change, pass.Person, pass.Name, pass.Role, wish.Text, null, Change: wish); // the text for the rules of the room, which judge it as they judge a message
}

/// <summary><c>react-to { message, emoji, on }</c>. Refused: message-gone, invalid-input, room-busy, not-kept.</summary>
internal sealed class ReactToMessage(LiveRooms rooms) : MessageAct<ReactToMessage.Said>("react-to")
{
    protected override async Task<string> Do(RoomPass pass, Said said)
    {
        if (said.Emoji is not { } emoji || !MessageReaction.Known.Contains(emoji)) throw Refusal.Invalid("emoji", $"React with one of {string.Join(' ', MessageReaction.Known)}").AsException();
        await rooms.React(pass.Room.Id, new(said.Message, pass.Person, emoji, said.On));
        return "{}";
    }

    internal sealed record Said(long Message, string? Emoji, bool On);
}

/// <summary><c>edit { message, id, text }</c>. Refused: message-gone, forbidden, too-late, invalid-input, too-many-requests.</summary>
internal sealed class EditMessage(LiveRooms rooms, RoomLimits limits, TimeProvider clock) : MessageAct<EditMessage.Said>("edit")
{
    protected override async Task<string> Do(RoomPass pass, Said said)
    {
        var text = ChatText.Clean(said.Text);
        pass.RequireVoice(clock);
        limits.Change(pass);
        await rooms.Append(pass.Room.Id, Entry(pass, said.Id, Wish(pass, Deed.Edit, said.Message, text)));
        return "{}";
    }

    internal sealed record Said(long Message, Guid Id, string? Text);
}

/// <summary><c>remove { message, id }</c>: one's own, or by the staff anybody's. Refused: message-gone, forbidden, too-late.</summary>
internal sealed class RemoveMessage(LiveRooms rooms, RoomLimits limits) : MessageAct<RemoveMessage.Said>("remove")
{
    protected override async Task<string> Do(RoomPass pass, Said said)
    {
        limits.Change(pass);
        await rooms.Append(pass.Room.Id, Entry(pass, said.Id, Wish(pass, Deed.Remove, said.Message)));
        return "{}";
    }

    internal sealed record Said(long Message, Guid Id);
}

/// <summary><c>pin { message, id, on }</c>: keeps a message in sight, or does not any more. Staff only. Refused: message-gone, forbidden, too-many-pins.</summary>
internal sealed class PinMessage(LiveRooms rooms, RoomLimits limits) : MessageAct<PinMessage.Said>("pin")
{
    protected override async Task<string> Do(RoomPass pass, Said said)
    {
        if (!pass.Roles.Overlaps(EventAccess.Staff)) Refusal.Forbidden.Throw();
        limits.Change(pass);
        await rooms.Append(pass.Room.Id, Entry(pass, said.Id, Wish(pass, said.On ? Deed.Pin : Deed.Unpin, said.Message)));
        return "{}";
    }

    internal sealed record Said(long Message, Guid Id, bool On);
}
