using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Plenary.Polls;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Polls;

/// <summary>Votes by the hub, as browsers do.</summary>
internal static class Voter
{
    public const string Save = "mutation($room: ID!, $id: ID!, $input: SavePollInput!) { savePoll(room: $room, id: $id, input: $input) { id state } }";
    public const string Open = "mutation($id: ID!) { openPoll(id: $id) { id state } }";
    public const string Close = "mutation($id: ID!) { closePoll(id: $id) { id state voters results { label count } } }";
    public const string Read = "query($room: ID!) { polls(room: $room) { staff polls { id kind state voters yours voted right place results { label count } } } }";

    public static Task Vote(this LiveClient client, Guid poll, params int[] picks) => Vote(client, new { poll, picks });

    /// <summary>Does something until it is acknowledged, over lost connections and through refusals to go so fast, as browsers do.</summary>
    public static async Task ActUntilDone(this LiveClient client, string about, object said)
    {
        while (true)
        {
            try
            {
                await client.Hub.InvokeAsync<Acted>("Act", new ActRequest(client.Room.ToString(), about, JsonSerializer.Serialize(said, JsonSerializerOptions.Web)), TestContext.Current.CancellationToken);
                return;
            }
            catch (Exception lost) when (lost is not OperationCanceledException || !TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                if (lost is Microsoft.AspNetCore.SignalR.HubException { Message: var message } && message.Contains(PollRefusals.Voted.Code, StringComparison.Ordinal)) return; // an earlier try counted
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 200)), TestContext.Current.CancellationToken);
            }
        }
    }

    public static Task Say(this LiveClient client, Guid poll, params string[] words) => Vote(client, new { poll, words });

    /// <summary>The refusal in the hub's words; it names the code.</summary>
    public static async Task<string> RefusedVote(this LiveClient client, Guid poll, params int[] picks) =>
        (await Assert.ThrowsAnyAsync<Microsoft.AspNetCore.SignalR.HubException>(() => client.Vote(poll, picks))).Message;

    /// <summary>The newest that the room was told about a poll.</summary>
    public static PollNow? Told(this LiveClient client, Guid poll) => client.Told.Where(t => t.About == PollsNow.About)
        .Select(t => PollsNow.Read(t.Data).Polls.SingleOrDefault(p => p.Id == poll)).LastOrDefault(p => p is not null);

    private static Task<Acted> Vote(LiveClient client, object said) =>
        client.Hub.InvokeAsync<Acted>("Act", new ActRequest(client.Room.ToString(), "vote", JsonSerializer.Serialize(said, JsonSerializerOptions.Web)), TestContext.Current.CancellationToken);
}
