using Microsoft.AspNetCore.SignalR.Client;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Moderation;

/// <summary>Somebody who tries to get round what a moderator decided about them.</summary>
internal sealed class Villain(Yard yard, Person person, LiveClient tab) : IAsyncDisposable
{
    public const string AskDocument = "mutation($room: ID!, $id: ID!, $text: String!, $anonymous: Boolean) { askQuestion(room: $room, id: $id, text: $text, anonymous: $anonymous) { id state } }";

    private readonly List<LiveClient> tabs = [tab];

    public Yard Yard => yard;

    public Person Person => person;

    /// <summary>Words that must never be seen; nobody else writes them.</summary>
    public string Words { get; } = $"Nobody wants to read {Guid.CreateVersion7():N}";

    /// <summary>The tab that was in the room before anything happened.</summary>
    public LiveClient Tab => tab;

    public Guid Stage => yard.Scene.Stage.Id;

    public static async Task<Villain> Of(Yard yard, Room? room = null, string name = "Vic Villain")
    {
        var person = await yard.Scene.Attendee(name);
        return new(yard, person, await yard.Scene.Enter(person, room: room));
    }

    public Task<Guid> Is(string kind, Room? room = null, int? minutes = null) => yard.Restrict(person, kind, room, minutes);

    /// <summary>One more tab, not in any room.</summary>
    public async Task<LiveClient> Open(bool json = false, bool byLink = false, Person? who = null)
    {
        var another = await yard.Scene.Connect(who ?? person, json, byLink ? yard.Scene.Event.Id : null);
        tabs.Add(another);
        return another;
    }

    public Studio Page(Person? who = null, bool byLink = false) => yard.As(who ?? person, byLink);

    /// <summary>Writing on this tab is refused with this code.</summary>
    public async Task CannotWrite(LiveClient on, string code) => Assert.Equal(code, await LiveClient.Refused(() => on.Post(Words)));

    /// <summary>The room is not entered by this tab, with this code.</summary>
    public static async Task CannotEnter(LiveClient on, Guid room, string code) => Assert.Equal(code, await LiveClient.Refused(() => on.Join(room)));

    public async Task CannotAsk(string code, Room? room = null)
    {
        using var page = Page();
        foreach (var anonymous in new[] { false, true })
            Assert.Equal(code, await page.Refused(AskDocument, new { room = room?.Id ?? Stage, id = Guid.CreateVersion7(), text = Words, anonymous }));
    }

    /// <summary>Taken out on this tab, or not in the room any more.</summary>
    public static Task IsOut(LiveClient of) => of.Until(() => of.Removals.Count > 0, "being taken out");

    public static Task<Acted> Act(LiveClient on, string about, string data) =>
        on.Hub.InvokeAsync<Acted>("Act", new ActRequest(on.Room.ToString(), about, data), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var one in tabs) await one.DisposeAsync();
    }
}
