namespace Plenary.BrowserTests.Support;

/// <summary>The journeys of what people do in a room beside watching share one site, one after the other.</summary>
[CollectionDefinition]
public sealed class RoomSite : ICollectionFixture<DemoSite>;
