using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Plenary.Templates;

namespace Plenary.Tests.Templates;

/// <summary>Template files: what is wrong with them is said where it is, with what to do.</summary>
public sealed class TemplateFileFacts
{
    private static readonly string Good = """
        {
          "key": "reading-circle",
          "name": "Reading circle",
          "tagline": "An evening, one book",
          "category": "meeting",
          "description": "For people who read the same book.",
          "audience": "5 – 30",
          "art": "meetup",
          "accent": "#2f5d8a",
          "cover": "hall",
          "event": { "tagline": "One book.", "description": ["First line", "", "Second *line*"] },
          "rooms": [
            { "key": "lobby", "name": "Lobby", "kind": "lobby", "format": "lobby" },
            { "key": "stage", "name": "Stage", "kind": "stage", "format": "fireside-chat" }
          ],
          "sessions": [
            { "day": 0, "start": "19:00", "minutes": 30, "title": "Arrive", "summary": "", "room": "lobby" },
            { "day": 0, "start": "19:30", "minutes": 60, "title": "Talk", "summary": "", "room": "stage" }
          ],
          "tickets": [ { "name": "Seat", "description": "", "capacity": 30 } ],
          "emails": ["confirmation", "reminder"]
        }
        """;

    [Fact]
    public void AGoodFileIsATemplate()
    {
        var (template, errors) = TemplateFile.Read("good.json", Good);
        Assert.Empty(errors);
        Assert.Equal("First line\n\nSecond *line*", template!.Event.Description);
        Assert.Equal(Plenary.Rooms.RoomKind.Stage, template.Rooms[1].Kind);
        Assert.Equal((1, 2), (template.DayCount, template.Emails.Count));
    }

    [Fact]
    public void EveryBuiltInFileIsATemplate() => Assert.All(TemplateCatalogue.BuiltIn(), read => Assert.True(read.Template is not null, string.Join('\n', read.Errors)));

    [Theory]
    [InlineData("\"category\": \"meeting\"", "\"category\": \"party\"", 5, "Use one of \"talks\", \"meeting\", \"learning\", \"company\"")]
    [InlineData("\"#2f5d8a\"", "\"blue\"", 9, "A colour as # and six hexadecimal digits")]
    [InlineData("\"name\": \"Reading circle\",", "", 1, "\"name\" is missing. Add it: The template's name")]
    [InlineData("\"audience\": \"5 – 30\"", "\"audience\": 30", 7, "30 is not possible for \"audience\". How many people it suits")]
    [InlineData("\"cover\": \"hall\"", "\"cover\": \"hall\", \"colour\": \"red\"", 10, "\"colour\" is not a field of a template")]
    [InlineData("\"kind\": \"stage\"", "\"kind\": \"theatre\"", 14, "Use one of \"lobby\", \"stage\", \"networking\"")]
    [InlineData("\"start\": \"19:30\"", "\"start\": \"7:30 pm\"", 18, "with two digits each. Example: \"09:30\"")]
    [InlineData("\"minutes\": 60", "\"minutes\": 0", 18, "from 5 to 720")]
    [InlineData("\"minutes\": 60", "\"minutes\": \"60\"", 18, "whole number of minutes")]
    [InlineData("\"room\": \"stage\"", "\"room\": \"staeg\"", 18, "no room with the key “staeg”. Use one of lobby, stage")]
    [InlineData("\"key\": \"stage\"", "\"key\": \"lobby\"", 14, "Another room already has the key “lobby”")]
    [InlineData("\"kind\": \"lobby\"", "\"kind\": \"stage\"", 12, "There is no lobby")]
    [InlineData("\"start\": \"19:30\", \"minutes\": 60, \"title\": \"Talk\", \"summary\": \"\", \"room\": \"stage\"", "\"start\": \"19:20\", \"minutes\": 60, \"title\": \"Talk\", \"summary\": \"\", \"room\": \"lobby\"", 18, "starts while “Arrive” is still on")]
    [InlineData("\"capacity\": 30", "\"capacity\": -1", 20, "from 1 to 1000000")]
    [InlineData("[\"confirmation\", \"reminder\"]", "[\"confirmation\", \"confirmation\"]", 21, "names the same thing twice")]
    [InlineData("[\"confirmation\", \"reminder\"]", "[\"confirmation\", \"spam\"]", 21, "Use one of \"confirmation\", \"reminder\"")]
    [InlineData("\"art\": \"meetup\",", "\"art\": \"meetup\"", 9, "This is not JSON")]
    [InlineData("\"art\": \"meetup\"", "\"art\": \"meetup\", \"art\": \"ama\"", 8, "This is not JSON")]
    public void AMistakeIsNamedByItsLineAndHowToMendIt(string right, string wrong, int line, string says)
    {
        Assert.Contains(right, Good);
        var (template, errors) = TemplateFile.Read("broken.json", Replace(Good, right, wrong));
        Assert.Null(template);
        var error = errors[0];
        Assert.True(errors.Any(e => e.Line == line && e.Message.Contains(says, StringComparison.Ordinal)), string.Join('\n', errors));
        Assert.StartsWith("broken.json:", error.ToString());
    }

    [Fact]
    public void AllMistakesAreToldAtOnceFromTopToBottom()
    {
        var text = Good.Replace("\"#2f5d8a\"", "\"blue\"", StringComparison.Ordinal).Replace("\"kind\": \"stage\"", "\"kind\": \"theatre\"", StringComparison.Ordinal).Replace("\"capacity\": 30", "\"capacity\": 0", StringComparison.Ordinal);
        var (_, errors) = TemplateFile.Read("broken.json", text);
        Assert.Equal([9, 14, 20], errors.Select(e => e.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("<html>")]
    public void WhatIsNoTemplateAtAllIsRefusedToo(string text)
    {
        var (template, errors) = TemplateFile.Read("odd.json", text);
        Assert.Null(template);
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void AnInstallationsOwnTemplatesAreOfferedAndBrokenOnesAreInTheLog()
    {
        var folder = Directory.CreateTempSubdirectory("plenary-templates-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "good.json"), Good);
            File.WriteAllText(Path.Combine(folder.FullName, "broken.json"), Good.Replace("\"minutes\": 60", "\"minutes\": 0", StringComparison.Ordinal).Replace("reading-circle", "broken-one", StringComparison.Ordinal));
            File.WriteAllText(Path.Combine(folder.FullName, "nonsense.json"), "no template");
            var log = new Lines();
            var catalogue = new TemplateCatalogue(new ConfigurationBuilder().AddInMemoryCollection([new("Templates:Folder", folder.FullName)]).Build(), log);
            Assert.NotNull(catalogue.Find("reading-circle"));
            Assert.NotNull(catalogue.Find("webinar"));
            Assert.Null(catalogue.Find("broken-one"));
            Assert.Contains(log.Written, l => l.Contains("broken.json:18:", StringComparison.Ordinal) && l.Contains("5 to 720", StringComparison.Ordinal));
            Assert.Contains(log.Written, l => l.Contains("nonsense.json:1:", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Replace(string text, string right, string wrong)
    {
        var at = text.IndexOf(right, StringComparison.Ordinal);
        return text[..at] + wrong + text[(at + right.Length)..];
    }

    private sealed class Lines : ILogger<TemplateCatalogue>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
