using Plenary.Events;
using Plenary.Rooms;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Moderation;

/// <summary>What is held, and who is restricted, when the server is killed.</summary>
[Trait("Speed", "Slow")]
public sealed class HeldCrashFacts
{
    private const string Rules = "mutation($room: ID!) { setRoomRules(room: $room, input: { delaySeconds: 3 }) { delaySeconds } }";

    [Fact]
    public async Task WhatWasHeldIsShownInItsOrderAfterTheKillAndAMuteHolds()
    {
        await using var server = await ServerProcess.StartAsync(null);
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        using var moderator = new Studio(server.Url, scene, await scene.Granted(EventRole.Moderator));
        var (annPerson, benPerson) = (await scene.Attendee("Ann"), await scene.Attendee("Ben"));
        await using var ann = (await scene.Enter(annPerson)).ComesBack();
        await using var ben = (await scene.Enter(benPerson)).ComesBack();
        await moderator.Graph(Rules, new { room = scene.Stage.Id });
        await moderator.Graph(Yard.RestrictDocument, new { @event = scene.Event.Id, person = benPerson.Id, kind = "MUTE" });
        var texts = Enumerable.Range(1, 5).Select(n => $"Waiting {n}").ToArray();
        foreach (var text in texts) Assert.True((await ann.Post(text)).Held);

        await server.Kill();
        await server.StartAgain();

        await ben.Reaches(5);
        Assert.Equal(texts, ben.Log.Where(e => e.Kind == EntryKind.Chat).Select(e => e.Text));
        await using var again = await scene.Enter(benPerson);
        Assert.Equal("muted", await LiveClient.Refused(() => again.Post("Still here")));
    }
}
