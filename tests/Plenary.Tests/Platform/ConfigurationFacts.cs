using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Plenary.Platform;
using Plenary.Platform.Mail;

namespace Plenary.Tests.Platform;

/// <summary>An operator can believe the table of settings, and is told about mistakes at the start.</summary>
public sealed partial class ConfigurationFacts
{
    [Fact]
    public void TheTableNamesEverySettingThatIsReadAndNoOther()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));
        var read = Directory.EnumerateFiles(Path.Combine(root, "src", "Plenary"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Reads().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups["db"].Success ? "ConnectionStrings:" + m.Groups["db"].Value : Hole().Replace(m.Groups["key"].Value, "<name>"))
            .Distinct().Order(StringComparer.Ordinal);
        var rows = File.ReadAllLines(Path.Combine(root, "docs", "operate", "configuration.md")).Select(l => Row().Match(l)).Where(m => m.Success).ToList();
        Assert.Equal(read, rows.Select(m => m.Groups["key"].Value));
        foreach (var row in rows) Assert.Equal(row.Groups["key"].Value.Replace(":", "__", StringComparison.Ordinal), row.Groups["environment"].Value);
    }

    [Theory]
    [InlineData("Smtp:Port", "smtp")]
    [InlineData("Smtp:Port", "70000")]
    [InlineData("Smtp:Security", "maybe")]
    [InlineData("Smtp:From", "nobody")]
    [InlineData("Smtp:User", "only-a-user")]
    [InlineData("Smtp:Security", "none", "Smtp:User", "u", "Smtp:Password", "hunter2")]
    public void AMailSettingThatCannotBeUsedIsNamedAtTheStart(params string[] settings)
    {
        var values = new Dictionary<string, string?> { ["Smtp:Host"] = "mail.example.org", ["Smtp:From"] = "Plenary <events@example.org>" };
        for (var i = 0; i < settings.Length; i += 2) values[settings[i]] = settings[i + 1];
        var error = Assert.Throws<SettingsException>(() => SmtpSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build()));
        Assert.StartsWith("The setting Smtp:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersFlagsAndAddressesAreChecked()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["N"] = "-1", ["F"] = "yes", ["A"] = "example.org" }).Build();
        Assert.Equal("N", Assert.Throws<SettingsException>(() => Settings.Number(configuration, "N", 1, 0, 9)).Key);
        Assert.Equal("F", Assert.Throws<SettingsException>(() => Settings.Flag(configuration, "F")).Key);
        Assert.Equal("A", Assert.Throws<SettingsException>(() => Settings.Address(configuration, "A")).Key);
        Assert.Equal(7, Settings.Number(configuration, "Missing", 7, 0, 9));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("""(?:onfiguration\[|GetValue(?:<[^>]*>)?\(|GetSection\(|Settings\.(?:Number|Positive|Flag|Address)\([^"]*?,\s*)\$?"(?<key>[A-Z][^"]*)"|GetConnectionString\("(?<db>[^"]+)"\)""")]
    private static partial Regex Reads();

    [GeneratedRegex("^\\| `(?<key>[^`]+)` \\| `(?<environment>[^`]+)` \\|")]
    private static partial Regex Row();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
