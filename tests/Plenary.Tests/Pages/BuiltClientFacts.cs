using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Database;

namespace Plenary.Tests.Pages;

/// <summary>Pages when a client was built: its shell, and its first answer inside the page.</summary>
public sealed class BuiltClientFacts : IAsyncLifetime
{
    private const string Hash = "9b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccddeeff0";

    private readonly string folder = Directory.CreateTempSubdirectory("plenary-client-").FullName;
    private WebApplicationFactory<Program> host = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "wwwroot")).FullName;
        await File.WriteAllTextAsync(Path.Combine(root, "index.html"), """
            <!doctype html>
            <html lang="en"><head><title>Plenary</title><!--head--><script type="module" src="/assets/index-abc.js"></script></head>
            <body><div id="root"><!--body--></div><!--boot--></body></html>
            """);
        await File.WriteAllTextAsync(Path.Combine(root, "persisted-documents.json"),
            JsonSerializer.Serialize(new Dictionary<string, string> { [Hash] = "query Landing($slug: String!) { event(slug: $slug) { __typename name tagline } }" }));
        host = new Client(folder, root);
        host.UseKestrel(0);
        host.StartServer();
        http = new HttpClient { BaseAddress = host.ClientOptions.BaseAddress };
    }

    [Fact]
    public async Task ThePageCarriesTheClientsFirstAnswer()
    {
        var organization = new Organization { Slug = "club", Name = "Club" };
        var shown = new Event { OrganizationId = organization.Id, Slug = "shown", Name = "Shown </script><b>", Tagline = "Line", TimeZone = "Europe/Berlin", Status = EventStatus.Published };
        var hidden = new Event { OrganizationId = organization.Id, Slug = "hidden", Name = "Secret Summit", TimeZone = "Europe/Berlin" };
        using (var scope = host.Services.CreateScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            db.AddRange(organization, shown, hidden);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var html = await http.GetStringAsync("/e/shown", TestContext.Current.CancellationToken);
        Assert.Contains("src=\"/assets/index-abc.js\"", html);
        const string Begin = "<script type=\"application/json\" id=\"boot\">";
        var boot = html[(html.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..];
        var answer = JsonNode.Parse(boot[..boot.IndexOf("</script>", StringComparison.Ordinal)])!;
        Assert.Equal("Shown </script><b>", (string)answer["landing"]!["event"]!["name"]!);
        Assert.Equal("Event", (string)answer["landing"]!["event"]!["__typename"]!);

        using var missing = await http.GetAsync("/e/hidden", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        var text = await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Secret", text);
        Assert.DoesNotContain("<!--", text);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class Client(string folder, string root) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Testing");
            builder.UseWebRoot(root);
            builder.UseSetting("ConnectionStrings:Db", $"Data Source={Path.Combine(folder, "plenary.db")};Pooling=False");
            builder.UseSetting("Data:Folder", folder);
        }
    }
}
