namespace Plenary.Platform;

/// <summary>How this installation is reached from outside: <c>Public:Url</c>, or the first address it listens on.</summary>
public sealed class PublicUrl(IConfiguration configuration, IServiceProvider services)
{
    /// <summary>Without a slash at the end.</summary>
    public string Root => (Settings.Address(configuration, "Public:Url")?.ToString() ?? Listening()).TrimEnd('/');

    /// <summary>An absolute link to a path of this site that begins with a slash.</summary>
    public string Link(string path) => Root + path;

    private string Listening()
    {
        var addresses = services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>();
        return (addresses?.Addresses.FirstOrDefault() ?? "http://localhost:5000").Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//127.0.0.1", "//localhost", StringComparison.Ordinal);
    }
}
