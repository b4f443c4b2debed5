using Plenary.Tests.Support;

namespace Plenary.Tests.Moderation;

/// <summary>Ways to get round a mute, a time-out, a removal, a ban, a hold, slow mode, a lock, the list of words or the rule about links. None works, and whoever is honest notices nothing.</summary>
public abstract class ModerationAbuseFacts(App app)
{
    public static TheoryData<string> Ways => [.. Tricks.All.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task NoWayGetsRoundIt(string way)
    {
        var yard = await Yard.Of(app, ofRooms: !(way.StartsWith("mute", StringComparison.Ordinal) || way.StartsWith("ban", StringComparison.Ordinal) || way.StartsWith("time-out", StringComparison.Ordinal) || way.StartsWith("removal", StringComparison.Ordinal)));
        await using var villain = await Villain.Of(yard);

        await Tricks.All[way](villain);

        Assert.Equal(0, await yard.Shown(villain.Words));
        var honest = yard.Honest;
        var said = await honest.PostUntilKept($"Good evening ({way})", Guid.CreateVersion7());
        await honest.Reaches(said.Seq);
        Assert.Equal((0, 0), (honest.Resyncs, honest.Removals.Count));
        Assert.DoesNotContain(honest.Log, entry => entry.Text?.Contains(villain.Words, StringComparison.Ordinal) == true);
    }

    [Fact]
    public void ThereAreFortyWaysAtLeast() => Assert.InRange(Tricks.All.Count, 40, 200);
}

public sealed class ModerationAbuseFactsOnSqlite(SqliteApp app) : ModerationAbuseFacts(app);

public sealed class ModerationAbuseFactsOnPostgres(PostgresApp app) : ModerationAbuseFacts(app);
