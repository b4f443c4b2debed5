using Plenary.Templates;

namespace Plenary.Tests.Templates;

/// <summary>Polls, tables and the run of show in template files: what is wrong with them is said where it is.</summary>
public sealed class TemplateShowFacts
{
    private static readonly string Good = """
        {
          "key": "quiz-night", "name": "Quiz night", "tagline": "An hour", "category": "meeting", "description": "For friends.", "audience": "5 – 30",
          "people": { "from": 5, "to": 30 },
          "art": "meetup", "accent": "#2f5d8a", "cover": "hall", "event": { "tagline": "", "description": [] },
          "rooms": [
            { "key": "lobby", "name": "Lobby", "kind": "lobby", "format": "lobby" },
            { "key": "stage", "name": "Stage", "kind": "stage", "format": "talks", "slowSeconds": 10, "moderatedQuestions": true },
            { "key": "tables", "name": "Tables", "kind": "networking", "format": "roundtable", "tables": [ { "topic": "One", "seats": 4 } ] }
          ],
          "sessions": [
            { "key": "quiz", "day": 0, "start": "19:00", "minutes": 30, "title": "Quiz", "summary": "", "room": "stage" }
          ],
          "polls": [
            { "key": "bones", "room": "stage", "question": "How many bones?", "kind": "quiz", "options": ["106", "206"], "right": 1 }
          ],
          "cues": [
            { "key": "doors", "kind": "doors-open", "anchor": "session-start", "session": "quiz", "offsetSeconds": -900 },
            { "key": "ask", "kind": "open-poll", "anchor": "cue", "after": "doors", "offsetSeconds": 960, "poll": "bones" },
            { "kind": "announce", "anchor": "time", "day": 0, "start": "19:20", "text": "Ten minutes left.", "room": "stage" },
            { "kind": "start-party", "anchor": "hand", "room": "tables", "groups": ["Guest", "Host"] },
            { "kind": "move", "anchor": "session-end", "session": "quiz", "room": "tables", "from": "stage" }
          ],
          "tickets": [ { "name": "Guest", "description": "", "capacity": 30 }, { "name": "Host", "description": "", "capacity": 3 } ],
          "emails": ["confirmation"]
        }
        """;

    [Fact]
    public void AGoodFileHasItsShow()
    {
        var (template, errors) = TemplateFile.Read("good.json", Good);
        Assert.Empty(errors);
        Assert.Equal((1, 10, true), (template!.Rooms[2].Tables.Count, template.Rooms[1].SlowSeconds, template.Rooms[1].ModeratedQuestions));
        Assert.Equal([19 * 60 - 15, 19 * 60 + 1, 19 * 60 + 20, null, 19 * 60 + 30], template.Cues.Select(template.PlannedAt));
    }

    [Fact]
    public void WhatIsWrittenReadsTheSameAgain()
    {
        foreach (var template in TemplateCatalogue.BuiltIn().Select(read => read.Template!).Append(TemplateFile.Read("good.json", Good).Template!))
        {
            var text = TemplateText.Of(template);
            var (again, errors) = TemplateFile.Read("again.json", text);
            Assert.Empty(errors);
            Assert.Equal(text, TemplateText.Of(again!));
            Assert.Equal((template.Cues.Count, template.Polls.Count, template.Event.Description), (again!.Cues.Count, again.Polls.Count, again.Event.Description));
        }
    }

    [Theory]
    [InlineData("\"session\": \"quiz\", \"offset", "\"session\": \"quizz\", \"offset", 17, "no session with the key “quizz”. Use one of quiz")]
    [InlineData("\"poll\": \"bones\"", "\"poll\": \"skulls\"", 18, "no poll with the key “skulls”")]
    [InlineData("\"after\": \"doors\"", "\"after\": \"windows\"", 18, "no cue with the key “windows”")]
    [InlineData("\"after\": \"doors\"", "\"after\": \"ask\"", 18, "waits for itself")]
    [InlineData("\"session-start\", \"session\": \"quiz\", \"offsetSeconds\": -900", "\"cue\", \"after\": \"ask\"", 17, "waits for itself")]
    [InlineData("\"room\": \"tables\", \"from\": \"stage\"", "\"room\": \"stage\", \"from\": \"stage\"", 21, "not the one they are in")]
    [InlineData("\"from\": \"stage\"", "\"from\": \"cellar\"", 21, "no room with the key “cellar”")]
    [InlineData("\"text\": \"Ten minutes left.\", ", "", 19, "Fill in the text")]
    [InlineData("\"day\": 0, \"start\": \"19:20\", ", "", 19, "add \"day\" and \"start\"")]
    [InlineData("\"kind\": \"doors-open\"", "\"kind\": \"play-video\"", 17, "Use one of \"doors-open\"")]
    [InlineData("\"kind\": \"doors-open\"", "\"kind\": \"doors-open\", \"room\": \"lobby\"", 17, "no stage with the key “lobby”")]
    [InlineData("[\"Guest\", \"Host\"]", "[\"Guest\", \"Ghost\"]", 20, "no ticket called “Ghost”")]
    [InlineData("\"kind\": \"doors-open\", ", "", 17, "\"kind\" is missing")]
    [InlineData("\"right\": 1", "\"right\": 2", 14, "Say which answer is right")]
    [InlineData("[\"106\", \"206\"]", "[\"106\"]", 14, "Give people 2 to 10 options")]
    [InlineData("\"kind\": \"networking\"", "\"kind\": \"stage\"", 8, "Only networking rooms have tables")]
    [InlineData("\"seats\": 4", "\"seats\": 40", 8, "from 2 to 8")]
    [InlineData("\"people\":", "\"translations\": { \"de\": { \"name\": \"Quiz\" } }, \"people\":", 3, "\"tagline\" is missing")]
    [InlineData("\"people\":", "\"translations\": { \"xx\": {} }, \"people\":", 3, "or use one of ar, de, es, fr, ja")]
    [InlineData("\"from\": 5", "\"from\": 50", 3, "smaller than")]
    [InlineData("\"key\": \"ask\"", "\"key\": \"doors\"", 18, "Another cue already has the key “doors”")]
    public void AMistakeIsNamedByItsLine(string right, string wrong, int line, string says)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        var at = Good.IndexOf(right, StringComparison.Ordinal);
        var (template, errors) = TemplateFile.Read("broken.json", Good[..at] + wrong + Good[(at + right.Length)..]);
        Assert.Null(template);
        Assert.True(errors.Any(e => e.Line == line && e.Message.Contains(says, StringComparison.Ordinal)), string.Join('\n', errors));
    }
}
