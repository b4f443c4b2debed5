using System.Net;
using Plenary.Load.Simulator;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Load;

/// <summary>The simulator against the real server: what a bench measures is what people get.</summary>
[Trait("Speed", "Slow")]
public sealed class SimulatorFacts
{
    private const int People = 200;
    private const int Posts = 20;

    [Fact]
    public async Task TwoHundredPeopleGetEveryMessageOnceAndInOrderAlsoOverAKilledServer()
    {
        await using var server = await ServerProcess.StartAsync();
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var file = Path.Combine(server.Folder, "cookies");
        await File.WriteAllLinesAsync(file, (await scene.Attendees(People)).Select(person => scene.Sessions.Cookie(person.Id)), TestContext.Current.CancellationToken);
        using var crowd = new Crowd(new()
        {
            Protocol = Protocol.Plenary,
            To = [new(IPAddress.Loopback, server.Url.Port)],
            Path = "/live",
            People = People,
            Cookies = file,
            Room = scene.Stage.Id.ToString(),
        });

        crowd.Go();
        Until(crowd, report => report.Joined == People);
        Assert.True(crowd.Report().ArrivedIn > 0);

        crowd.Tally.Clear();
        for (var n = 1; n <= Posts; n++) crowd.Post(n, n, 200);
        Until(crowd, report => report.Acknowledged == Posts && report.Lowest == Posts);
        var calm = crowd.Report();
        Assert.Equal((People * Posts, 0, 0, 0), (calm.Entries, calm.Lost, calm.Doubled, calm.Reconnects));
        Assert.Equal((People * Posts, Posts), (Histogram.Unpack(calm.Latency).Count, Histogram.Unpack(calm.Acks).Count));
        Assert.InRange(calm.Frames, People, 2 * People * Posts);

        crowd.Tally.Clear();
        for (var n = Posts + 1; n <= 2 * Posts; n++) crowd.Post(n, n, 200);
        await server.Kill();
        Until(crowd, report => report.Joined == 0);
        var starting = server.StartAgain();
        Until(crowd, report => report.Joined == People && report.Pending == 0 && report.Lowest == 2 * Posts);
        await starting;
        var storm = crowd.Report();
        Assert.Equal((2 * Posts, 0, 0, People), (storm.Highest, storm.Lost, storm.Doubled, storm.Reconnects));
        Assert.Equal(People, Histogram.Unpack(storm.Back).Count);
    }

    private static void Until(Crowd crowd, Func<Report, bool> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds(crowd.Report()))
        {
            crowd.Turn(20);
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(60)) Assert.Fail($"waited in vain: {crowd.Report().ToJson()}");
        }
    }
}
