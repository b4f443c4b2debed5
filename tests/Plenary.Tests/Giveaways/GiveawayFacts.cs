using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Giveaways;
using Plenary.Organizations;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Giveaways;

/// <summary>A giveaway from its commitment to a winner who takes it: who takes part, what is published when, and that anybody can verify it.</summary>
public abstract class GiveawayFacts(App app)
{
    private const string Fields = "id state commitment seed listHash entrants myPlace tags turns { turn place tag name state }";
    private const string Make = "mutation($input: MakeGiveawayInput!) { makeGiveaway(input: $input) { " + Fields + " } }";
    private const string List = "mutation($id: ID!) { listGiveaway(id: $id) { " + Fields + " } }";
    private const string Draw = "mutation($id: ID!) { drawGiveaway(id: $id) { " + Fields + " } }";
    private const string Pass = "mutation($id: ID!, $turn: Int!) { passGiveaway(id: $id, turn: $turn) { " + Fields + " } }";
    private const string Answer = "mutation($id: ID!, $accept: Boolean!) { answerGiveaway(id: $id, accept: $accept) { " + Fields + " } }";
    private const string Read = "query($event: ID!) { giveaways(event: $event) { prize " + Fields + " } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADrawIsCommittedToListedRevealedAndCanBeVerifiedByAnybody()
    {
        var (scene, people, desk) = await Arrange(4);
        using var crew = desk;
        var id = (string)(await crew.Graph(Make, new { input = new { @event = scene.Event.Id, prize = "A book", eligible = "CAME" } }))["makeGiveaway"]!["id"]!;
        Assert.Equal("giveaway-not-listed", await crew.Refused(Draw, new { id }));
        var committed = (await crew.Graph(Read, new { @event = scene.Event.Id }))["giveaways"]![0]!;
        Assert.Null(committed["seed"]);

        var listed = (await crew.Graph(List, new { id }))["listGiveaway"]!;
        Assert.Equal("giveaway-listed", await crew.Refused(List, new { id }));
        Assert.Equal((4, null), ((int)listed["entrants"]!, (string?)listed["seed"])); // no speaker, no member of the organization, nobody who did not come
        await Late(scene);
        using var first = new Studio(app.Url, scene, people[0]);
        Assert.NotNull((await first.Graph(Read, new { @event = scene.Event.Id }))["giveaways"]![0]!["myPlace"]);
        Assert.Equal("not-found", await first.Refused(Draw, new { id }));

        var drawn = (await crew.Graph(Draw, new { id }))["drawGiveaway"]!;
        Assert.Equal("giveaway-given", await crew.Refused(Draw, new { id }));
        Verify(committed, drawn, 1);
        var told = drawn["turns"]![0]!;
        var winner = people.Single(p => VerifiableDraw.Tag(Guid.Parse(id), p.Id) == (string)told["tag"]!);
        Assert.Equal((winner.Name, "TOLD"), ((string)told["name"]!, (string)told["state"]!));

        var absent = (await crew.Graph(Pass, new { id, turn = 1 }))["passGiveaway"]!;
        Assert.Equal("ABSENT", (string)absent["turns"]![0]!["state"]!);
        using var late = new Studio(app.Url, scene, winner);
        Assert.Equal("giveaway-answered", await late.Refused(Answer, new { id, accept = true }));
        var again = (await crew.Graph(Draw, new { id }))["drawGiveaway"]!;
        Verify(committed, again, 2);
        var next = people.Single(p => VerifiableDraw.Tag(Guid.Parse(id), p.Id) == (string)again["turns"]![1]!["tag"]!);
        Assert.NotEqual(winner.Id, next.Id);
        using var second = new Studio(app.Url, scene, next);
        Assert.Equal("ACCEPTED", (string)(await second.Graph(Answer, new { id, accept = true }))["answerGiveaway"]!["turns"]![1]!["state"]!);
        Assert.Equal("giveaway-answered", await crew.Refused(Pass, new { id, turn = 2 }));
        Assert.Equal("giveaway-given", await crew.Refused(Draw, new { id }));
        var other = people.First(p => p.Id != winner.Id && p.Id != next.Id);
        using var none = new Studio(app.Url, scene, other);
        Assert.Equal("not-found", await none.Refused(Answer, new { id, accept = true }));
    }

    [Fact]
    public async Task WhoIsThereTakesPartAndIsToldWhoWon()
    {
        var (scene, people, desk) = await Arrange(3);
        using var crew = desk;
        var id = (string)(await crew.Graph(Make, new { input = new { @event = scene.Event.Id, prize = "A book", eligible = "HERE" } }))["makeGiveaway"]!["id"]!;
        Assert.Equal("no-entrants", await crew.Refused(List, new { id }));
        await using var here = await scene.Connect(people[1]);
        await here.Attend(scene.Event.Id);

        await crew.Graph(List, new { id });
        var drawn = (await crew.Graph(Draw, new { id }))["drawGiveaway"]!;

        Assert.Equal(people[1].Name, (string)Assert.Single(drawn["turns"]!.AsArray())!["name"]!);
        await here.Until(() => here.Told.Count(t => t.About == GivingAway.About) >= 2, "the list and the draw");
        await crew.Graph(Pass, new { id, turn = 1 });
        Assert.Equal("giveaway-exhausted", await crew.Refused(Draw, new { id }));
    }

    [Fact]
    public async Task OnlyTheCrewGivesAwayAndOnlyWhatCanBeDrawn()
    {
        var (scene, people, desk) = await Arrange(1);
        using var crew = desk;
        using var attendee = new Studio(app.Url, scene, people[0]);
        using var nobody = new Studio(app.Url, scene, null);
        object Input(string prize = "A book", int winners = 1, string eligible = "CAME", object? poll = null, int? leastPoints = null) => new { input = new { @event = scene.Event.Id, prize, winners, eligible, poll, leastPoints } };

        Assert.Equal("not-found", await attendee.Refused(Make, Input()));
        Assert.Equal("sign-in-required", await nobody.Refused(Make, Input()));
        Assert.Equal("sign-in-required", await nobody.Refused(Read, new { @event = scene.Event.Id }));
        foreach (var bad in new[] { Input(prize: " "), Input(winners: 0), Input(winners: 1000), Input(eligible: "VOTED"), Input(eligible: "VOTED", poll: Guid.CreateVersion7()), Input(eligible: "POINTS"), Input(eligible: "POINTS", leastPoints: 0) })
            Assert.Equal("invalid-input", await crew.Refused(Make, bad));
        using var stranger = new Studio(app.Url, scene, await scene.Stranger());
        Assert.Equal("not-found", await stranger.Refused(Read, new { @event = scene.Event.Id }));
    }

    private async Task<(Scene Scene, Plenary.Platform.Access.Person[] People, Studio Desk)> Arrange(int attendees)
    {
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(attendees);
        var (speaker, member) = (await scene.Attendee("Sue Speaker"), await scene.Attendee("Max Member"));
        await scene.Save(new EventRoleGrant { EventId = scene.Event.Id, PersonId = speaker.Id, Role = EventRole.Speaker }, new Membership { OrganizationId = scene.Organization.Id, PersonId = member.Id, Role = OrganizationRole.Owner });
        await using (var db = app.OpenDb())
            await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == scene.Event.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.CameAt, TimeProvider.System.GetUtcNow()), Cancellation);
        await scene.Attendee("Nora Never");
        return (scene, people, new Studio(app.Url, scene, await scene.Granted(EventRole.Organizer)));
    }

    /// <summary>Somebody who comes after the list was fixed changes nothing.</summary>
    private async Task Late(Scene scene)
    {
        var late = await scene.Attendee("Lars Late");
        await using var db = app.OpenDb();
        await db.Set<Plenary.Registration.Registration>().Where(r => r.PersonId == late.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.CameAt, TimeProvider.System.GetUtcNow()), Cancellation);
    }

    /// <summary>What anybody can do with what is published.</summary>
    private static void Verify(JsonNode before, JsonNode after, int turns)
    {
        var tags = after["tags"]!.AsArray().Select(t => (string)t!).ToList();
        Assert.Equal((string)before["commitment"]!, VerifiableDraw.Commitment((string)after["seed"]!));
        Assert.Equal((string)after["listHash"]!, VerifiableDraw.ListHash(tags));
        Assert.Equal(tags.Order(StringComparer.Ordinal), tags);
        var places = VerifiableDraw.Draw((string)after["seed"]!, (string)after["listHash"]!, tags.Count, turns);
        Assert.Equal(places, after["turns"]!.AsArray().Select(t => (int)t!["place"]!));
        Assert.Equal(places.Select(p => tags[p]), after["turns"]!.AsArray().Select(t => (string)t!["tag"]!));
    }
}

public sealed class GiveawayFactsOnSqlite(SqliteApp app) : GiveawayFacts(app);

public sealed class GiveawayFactsOnPostgres(PostgresApp app) : GiveawayFacts(app);
