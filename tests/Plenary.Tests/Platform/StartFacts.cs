using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Plenary.Tests.Platform;

/// <summary>What an operator reads when the program cannot start.</summary>
public sealed class StartFacts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Smtp:Port", "--Smtp:Host", "mail.example.org", "--Smtp:Port", "smtp")]
    [InlineData("Demo", "--Demo", "perhaps")]
    [InlineData("Public:Url", "--Public:Url", "events.example.org")]
    [InlineData("Proxy:Trusted", "--Proxy:Trusted", "the-proxy")]
    [InlineData("RateLimits:graph:Permits", "--RateLimits:graph:Permits", "0")]
    [InlineData("Media:Ffmpeg", "--Media:Ffmpeg", "/nowhere/ffmpeg")]
    [InlineData("Templates:Folder", "--Templates:Folder", "/nowhere/templates")]
    [InlineData("urls", "--urls", "everywhere")]
    [InlineData("ConnectionStrings:Db", "--ConnectionStrings:Db", "Host=db;Passwort=hunter2")]
    [InlineData("ConnectionStrings:Db", "--ConnectionStrings:Db", "Host=127.0.0.1;Port=1;Username=plenary;Password=hunter2")]
    [InlineData("Cluster:Enabled", "--Cluster:Enabled", "true")]
    [InlineData("Cluster:Address", "--Cluster:Address", "nowhere.invalid")]
    [InlineData("Data:Folder", "--Data:Folder", "/dev/null/data")]
    public async Task ASettingThatCannotBeUsedStopsTheStartWithOneSentenceThatNamesIt(string setting, params string[] arguments)
    {
        var (code, complaint) = await Start(arguments);
        Assert.Equal(1, code);
        Assert.StartsWith($"The setting {setting} ", complaint, StringComparison.Ordinal);
        Assert.Single(complaint.Trim().Split('\n'));
        Assert.DoesNotContain("hunter2", complaint, StringComparison.Ordinal);
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task AnAddressThatIsTakenStopsTheStartWithOneSentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, complaint) = await Start("--urls", $"http://127.0.0.1:{port}");
        Assert.Equal(1, code);
        Assert.Equal($"Failed to bind to address http://127.0.0.1:{port}: address already in use.", complaint.Trim());
    }

    private static async Task<(int Code, string Complaint)> Start(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("plenary-start-").FullName;
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Plenary.dll"), "--Data:Folder", folder, .. arguments]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        using var process = Process.Start(start)!;
        try
        {
            var said = process.StandardOutput.ReadToEndAsync(Cancellation);
            var complaint = await process.StandardError.ReadToEndAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
            await said;
            await process.WaitForExitAsync(Cancellation);
            return (process.ExitCode, complaint);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }
}
