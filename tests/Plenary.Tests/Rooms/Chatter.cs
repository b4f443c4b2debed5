using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Plenary.Rooms;
using Plenary.Rooms.Chat;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>What people do about messages, as their clients do it, and what a client makes of what it is told.</summary>
internal static class Chatter
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<Posted> Reply(this LiveClient client, string text, long to, params Guid[] mentions) =>
        client.Hub.InvokeAsync<Posted>("Post", new PostRequest(client.Room.ToString(), Guid.CreateVersion7().ToString(), text, to == 0 ? null : to, [.. mentions.Select(m => m.ToString())]), Cancellation);

    public static Task<Acted> Does(this LiveClient client, string about, object said) =>
        client.Hub.InvokeAsync<Acted>("Act", new ActRequest(client.Room.ToString(), about, JsonSerializer.Serialize(said, JsonSerializerOptions.Web)), Cancellation);

    public static Task Reacts(this LiveClient client, long message, string emoji, bool on = true) => client.Does("react-to", new { message, emoji, on });

    public static Task Edits(this LiveClient client, long message, string text, Guid? id = null) => client.Does("edit", new { message, id = id ?? Guid.CreateVersion7(), text });

    public static Task Removes(this LiveClient client, long message) => client.Does("remove", new { message, id = Guid.CreateVersion7() });

    public static Task Pins(this LiveClient client, long message, bool on = true) => client.Does("pin", new { message, id = Guid.CreateVersion7(), on });

    /// <summary>A message as this client shows it: its entry, and the newest of what it was told since.</summary>
    public static Entry Shows(this LiveClient client, long message)
    {
        var log = client.Log;
        var entry = log.Single(e => e.Seq == message);
        foreach (var change in log.SelectMany(e => e.Changes ?? []).Where(c => c.Message == message).OrderBy(c => c.Version))
            if (change.Version > (entry.Now?.Version ?? 0)) entry = entry with { Text = change.Removed is null ? change.Text ?? entry.Text : null, Now = change with { Text = null } };
        return entry;
    }
}
