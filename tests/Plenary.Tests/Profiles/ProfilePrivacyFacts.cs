using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Profiles;
using Plenary.Tests.Support;

namespace Plenary.Tests.Profiles;

/// <summary>Who sees whom: every profile here holds words that must not reach the wrong eyes.</summary>
public abstract class ProfilePrivacyFacts(App app)
{
    private const string Secret = "keeps-bees-in-the-attic";
    private const string Choose = "mutation($event: ID!, $visibility: Visibility) { chooseVisibility(event: $event, visibility: $visibility) { shownTo } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHiddenProfileIsSeenByNobodyWhateverTheirRole()
    {
        using var event_ = await Gathering.At(app);
        var ada = await WithSecrets(await event_.Attendee("Ada"), "HIDDEN");
        foreach (var other in new[] { event_.Owner, await event_.Staff(EventRole.Organizer, "Orga"), await event_.Staff(EventRole.Producer, "Prod"), await event_.Staff(EventRole.Moderator, "Modi"), await event_.Staff(EventRole.Speaker, "Speaks"), await event_.Attendee("Bela"), await event_.Guest("Gus") })
            Assert.Equal("[]", await event_.Shown(other, ada));
        Assert.Contains(Secret, await event_.Shown(ada, ada), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOpenProfileIsForThoseOfTheEventOnly()
    {
        using var event_ = await Gathering.At(app);
        using var other = await Gathering.At(app);
        var ada = await WithSecrets(await event_.Attendee("Ada"), "OPEN");
        var bela = await event_.Attendee("Bela");
        Assert.Contains(Secret, await event_.Shown(bela, ada), StringComparison.Ordinal);
        Assert.Contains(Secret, await event_.Shown(event_.Owner, ada), StringComparison.Ordinal);
        // Somebody of another event, also when they ask in the name of that one; and somebody who gave their place back.
        var elsewhere = await other.Attendee("Elsa");
        Assert.Equal("null", await event_.Shown(elsewhere, ada));
        Assert.Equal("[]", await other.Shown(elsewhere, ada));
        using var stranger = app.Visitor();
        Assert.Null((await stranger.Graph(Gathering.Cards, new { @event = event_.Event.Id, people = new[] { ada.Id } }))["profileCards"]);
        await event_.Leaves(bela);
        Assert.Equal("null", await event_.Shown(bela, ada));
        await event_.Leaves(ada);
        Assert.Equal("[]", await event_.Shown(event_.Owner, ada));
    }

    [Fact]
    public async Task MatchesOnlyMeansThoseTheyAreAcquaintedWith()
    {
        using var event_ = await Gathering.At(app);
        var ada = await WithSecrets(await event_.Attendee("Ada"), "MATCHES");
        var (match, other) = (await event_.Attendee("Match"), await event_.Attendee("Other"));
        Assert.Equal("[]", await event_.Shown(other, ada));
        Assert.Equal("[]", await event_.Shown(event_.Owner, ada));
        Acquainted met = (_, eventId, viewer, people, _) => Task.FromResult<IReadOnlySet<Guid>>(
            (eventId == event_.Event.Id && viewer == match.Id ? people.Append(other.Id) : []).ToHashSet()); // one nobody asked for must not slip in
        var reading = new ProfileReading([met]);
        await using var db = app.OpenDb();
        Assert.Equal(Secret, (await reading.Card(db, event_.Event.Id, match.Id, ada.Id, Cancellation))!.About);
        Assert.Null(await reading.Card(db, event_.Event.Id, other.Id, ada.Id, Cancellation));
        await match.Graph(Gathering.Block, new { @event = event_.Event.Id, person = ada.Id });
        Assert.Null(await reading.Card(db, event_.Event.Id, match.Id, ada.Id, Cancellation));
    }

    [Fact]
    public async Task OneEventMayBeHiddenFromAndAnotherNot()
    {
        using var event_ = await Gathering.At(app);
        var ada = await WithSecrets(await event_.Attendee("Ada"), "OPEN");
        var bela = await event_.Attendee("Bela");
        Assert.Equal("HIDDEN", (string)(await ada.Graph(Choose, new { @event = event_.Event.Id, visibility = "HIDDEN" }))["chooseVisibility"]!["shownTo"]!);
        Assert.Equal("[]", await event_.Shown(bela, ada));
        Assert.Equal("OPEN", (string)(await ada.Graph(Choose, new { @event = event_.Event.Id }))["chooseVisibility"]!["shownTo"]!);
        Assert.Contains(Secret, await event_.Shown(bela, ada), StringComparison.Ordinal);
        // The other way round: hidden in general, open here.
        await ada.Graph(Gathering.Save, new { input = new { visibility = "HIDDEN" } });
        Assert.Equal("[]", await event_.Shown(bela, ada));
        await ada.Graph(Choose, new { @event = event_.Event.Id, visibility = "OPEN" });
        Assert.Contains(Secret, await event_.Shown(bela, ada), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABlockHidesBothFromEachOtherAndFromNobodyElse()
    {
        using var event_ = await Gathering.At(app);
        var ada = await WithSecrets(await event_.Attendee("Ada"), "OPEN");
        var bela = await WithSecrets(await event_.Attendee("Bela"), "OPEN");
        var third = await event_.Attendee("Third");
        await ada.Graph(Gathering.Block, new { @event = event_.Event.Id, person = bela.Id });
        Assert.Equal("[]", await event_.Shown(bela, ada));
        Assert.Equal("[]", await event_.Shown(ada, bela));
        Assert.Contains(Secret, await event_.Shown(third, ada), StringComparison.Ordinal);
        await using var db = app.OpenDb();
        var named = await app.Services.GetRequiredService<ProfileReading>().CardsOrNames(db, event_.Event.Id, bela.Id, [ada.Id, third.Id], Cancellation);
        Assert.Equal(("Ada", "", null), (named[ada.Id].Name, named[ada.Id].Headline, named[ada.Id].Company));
        Assert.Empty(named[ada.Id].Interests);
        Assert.Equal("", named[ada.Id].About);
    }

    private static async Task<Somebody> WithSecrets(Somebody person, string visibility)
    {
        await person.Graph(Gathering.Save, new { input = new { about = Secret, company = Secret, headline = Secret, interests = new[] { Secret }, looksFor = new[] { Secret }, offers = new[] { Secret }, visibility } });
        return person;
    }
}

public sealed class ProfilePrivacyFactsOnSqlite(SqliteApp app) : ProfilePrivacyFacts(app);

public sealed class ProfilePrivacyFactsOnPostgres(PostgresApp app) : ProfilePrivacyFacts(app);
