using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Plenary.Calls;
using Plenary.Platform;
using Plenary.Tests.Support;

namespace Plenary.Tests.Calls;

/// <summary>What browsers are told about TURN servers.</summary>
public sealed class IceServerFacts
{
    private const string Secret = "a-secret-of-the-turn-server";

    private static readonly Guid Person = new("01a207b7-e79a-7d64-ab49-4db879bb0002");

    [Fact]
    public void CredentialsAreThoseThatATurnServerWithTheSameSecretComputes()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
        var ice = Of(new() { ["Media:Turn"] = "stun:turn.example.org:3478, turn:turn.example.org:3478?transport=udp,turns:turn.example.org:443", ["Media:TurnSecret"] = Secret }, now);
        var servers = ice.For(Person);
        Assert.Equal(["stun:turn.example.org:3478"], servers[0].Urls);
        Assert.Null(servers[0].Credential);
        Assert.Equal(["turn:turn.example.org:3478?transport=udp", "turns:turn.example.org:443"], servers[1].Urls);
        Assert.Equal($"{1_790_000_000 + (12 * 3_600)}:{Person:N}", servers[1].Username);
#pragma warning disable CA5350 // what coturn does
        Assert.Equal(Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(servers[1].Username!))), servers[1].Credential);
#pragma warning restore CA5350
        // One that was computed elsewhere: echo -n 1790043200:01a207b7e79a7d64ab494db879bb0002 | openssl dgst -sha1 -hmac a-secret-of-the-turn-server -binary | base64
        Assert.Equal("61M7HzcZ36aY8xNCqjyt6fGK2gE=", servers[1].Credential);
        Assert.Empty(Of([], now).For(Person));
    }

    [Theory]
    [InlineData("Media:Turn", "http://turn.example.org", Secret)]
    [InlineData("Media:Turn", "turn:", Secret)]
    [InlineData("Media:TurnSecret", "turn:turn.example.org", null)]
    [InlineData("Media:TurnSecret", "turn:turn.example.org", "short")]
    public void AMistakeInTheSettingsIsNamedAndItsSecretIsNot(string setting, string turn, string? secret)
    {
        var mistake = Assert.Throws<SettingsException>(() => Of(new() { ["Media:Turn"] = turn, ["Media:TurnSecret"] = secret }, DateTimeOffset.UnixEpoch));
        Assert.Equal(setting, mistake.Key);
        if (secret is not null) Assert.DoesNotContain(secret, mistake.Message, StringComparison.Ordinal);
    }

    private static IceServers Of(Dictionary<string, string?> settings, DateTimeOffset now) => new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new SetClock(now));
}
