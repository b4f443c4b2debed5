using Plenary.Profiles;
using Plenary.Tests.Support;

namespace Plenary.Tests.Profiles;

/// <summary>What people tell of themselves, at all events and at one.</summary>
public abstract class ProfileFacts(App app)
{
    private static readonly string[] English = ["en"];

    [Fact]
    public async Task WhatSomebodySaysOfThemselvesIsSeenByOthersOfTheEvent()
    {
        using var event_ = await Gathering.At(app);
        var ada = await event_.Attendee("Ada");
        var bela = await event_.Attendee("Bela");
        await ada.Graph(Gathering.Save, new { input = new { name = "Ada L.", headline = "Numbers", about = "I count.", company = "Analytical", interests = new[] { " Looms ", "looms", "", "Poetry" }, looksFor = new[] { "A printer" }, offers = new[] { "Notes" }, languages = new[] { "en-GB", "EN", "fr" } } });
        var shown = await event_.Shown(bela, ada);
        foreach (var said in new[] { "Ada L.", "Numbers", "I count.", "Analytical", "A printer", "Notes", """["Looms","Poetry"]""", """["en","fr"]""" }) Assert.Contains(said, shown, StringComparison.Ordinal);
        // Only what is named is changed.
        var again = (await ada.Graph(Gathering.Save, new { input = new { about = "I still count." } }))["saveProfile"]!;
        Assert.Equal(("I still count.", "Analytical", "Ada L."), ((string)again["about"]!, (string)again["company"]!, (string)again["name"]!));
    }

    [Fact]
    public async Task WhoNeverSaidAnythingIsAName()
    {
        using var event_ = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        var mine = (await ada.Graph("{ myProfile { name about interests visibility picture introVideo editable } }"))["myProfile"]!;
        Assert.Equal(("Ada", "", "OPEN", true), ((string)mine["name"]!, (string)mine["about"]!, (string)mine["visibility"]!, (bool)mine["editable"]!));
        Assert.Contains("\"name\":\"Ada\"", await event_.Shown(bela, ada), StringComparison.Ordinal);
        using var stranger = app.Visitor();
        Assert.Null((await stranger.Graph("{ myProfile { name } }"))["myProfile"]);
    }

    [Fact]
    public async Task AtOneEventAPersonMaySayItDifferently()
    {
        using var here = await Gathering.At(app);
        using var elsewhere = await Gathering.At(app);
        var ada = await here.Attendee("Ada");
        await ada.Graph(Gathering.Save, new { input = new { headline = "Everywhere", about = "The usual", offers = new[] { "Tea" } } });
        var saved = (await ada.Graph(Gathering.SaveHere, new { input = new { @event = here.Event.Id, headline = "Only here", looksFor = new[] { "A table" } } }))["saveEventProfile"]!;
        Assert.Equal(("Only here", "The usual", "Tea", "A table"), ((string)saved["card"]!["headline"]!, (string)saved["card"]!["about"]!, (string)saved["card"]!["offers"]![0]!, (string)saved["card"]!["looksFor"]![0]!));
        Assert.Null(saved["about"]); // as in the profile, so it follows when that is changed
        await ada.Graph(Gathering.Save, new { input = new { about = "Something new" } });
        var seen = (await ada.Graph("query($id: ID!, $other: ID!) { myProfile { headline at(event: $id) { card { headline about } } other: at(event: $other) { event } } }", new { id = here.Event.Id, other = elsewhere.Event.Id }))["myProfile"]!;
        Assert.Equal(("Everywhere", "Only here", "Something new"), ((string)seen["headline"]!, (string)seen["at"]!["card"]!["headline"]!, (string)seen["at"]!["card"]!["about"]!));
        Assert.Null(seen["other"]); // not of that event
        Assert.Equal("not-found", (await ada.Refused(Gathering.SaveHere, new { input = new { @event = elsewhere.Event.Id, headline = "X" } })).Code);
        await ada.Graph(Gathering.SaveHere, new { input = new { @event = here.Event.Id } });
        Assert.Equal("Everywhere", (string)(await ada.Graph("query($id: ID!) { myProfile { at(event: $id) { card { headline } } } }", new { id = here.Event.Id }))["myProfile"]!["at"]!["card"]!["headline"]!);
    }

    [Fact]
    public async Task AJoinLinkChangesTheProfileOnlyOfWhoHasNothingElse()
    {
        using var event_ = await Gathering.At(app);
        var guest = await event_.Guest("Gus");
        Assert.Equal("Hello", (string)(await guest.Graph(Gathering.Save, new { input = new { about = "Hello" } }))["saveProfile"]!["about"]!);
        // Ada signed in once; her join link may have been forwarded.
        var ada = await event_.Attendee("Ada");
        using var friend = app.Visitor();
        await using var db = app.OpenDb();
        await app.SignIn(friend, (await db.Users.FindAsync([ada.Id], TestContext.Current.CancellationToken))!, event_.Event.Id);
        Assert.Equal("sign-in-required", (await friend.Refused(Gathering.Save, new { input = new { about = "Mischief" } })).Code);
        Assert.False((bool)(await friend.Graph("{ myProfile { editable } }"))["myProfile"]!["editable"]!);
        Assert.Equal("Here", (string)(await friend.Graph(Gathering.SaveHere, new { input = new { @event = event_.Event.Id, headline = "Here" } }))["saveEventProfile"]!["headline"]!);
        using var stranger = app.Visitor();
        Assert.Equal("sign-in-required", (await stranger.Refused(Gathering.Save, new { input = new { about = "X" } })).Code);
    }

    [Fact]
    public async Task WhatCannotBeUsedIsRefusedByItsNameAndNothingIsLost()
    {
        using var ada = await app.NewAccount("Ada");
        await ada.Graph(Gathering.Save, new { input = new { about = "Kept", languages = English } });
        foreach (var (input, field) in new (object, string)[]
        {
            (new { name = " " }, "name"),
            (new { about = new string('x', 601) }, "about"),
            (new { company = "two\nlines" }, "company"),
            (new { interests = Enumerable.Range(0, 13).Select(i => $"tag {i}") }, "interests"),
            (new { looksFor = new[] { new string('x', 41) } }, "looksFor"),
            (new { offers = new[] { "line\u0007" } }, "offers"),
            (new { languages = new[] { "English" } }, "languages"),
        })
            Assert.Equal(("invalid-input", field), ((await ada.Refused(Gathering.Save, new { input })) is var r ? (r.Code, r.Field) : default));
        var mine = (await ada.Graph("{ myProfile { about languages } }"))["myProfile"]!;
        Assert.Equal("Kept", (string)mine["about"]!);
    }

    [Fact]
    public async Task TwoTabsThatSaveForTheFirstTimeAtOnceBothSucceed()
    {
        using var ada = await app.NewAccount("Ada");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ada.Graph(Gathering.Save, new { input = new { about = $"Tab {i}" } })));
        Assert.StartsWith("Tab", (string)(await ada.Graph("{ myProfile { about } }"))["myProfile"]!["about"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task CardsTakeTheSameCommandsHoweverManyTheyAre(int people)
    {
        using var event_ = await Gathering.At(app);
        var viewer = await event_.Attendee("Viewer");
        var all = new List<Guid>();
        for (var i = 0; i < people; i++) all.Add((await event_.Attendee($"Person {i}")).Id);
        // Twice whether the viewer is of the event; persons, profiles, overrides; blocks; who is here.
        var cards = await viewer.Browser.GraphInCommands(7, Gathering.Cards, new { @event = event_.Event.Id, people = all });
        Assert.Equal(people, cards["profileCards"]!.AsArray().Count);
    }

    [Fact]
    public async Task WhoMeetsFaceToFaceShowsThemselvesOrTheirName()
    {
        using var event_ = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        await ada.Graph(Gathering.Save, new { input = new { about = "Secret hobby", visibility = "HIDDEN" } });
        await bela.Graph(Gathering.Save, new { input = new { about = "Likes matches", visibility = "MATCHES" } });
        await using var db = app.OpenDb();
        var faces = await ProfileReading.FaceToFace(db, event_.Event.Id, [ada.Id, bela.Id], TestContext.Current.CancellationToken);
        Assert.Equal(("Ada", ""), (faces[ada.Id].Name, faces[ada.Id].About));
        Assert.Equal("Likes matches", faces[bela.Id].About);
    }
}

public sealed class ProfileFactsOnSqlite(SqliteApp app) : ProfileFacts(app);

public sealed class ProfileFactsOnPostgres(PostgresApp app) : ProfileFacts(app);
