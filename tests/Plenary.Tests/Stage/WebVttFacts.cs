using Plenary.Platform;
using Plenary.Stage.Captions;

namespace Plenary.Tests.Stage;

/// <summary>Caption files as people and programs write them.</summary>
public sealed class WebVttFacts
{
    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        Cue[] cues = [new(0.5, 2, "a < b & c > d --> e", "Ann & Bob"), new(3601.25, 3603, "«Grüße» 你好")];
        var file = WebVtt.Write(cues);
        Assert.StartsWith("WEBVTT\n\n00:00:00.500 --> 00:00:02.000\n<v Ann &amp; Bob>a &lt; b", file, StringComparison.Ordinal);
        Assert.Contains("01:00:01.250 --> 01:00:03.000", file, StringComparison.Ordinal);
        Assert.Equal(cues, WebVtt.Read(file)!);
    }

    [Fact]
    public void OfOtherPeoplesFilesTheWordsStay()
    {
        const string File = "\uFEFFWEBVTT - made by hand\r\n\r\nNOTE not shown\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nintro\r\n00:01.000 --> 00:02.500 line:0 align:start\r\n<v.loud Mary>Hello <c.yellow>there</c>,\r\nyou &amp; me</v>\r\n\r\n00:09.000 --> 00:08.000\r\nbackwards\r\n\r\n00:05.000 --> 00:06.000\r\n<i></i>\r\n";
        Assert.Equal(new Cue(1, 2.5, "Hello there, you & me", "Mary"), Assert.Single(WebVtt.Read(File)!));
        Assert.Equal(new Cue(1.5, 3, "Two lines"), Assert.Single(WebVtt.Read("1\n00:00:01,500 --> 00:00:03,000\nTwo\nlines\n")!)); // SubRip
        Assert.Empty(WebVtt.Read("WEBVTT\n")!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("once upon a time")]
    [InlineData("{\"cues\":[]}")]
    [InlineData("WEBVTT\n\nsoon --> later\nHello")]
    public void WhatIsNoCaptionFileIsNotRead(string file) => Assert.Null(WebVtt.Read(file));

    [Theory]
    [InlineData("EN", "en")]
    [InlineData("pt-br", "pt-BR")]
    [InlineData("zh_hant_tw", "zh-Hant-TW")]
    public void LanguagesHaveTheirUsualCapitals(string given, string tag) => Assert.Equal(tag, CaptionLine.Tag(given));

    [Theory]
    [InlineData("")]
    [InlineData("english!")]
    [InlineData("e")]
    [InlineData("en-../../x")]
    public void WhatIsNoLanguageIsRefused(string given) => Assert.Throws<RefusalException>(() => CaptionLine.Tag(given));
}
