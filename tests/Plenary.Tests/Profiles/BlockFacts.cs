using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Plenary.Platform.Access;
using Plenary.Platform.Jobs;
using Plenary.Profiles;
using Plenary.Tests.Support;

namespace Plenary.Tests.Profiles;

/// <summary>Blocks: silent, for good, and only their author takes them back.</summary>
public abstract class BlockFacts(App app)
{
    private const string Mine = "{ myBlocks { person name } }";
    private const string Unblock = "mutation($person: ID!) { unblockPerson(person: $person) }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnlyWhoBlockedKnowsAndTakesItBack()
    {
        using var event_ = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        await ada.Graph(Gathering.Block, new { @event = event_.Event.Id, person = bela.Id });
        await ada.Graph(Gathering.Block, new { @event = event_.Event.Id, person = bela.Id }); // a second click
        Assert.Equal("Bela", (string)Assert.Single((await ada.Graph(Mine))["myBlocks"]!.AsArray())!["name"]!);
        Assert.Empty((await bela.Graph(Mine))["myBlocks"]!.AsArray());
        await bela.Graph(Unblock, new { person = ada.Id }); // it is not hers
        await using var db = app.OpenDb();
        Assert.True(await Blocks.Between(db, bela.Id, ada.Id, Cancellation));
        await ada.Graph(Unblock, new { person = bela.Id });
        Assert.False(await Blocks.Between(db, bela.Id, ada.Id, Cancellation));
        await ada.Graph(Unblock, new { person = bela.Id }); // nothing to take back any more
    }

    [Fact]
    public async Task ASessionOfOneEventTakesBackWhatItBlockedThereOnly()
    {
        using var event_ = await Gathering.At(app);
        using var other = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        await ada.Graph(Gathering.Block, new { @event = event_.Event.Id, person = bela.Id });
        using var friend = app.Visitor();
        await using var db = app.OpenDb();
        await app.SignIn(friend, (await db.Users.FindAsync([ada.Id], Cancellation))!, other.Event.Id);
        Assert.Empty((await friend.Graph(Mine))["myBlocks"]!.AsArray());
        await friend.Graph(Unblock, new { person = bela.Id });
        Assert.True(await Blocks.Between(db, ada.Id, bela.Id, Cancellation));
        using var here = app.Visitor();
        await app.SignIn(here, (await db.Users.FindAsync([ada.Id], Cancellation))!, event_.Event.Id);
        await here.Graph(Unblock, new { person = bela.Id });
        Assert.False(await Blocks.Between(db, ada.Id, bela.Id, Cancellation));
    }

    [Fact]
    public async Task OnlyPeopleOfTheEventBlockPeopleOfTheEvent()
    {
        using var event_ = await Gathering.At(app);
        using var other = await Gathering.At(app);
        var ada = await event_.Attendee("Ada");
        var elsewhere = await other.Attendee("Elsa");
        object Args(Guid person) => new { @event = event_.Event.Id, person };
        Assert.Equal("not-found", (await ada.Refused(Gathering.Block, Args(elsewhere.Id))).Code);
        Assert.Equal("not-found", (await elsewhere.Refused(Gathering.Block, Args(ada.Id))).Code);
        Assert.Equal("invalid-input", (await ada.Refused(Gathering.Block, Args(ada.Id))).Code);
        using var stranger = app.Visitor();
        Assert.Equal("sign-in-required", (await stranger.Refused(Gathering.Block, Args(ada.Id))).Code);
        Assert.Equal("sign-in-required", (await stranger.Refused(Mine)).Code);
    }

    [Fact]
    public async Task WhoGaveTheirPlaceBackIsBlockedAndReportedAllTheSame()
    {
        using var event_ = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        await event_.Leaves(bela);
        await ada.Graph(Gathering.Block, new { @event = event_.Event.Id, person = bela.Id });
        await ada.Graph("mutation($input: ReportPersonInput!) { reportPerson(input: $input) }", new { input = new { @event = event_.Event.Id, person = bela.Id, kind = "message" } });
        await using var db = app.OpenDb();
        Assert.True(await Blocks.Between(db, ada.Id, bela.Id, Cancellation));
        Assert.True(await db.Set<Report>().AnyAsync(r => r.AboutId == bela.Id, Cancellation));
    }

    [Fact]
    public async Task TheyAreFoundFromEitherSideAndAmongMany()
    {
        using var event_ = await Gathering.At(app);
        var (ada, bela, carl, dora) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"), await event_.Attendee("Carl"), await event_.Attendee("Dora"));
        await ada.Graph(Gathering.Block, new { @event = event_.Event.Id, person = bela.Id });
        await carl.Graph(Gathering.Block, new { @event = event_.Event.Id, person = ada.Id });
        await ada.Graph(Gathering.Block, new { @event = event_.Event.Id, person = dora.Id });
        await using var db = app.OpenDb();
        Assert.Equal([.. new[] { bela.Id, carl.Id, dora.Id }.Order()], (await Blocks.Around(db, ada.Id, Cancellation)).Order());
        var pairs = await Blocks.Pairs(db, [ada.Id, bela.Id, carl.Id], Cancellation);
        Assert.Equal(2, pairs.Count);
        Assert.All(pairs, pair => Assert.True(pair.One.CompareTo(pair.Other) < 0));
    }

    [Fact]
    public async Task TheRestOfTheProductIsToldAndTheJobIsThereWhenThatFails()
    {
        using var event_ = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        var told = new List<(Guid, Guid)>();
        var blocking = new Blocking([(_, _, _) => throw new TimeoutException("a call is slow to end"), (by, whom, _) => { told.Add((by, whom)); return Task.CompletedTask; }], TimeProvider.System, NullLogger<Blocking>.Instance);
        await using var db = app.OpenDb();
        await blocking.Block(db, new Viewer(ada.Id, null), event_.Event.Id, bela.Id, Cancellation);
        Assert.Equal([(ada.Id, bela.Id)], told);
        await using var fresh = app.OpenDb();
        Assert.True(await Blocks.Between(fresh, ada.Id, bela.Id, Cancellation));
        Assert.True(await fresh.Set<Job>().AnyAsync(j => j.Kind == "profiles.keep-apart" && j.Payload.Contains(bela.Id.ToString()), Cancellation));
    }
}

public sealed class BlockFactsOnSqlite(SqliteApp app) : BlockFacts(app);

public sealed class BlockFactsOnPostgres(PostgresApp app) : BlockFacts(app);
