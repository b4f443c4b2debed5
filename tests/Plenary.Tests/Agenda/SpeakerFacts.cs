using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Tests.Support;

namespace Plenary.Tests.Agenda;

/// <summary>Speakers: how the crew keeps them, and how they get in.</summary>
public abstract class SpeakerFacts(App app)
{
    private const string Save = "mutation($input: SaveSpeakerInput!) { saveSpeaker(input: $input) { id name email invitedAt portrait photoUrl } }";
    private const string Invite = "mutation($id: ID!) { inviteSpeaker(id: $id) { id invitedAt } }";

    [Fact]
    public async Task AnInvitedSpeakerGetsALinkThatLetsThemIntoTheirStageAndNowhereElse()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent(publish: true);
        var email = Support.People.NewEmail("speaker");
        var speaker = await owner.NewSpeaker(made.Id(), "Mei Lin", email);
        await owner.Graph(Invite, new { id = speaker.Id() });
        var mail = Assert.Single(await app.MailsTo(email));
        Assert.Contains("speaker link", mail.Subject);
        var holder = await Open(mail.Link("/j/"));
        Assert.Equal(made.Id(), holder.EventId);
        Assert.Equal($"/e/{made.Slug()}/studio/main-stage", holder.GoTo);

        await using var db = app.OpenDb();
        var asSpeaker = await db.RolesAt(new Viewer(holder.PersonId, made.Id()), made.Id(), TestContext.Current.CancellationToken);
        Assert.Equal([EventRole.Speaker], asSpeaker);
        var elsewhere = await owner.NewEvent("Another one");
        Assert.Empty(await db.RolesAt(new Viewer(holder.PersonId, made.Id()), elsewhere.Id(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AnotherAddressMakesTheOldLinkVoidAndTakesTheRole()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var email = Support.People.NewEmail("first");
        var speaker = await owner.NewSpeaker(made.Id(), "Mei Lin", email);
        await owner.Graph(Invite, new { id = speaker.Id() });
        var link = (await app.MailsTo(email))[^1].Link("/j/");
        var before = await Open(link);
        await owner.Graph(Save, new { input = new { id = speaker.Id(), @event = made.Id(), name = "Mei Lin", headline = "", bio = "", email = Support.People.NewEmail("second") } });
        Assert.Equal("link-void", (await Assert.ThrowsAsync<RefusalException>(() => Open(link))).Refusal.Code);
        await using var db = app.OpenDb();
        Assert.False(await db.Set<EventRoleGrant>().AnyAsync(g => g.EventId == made.Id() && g.PersonId == before.PersonId, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ARemovedSpeakersLinkIsVoid()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var email = Support.People.NewEmail("gone");
        var speaker = await owner.NewSpeaker(made.Id(), "Mei Lin", email);
        await owner.Graph(Invite, new { id = speaker.Id() });
        var link = (await app.MailsTo(email))[^1].Link("/j/");
        Assert.True((bool)(await owner.Graph("mutation($id: ID!) { removeSpeaker(id: $id) }", new { id = speaker.Id() }))["removeSpeaker"]!);
        await Assert.ThrowsAsync<RefusalException>(() => Open(link));
        Assert.Empty((await owner.Graph("query($id: ID!) { event(id: $id) { speakers { id } } }", new { id = made.Id() }))["event"]!["speakers"]!.AsArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%00")]
    public async Task ALinkThatWasNotMadeHereOpensNothing(string token)
    {
        using var _ = app.Visitor();
        Assert.Equal("link-void", (await Assert.ThrowsAsync<RefusalException>(() => Open("/j/" + token))).Refusal.Code);
        Assert.Equal("link-void", (await Assert.ThrowsAsync<RefusalException>(() => Open("/j/" + new string('A', 100_000)))).Refusal.Code);
    }

    [Fact]
    public async Task AChangedLinkOpensNothing()
    {
        using var _ = app.Visitor();
        var links = app.Services.GetRequiredService<PersonalLinks>();
        var token = links.Token(new("speaker", Guid.CreateVersion7(), 1));
        var changed = token[..^2] + (token[^2] == 'A' ? 'B' : 'A') + token[^1];
        Assert.NotNull(links.Read(token));
        Assert.Null(links.Read(changed));
    }

    [Fact]
    public async Task AnInvitationNeedsAnAddressAndIsNotSentTwiceInARow()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var nameless = await owner.NewSpeaker(made.Id(), "No Address");
        Assert.Equal(("invalid-input", "email"), Pair(await owner.Refused(Invite, new { id = nameless.Id() })));
        var email = Support.People.NewEmail("twice");
        var speaker = await owner.NewSpeaker(made.Id(), "Mei Lin", email);
        await owner.Graph(Invite, new { id = speaker.Id() });
        Assert.Equal("too-many-requests", (await owner.Refused(Invite, new { id = speaker.Id() })).Code);
        Assert.Single(await app.MailsTo(email));
    }

    [Fact]
    public async Task SpeakersAddressesAreForTheCrewOnly()
    {
        using var owner = await app.NewOwner();
        using var other = await app.NewOwner("Otto Other");
        using var stranger = app.Visitor();
        var made = await owner.NewEvent(publish: true);
        var email = Support.People.NewEmail("private");
        var speaker = await owner.NewSpeaker(made.Id(), "Mei Lin", email);
        const string Query = "query($slug: String!) { event(slug: $slug) { speakers { name email invitedAt } } }";
        Assert.Contains(email, (await owner.Graph(Query, new { slug = made.Slug() })).ToJsonString());
        foreach (var outsider in new[] { stranger, other.Browser })
        {
            var seen = await outsider.Graph(Query, new { slug = made.Slug() });
            Assert.Contains("Mei Lin", seen.ToJsonString());
            Assert.DoesNotContain(email, seen.ToJsonString());
        }
        Assert.Equal("not-found", (await other.Refused(Invite, new { id = speaker.Id() })).Code);
        Assert.Equal("not-found", (await other.Refused("mutation($id: ID!) { removeSpeaker(id: $id) }", new { id = speaker.Id() })).Code);
        Assert.Equal("sign-in-required", (await stranger.Refused(Invite, new { id = speaker.Id() })).Code);
    }

    [Theory]
    [InlineData("name", 81, "Fill", "")]
    [InlineData("headline", 161, "at most 160", "")]
    [InlineData("bio", 4001, "at most 4000", "")]
    [InlineData("email", 0, "", "not an address")]
    [InlineData("portrait", 0, "", "../secret")]
    [InlineData("photoFile", 0, "", "00000000-0000-0000-0000-000000000001")]
    public async Task ABadSpeakerIsRefusedNamingTheField(string field, int length, string says, string value)
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var input = new Dictionary<string, object?> { ["event"] = made.Id(), ["name"] = "Fine", ["headline"] = "", ["bio"] = "" };
        input[field] = length > 0 ? new string('x', length) : value;
        var refusal = await owner.Refused(Save, new { input });
        Assert.Equal(field, refusal.Field);
        if (says.StartsWith("at", StringComparison.Ordinal)) Assert.Contains(says, refusal.Message);
        Assert.Empty((await owner.Graph("query($id: ID!) { event(id: $id) { speakers { id } } }", new { id = made.Id() }))["event"]!["speakers"]!.AsArray());
    }

    private Task<PersonalLinkHolder> Open(string link) => app.Services.GetRequiredService<PersonalLinks>()
        .Open(link[(link.IndexOf("/j/", StringComparison.Ordinal) + 3)..], TestContext.Current.CancellationToken);

    private static (string, string?) Pair((string Code, string? Field, string Message) refusal) => (refusal.Code, refusal.Field);
}

public sealed class SpeakerFactsOnSqlite(SqliteApp app) : SpeakerFacts(app);

public sealed class SpeakerFactsOnPostgres(PostgresApp app) : SpeakerFacts(app);
