using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>More people come at once than can be let in.</summary>
[Trait("Speed", "Slow")]
public sealed class QueueFacts
{
    private const int Rate = 10;
    private const int People = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NewcomersWaitInLineAndOthersDoNot()
    {
        await using var server = await ServerProcess.StartAsync(null, $"--Live:JoinsPerSecond={Rate}");
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var other = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var people = await scene.Attendees(People);
        var clients = await Task.WhenAll(people.Select(person => scene.Connect(person)));
        var began = Stopwatch.StartNew();
        var answers = await Task.WhenAll(clients.Select(client => Join(client, scene.Stage)));
        var waiting = answers.Index().Where(a => a.Item.Line is not null).Select(a => (Client: clients[a.Index], Line: a.Item.Line!, Person: people[a.Index])).OrderBy(w => w.Line.Place).ToList();
        Assert.InRange(waiting.Count, 1, People - 1);
        Assert.All(waiting, w => Assert.InRange(w.Line.Place, 1, w.Line.People));
        Assert.All(waiting, w => Assert.InRange(w.Line.Seconds, 1, 3_600));

        // Another event's people, crew, and who has been in, do not wait for this crowd; a stranger learns nothing of it.
        await using (await other.Enter(await other.Attendee())) { }
        await using (await scene.Enter(await scene.Member(OrganizationRole.Owner))) { }
        var first = answers.Index().First(a => a.Item.In is not null);
        await using (var back = await scene.Connect(people[first.Index])) Assert.NotNull((await Join(back, scene.Stage, first.Item.In!.Ticket)).In);
        await using (var stranger = await scene.Connect(await scene.Stranger())) Assert.Equal("not-found", await LiveClient.Refused(() => stranger.Join(scene.Stage.Id)));

        // The page is loaded again: a new connection, and the ticket. Somebody else's ticket is worth nothing.
        var last = waiting[^1];
        await last.Client.DisposeAsync();
        await using var reloaded = await scene.Connect(last.Person);
        await using var thief = await scene.Connect(await scene.Attendee("Thief"));
        var stolen = await Join(thief, scene.Stage, waiting[0].Line.Ticket);
        var same = await Join(reloaded, scene.Stage, last.Line.Ticket);
        Assert.True(same.In is not null || same.Line!.Place <= last.Line.Place, "the place was lost");
        Assert.True(stolen.In is null || began.Elapsed.TotalSeconds > People / (double)Rate - 2, "overtook with a stolen ticket");

        // Everybody gets in, by asking as long as they are told.
        waiting[^1] = last with { Client = reloaded };
        await Task.WhenAll(waiting.Select(async w =>
        {
            var line = w.Line;
            for (var answer = (In: (Joined?)null, Line: (Line?)line); answer.In is null; answer = await Join(w.Client, scene.Stage, answer.Line!.Ticket))
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(answer.Line!.Seconds, 3)), Cancellation);
        })).WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
        Assert.InRange(began.Elapsed.TotalSeconds, (People - Rate * 2.0) / Rate, 90);
        foreach (var client in clients) await client.DisposeAsync();
    }

    /// <summary>In, or the place in line.</summary>
    private static async Task<(Joined? In, Line? Line)> Join(LiveClient client, Room room, string? ticket = null)
    {
        try
        {
            return (await client.Hub.InvokeAsync<Joined>("Join", new JoinRequest(room.Id.ToString(), null, ticket), Cancellation), null);
        }
        catch (HubException refused) when (refused.Message.Contains("\"queued\"", StringComparison.Ordinal))
        {
            return (null, JsonSerializer.Deserialize<Line>(refused.Message[refused.Message.IndexOf('{', StringComparison.Ordinal)..], JsonSerializerOptions.Web));
        }
    }

    private sealed record Line(string Code, string Message, int Place, int People, int Seconds, string Ticket);
}
