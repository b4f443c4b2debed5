using Microsoft.Extensions.Configuration;
using Plenary.Platform;
using Plenary.Rooms;

namespace Plenary.Tests.Rooms;

/// <summary>How often a room speaks.</summary>
public sealed class RoomPaceFacts
{
    private static readonly TimeSpan None = TimeSpan.Zero;

    [Theory]
    [InlineData(0, 50)]
    [InlineData(500, 50)]
    [InlineData(501, 100)]
    [InlineData(10_000, 100)]
    [InlineData(20_000, 200)]
    [InlineData(50_000, 500)]
    [InlineData(200_000, 500)]
    public void TheMorePeopleTheLongerATick(int connections, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Adaptive.Tick(connections, None));

    [Fact]
    public void ATickIsLongerThanAFrameTakesToReachEverybodyUpToALimit()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(800), Adaptive.Tick(50_000, TimeSpan.FromMilliseconds(640)));
        Assert.Equal(TimeSpan.FromMilliseconds(500), Adaptive.Tick(50_000, TimeSpan.FromMilliseconds(100)));
        Assert.Equal(TimeSpan.FromMilliseconds(60), Adaptive.Tick(10, TimeSpan.FromMilliseconds(48)));
        Assert.Equal(RoomPace.Longest, Adaptive.Tick(50_000, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void WhoIsHereIsToldAtOnceInSmallRoomsAndSeldomInBigOnes()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(50), Adaptive.AudienceTick(100, None));
        Assert.Equal(TimeSpan.FromSeconds(1), Adaptive.AudienceTick(2_000, None));
        Assert.Equal(TimeSpan.FromSeconds(2), Adaptive.AudienceTick(50_000, None));
    }

    [Fact]
    public void AnOperatorMayFixTheTick()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(250), Set("250").Tick(50_000, TimeSpan.FromSeconds(1)));
        Assert.False(Set("250").OneByOne);
        Assert.True(Set("0").OneByOne);
        Assert.Equal("Rooms:TickMilliseconds", Assert.Throws<SettingsException>(() => Set("often")).Key);
    }

    private static RoomPace Adaptive => new(fixedTick: null);

    private static RoomPace Set(string value) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Rooms:TickMilliseconds", (string?)value)]).Build());
}
