using System.Text.RegularExpressions;
using Plenary.Conduct;

namespace Plenary.Tests.Moderation;

/// <summary>Words of the list are found however they are written, and words that only look like them are not.</summary>
public sealed class WordListProperty
{
    private static readonly WordList List = new("nuisance\nbad\nearn from home\nspam*");

    [Theory]
    [InlineData("nuisance")]
    [InlineData("What a NUISANCE!")]
    [InlineData("nu\u200Bisan\u00ADce")] // invisible characters between letters
    [InlineData("nuisаncе")] // Cyrillic
    [InlineData("ηυisαηcε")] // Greek
    [InlineData("núïsàñçé")]
    [InlineData("n\u0336u\u0336i\u0336s\u0336a\u0336n\u0336c\u0336e\u0336")] // struck through
    [InlineData("n u i s a n c e")]
    [InlineData("n.u.i.s.a.n.c.e")]
    [InlineData("nui-san-ce")]
    [InlineData("nui**san**ce")]
    [InlineData("nuuuuisssannce")]
    [InlineData("nu1s4nc3")]
    [InlineData("nui$@nce")]
    [InlineData("ｎｕｉｓａｎｃｅ")]
    [InlineData("𝓷𝓾𝓲𝓼𝓪𝓷𝓬𝓮")]
    [InlineData("ⓝⓤⓘⓢⓐⓝⓒⓔ")]
    [InlineData("🇧🇦🇩")]
    [InlineData("🅱🅰🅳")]
    [InlineData("bad123")]
    [InlineData("so bad.")]
    [InlineData("Earn, from home")]
    [InlineData("EARN  from\nhome")]
    [InlineData("spammers")]
    [InlineData("\u202Ebad\u202C")] // direction turned
    public void AListedWordIsFoundHoweverItIsWritten(string text) => Assert.True(List.Finds(text), text);

    [Theory]
    [InlineData("")]
    [InlineData("Badminton and a baddish badge")]
    [InlineData("The ambassador was here at 10:30")]
    [InlineData("Do you earn more when you work from here?")]
    [InlineData("Grüße aus Besançon, naïve café")]
    [InlineData("Спасибо за доклад")]
    [InlineData("👏👏👏")]
    [InlineData("a b c of b2b")]
    public void HonestWordsStay(string text) => Assert.False(List.Finds(text), text);

    [Fact]
    public void WhateverIsPutBetweenTheLettersTheWordIsFound()
    {
        string[] between = ["\u200B", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u0301", "\u034F", "\u180E", " ", ".", "_", "*", "·", "\u3164"];
        var random = new Random(7);
        for (var turn = 0; turn < 500; turn++)
        {
            var written = string.Concat("nuisance".Select(letter => (random.Next(2) == 0 ? char.ToUpperInvariant(letter) : letter) + between[random.Next(between.Length)]));
            // What is seen and what is not is mixed: either way all letters stand alone, or none does.
            var seen = written.Any(c => c is ' ' or '.' or '_' or '*' or '·');
            if (seen) written = string.Join(' ', "nuisance".Select(letter => letter + between[random.Next(8)]));
            Assert.True(List.Finds($"well {written} then"), written);
        }
    }

    [Theory]
    [InlineData("see https://example.org/x")]
    [InlineData("hxxps://example.org")]
    [InlineData("example.com")]
    [InlineData("example。com")]
    [InlineData("example dot com")]
    [InlineData("example [.] com")]
    [InlineData("example(dot)com")]
    [InlineData("ｅｘａｍｐｌｅ．ｃｏｍ")]
    [InlineData("exam\u200Bple.c\u200Bom")]
    [InlineData("www . example . net")]
    [InlineData("http://3232235777/")]
    [InlineData("192.168.1.1:8080")]
    [InlineData("keel.example/runbook")]
    [InlineData("bücher.de")]
    [InlineData("something.museum/path")]
    [InlineData("mailto:ann@example.org")]
    public void ALinkIsFoundHoweverItIsDisguised(string text) => Assert.True(Links.In(text), text);

    [Theory]
    [InlineData("Done. Next question, please")]
    [InlineData("It is 14.30 now, e.g. in Berlin")]
    [InlineData("version 2.1 of 3")]
    [InlineData("connect the dots")]
    [InlineData("Thanks...really")]
    public void WhatLeadsNowhereIsNoLink(string text) => Assert.False(Links.In(text), text);

    [Fact]
    public void WhatCannotBeToldInTimeCountsAsALink() =>
        Assert.True(Links.Finds(new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(1)), new string('a', 60) + "!"));

    [Theory]
    [InlineData("ann@example.org", "Ann+two@Example.ORG")]
    [InlineData("a.n.n@gmail.com", "ann+x@googlemail.com")]
    public void TwoAddressesOfOneInboxAreOne(string one, string other) => Assert.Equal(Inbox.Of(one), Inbox.Of(other));

    [Theory]
    [InlineData("ann@example.org", "a.nn@example.org")]
    [InlineData("ann@example.org", "ann@example.com")]
    [InlineData("+ann@example.org", "+ben@example.org")]
    public void TwoInboxesAreTwo(string one, string other) => Assert.NotEqual(Inbox.Of(one), Inbox.Of(other));
}
