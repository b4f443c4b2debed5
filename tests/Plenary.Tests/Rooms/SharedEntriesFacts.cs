using System.Text.Json;
using MessagePack;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>What is encoded once for many is, byte for byte, what each would have been sent.</summary>
public sealed class SharedEntriesFacts(SqliteApp app)
{
    [Theory]
    [InlineData("messagepack")]
    [InlineData("json")]
    public void AnAnswerWithSharedEntriesIsTheSameBytes(string name)
    {
        var protocol = app.Services.GetServices<IHubProtocol>().Single(p => p.Name == name);
        Entry[] entries =
        [
            new(1, Guid.CreateVersion7(), EntryKind.Chat, 1_800_000_000_000, Guid.CreateVersion7(), "Ann \"A\" Ünal", "attendee", "öäü 👋🏽 </script>", null),
            new(2, Guid.CreateVersion7(), EntryKind.Stage, 1_800_000_000_001, null, "Grace", "speaker", null, new(StageState.Live, Guid.CreateVersion7(), "/live/x", "Grace", 1)),
        ];
        var shared = new SharedEntries(entries);
        var plain = Bytes(entries);

        Assert.Equal(plain, Bytes(shared));
        Assert.Equal(plain, Bytes(shared)); // and copied the second time

        byte[] Bytes(object argument) => protocol.GetMessageBytes(new InvocationMessage("Test", [argument])).ToArray();
    }

    [Fact]
    public void EntriesAreReadBackAsTheyWere()
    {
        Entry[] entries = [new(7, Guid.CreateVersion7(), EntryKind.Chat, 1, null, "Ann", "attendee", "text", null)];
        var cancellation = TestContext.Current.CancellationToken;
        var packed = MessagePackSerializer.Serialize(new SharedEntries(entries), cancellationToken: cancellation);
        Assert.Equal(entries, JsonSerializer.Deserialize<SharedEntries>(JsonSerializer.Serialize(new SharedEntries(entries))));
        Assert.Equal(entries, MessagePackSerializer.Deserialize<SharedEntries>(packed, cancellationToken: cancellation));
        Assert.Equal("[]", JsonSerializer.Serialize(new SharedEntries([])));
    }
}
