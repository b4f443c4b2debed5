using System.Text.Json.Nodes;
using Plenary.Events;
using Plenary.Tests.Support;

namespace Plenary.Tests.Profiles;

/// <summary>Reports: moderators get what the reporter sent, and nobody else gets anything.</summary>
public abstract class ReportFacts(App app)
{
    private const string Send = "mutation($input: ReportPersonInput!) { reportPerson(input: $input) }";
    private const string Read = "query($event: ID!, $first: Int, $after: String) { reports(event: $event, first: $first, after: $after) { items { about aboutName reporterName note kind contextId excerpt state } next } }";

    [Fact]
    public async Task ModeratorsReadThemAndNobodyElse()
    {
        using var event_ = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        var meeting = Guid.CreateVersion7();
        await ada.Graph(Send, new { input = Report(event_, bela, "He shouted.", id: meeting, excerpt: """[{"text":"the-words-that-were-said"}]""") });
        foreach (var staff in new[] { event_.Owner, await event_.Staff(EventRole.Moderator, "Modi"), await event_.Staff(EventRole.Producer, "Prod") })
        {
            var report = Assert.Single(Items(await staff.Graph(Read, new { @event = event_.Event.Id })))!;
            Assert.Equal(("Bela", "Ada", "He shouted.", "party", "OPEN"), ((string)report["aboutName"]!, (string)report["reporterName"]!, (string)report["note"]!, (string)report["kind"]!, (string)report["state"]!));
            Assert.Equal((meeting.ToString(), """[{"text":"the-words-that-were-said"}]"""), ((string)report["contextId"]!, (string)report["excerpt"]!));
        }
        foreach (var other in new[] { ada, bela, await event_.Guest("Gus"), await event_.Staff(EventRole.Speaker, "Speaks") })
        {
            var answer = await other.Browser.GraphAnswer(Read, new { @event = event_.Event.Id });
            Assert.Equal("not-found", (string)answer["errors"]![0]!["extensions"]!["code"]!);
            Assert.DoesNotContain("the-words", answer.ToJsonString(), StringComparison.Ordinal);
        }
        using var otherEvent = await Gathering.At(app);
        Assert.Equal("not-found", (await otherEvent.Owner.Refused(Read, new { @event = event_.Event.Id })).Code);
        using var stranger = app.Visitor();
        Assert.Equal("sign-in-required", (await stranger.Refused(Read, new { @event = event_.Event.Id })).Code);
    }

    [Fact]
    public async Task AModeratorDoesNotReadWhatIsSaidAboutThem()
    {
        using var event_ = await Gathering.At(app);
        var (ada, modi) = (await event_.Attendee("Ada"), await event_.Staff(EventRole.Moderator, "Modi"));
        await ada.Graph(Send, new { input = Report(event_, modi, "Abuses the role.") });
        Assert.Empty(Items(await modi.Graph(Read, new { @event = event_.Event.Id })));
        Assert.Single(Items(await event_.Owner.Graph(Read, new { @event = event_.Event.Id })));
    }

    [Fact]
    public async Task WhatCannotBeUsedIsRefused()
    {
        using var event_ = await Gathering.At(app);
        using var other = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        var elsewhere = await other.Attendee("Elsa");
        foreach (var (input, code, field) in new[]
        {
            (Report(event_, bela, new string('x', 1001)), "invalid-input", "note"),
            (Report(event_, bela, "", kind: "gossip"), "invalid-input", "kind"),
            (Report(event_, bela, "", excerpt: "no json"), "invalid-input", "excerpt"),
            (Report(event_, bela, "", excerpt: $"\"{new string('x', 16_000)}\""), "invalid-input", "excerpt"),
            (Report(event_, ada, ""), "invalid-input", "person"),
            (Report(event_, elsewhere, ""), "not-found", null),
        })
            Assert.Equal((code, field), await ada.Refused(Send, new { input }) is var refused ? (refused.Code, refused.Field) : default);
        Assert.Equal("not-found", (await elsewhere.Refused(Send, new { input = Report(event_, ada, "") })).Code);
        Assert.Empty(Items(await event_.Owner.Graph(Read, new { @event = event_.Event.Id })));
    }

    [Fact]
    public async Task TheyComeInPagesNewestFirst()
    {
        using var event_ = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        for (var i = 1; i <= 3; i++) await ada.Graph(Send, new { input = Report(event_, bela, $"Note {i}") });
        var first = await event_.Owner.Graph(Read, new { @event = event_.Event.Id, first = 2 });
        Assert.Equal(["Note 3", "Note 2"], Items(first).Select(r => (string)r!["note"]!));
        var rest = await event_.Owner.Graph(Read, new { @event = event_.Event.Id, first = 2, after = (string)first["reports"]!["next"]! });
        Assert.Equal(["Note 1"], Items(rest).Select(r => (string)r!["note"]!));
        Assert.Null(rest["reports"]!["next"]);
    }

    private static JsonArray Items(JsonObject answer) => answer["reports"]!["items"]!.AsArray();

    private static object Report(Gathering event_, Somebody about, string note, string kind = "party", Guid? id = null, string? excerpt = null) =>
        new { @event = event_.Event.Id, person = about.Id, note, kind, id, excerpt };
}

public sealed class ReportFactsOnSqlite(SqliteApp app) : ReportFacts(app);

public sealed class ReportFactsOnPostgres(PostgresApp app) : ReportFacts(app);
