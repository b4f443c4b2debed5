using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plenary.Platform;
using Plenary.Platform.Access;

namespace Plenary.Tests.Platform;

/// <summary>Who is believed about where a request comes from.</summary>
public sealed class ProxyFacts
{
    [Fact]
    public void NobodyIsBelievedWhileNoProxyIsNamed() => Assert.Equal(ForwardedHeaders.None, Read("").ForwardedHeaders);

    [Fact]
    public void OnlyTheNamedProxiesAreBelieved()
    {
        var options = Read("192.0.2.7, 10.1.0.0/16,2001:db8::1");
        Assert.Equal([IPAddress.Parse("192.0.2.7"), IPAddress.Parse("2001:db8::1")], options.KnownProxies);
        Assert.Equal(System.Net.IPNetwork.Parse("10.1.0.0/16"), Assert.Single(options.KnownIPNetworks)); // and loopback, the framework's default, is not
    }

    [Fact]
    public void ASettingThatIsNoAddressIsNamed()
    {
        var mistake = Assert.Throws<SettingsException>(() => Read("10.1.0.0/16, proxy.example"));
        Assert.Equal("Proxy:Trusted", mistake.Key);
        Assert.Contains("proxy.example", mistake.Message, StringComparison.Ordinal);
    }

    private static ForwardedHeadersOptions Read(string trusted)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration["Proxy:Trusted"] = trusted;
        builder.AddTrustedProxies();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value;
    }
}
