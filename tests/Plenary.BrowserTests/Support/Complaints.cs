using Microsoft.Playwright;

namespace Plenary.BrowserTests.Support;

/// <summary>
/// What a browser complained about while somebody walked around: errors in its console, among them whatever the content security policy
/// stopped, and exceptions nobody caught. None is expected, but for those that a journey names together with the reason.
/// </summary>
internal sealed class Complaints
{
    private readonly List<string> heard = [];
    private readonly string[] expected;

    private Complaints(string[] expected) => this.expected = expected;

    /// <param name="browser">Every page of it, also those opened later.</param>
    /// <param name="expected">Parts of complaints that are no fault.</param>
    public static Complaints Of(IBrowserContext browser, params string[] expected)
    {
        var complaints = new Complaints(expected);
        browser.Console += (_, message) =>
        {
            if (message.Type == "error") complaints.Note($"{message.Page?.Url}: {message.Text} ({message.Location})");
        };
        browser.WebError += (_, error) => complaints.Note($"{error.Page?.Url}: {error.Error}");
        return complaints;
    }

    /// <summary>What was heard since the last time it was asked.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (heard)
        {
            var taken = heard.ToList();
            heard.Clear();
            return taken;
        }
    }

    /// <summary>Fails with what was heard.</summary>
    public void AreNone() => Assert.Empty(Take());

    private void Note(string complaint)
    {
        if (expected.Any(part => complaint.Contains(part, StringComparison.Ordinal))) return;
        lock (heard) heard.Add(complaint);
    }
}
