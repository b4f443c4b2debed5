using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plenary.Events;
using Plenary.Rooms;

namespace Plenary.Load.Bench;

/// <summary>
/// How smoothly a chat of 5,000 messages scrolls: a real Chromium with the product's page, at a desk and on a phone, goes from the first message on by two lines a picture for eight seconds. What is
/// measured is the time between two pictures, as the page itself sees it (<c>requestAnimationFrame</c>); at 60 Hz it is 16.7 ms when none is missed.
/// </summary>
internal sealed class ChatBench(Workspace work)
{
    private const int Messages = 5_000;

    /// <summary>Pixels of the log that this many messages take at the least.</summary>
    private const int Tall = Messages * 40;

    private const string Scroll =
        """
        async () => {
          const log = document.querySelector("[role=log]");
          const gaps = [], began = performance.now();
          let before = began;
          await new Promise((done) => {
            const step = (now) => {
              gaps.push(now - before);
              before = now;
              log.scrollTop += 120;
              if (now - began > 8000) done();
              else requestAnimationFrame(step);
            };
            requestAnimationFrame(step);
          });
          return gaps.slice(1);
        }
        """;

    public async Task<Dictionary<string, double>> Run()
    {
        await using var engine = new PlenaryEngine(work, null);
        await engine.Start(1);
        var hall = await Hall.Build(engine.Installation, 30, moderators: 1);
        await engine.Installation.Copy(Said(hall));
        string slug;
        await using (var db = engine.Installation.OpenDb()) slug = await db.Set<Event>().Where(e => e.Id == hall.Event).Select(e => e.Slug).SingleAsync();
        var cookie = (await File.ReadAllLinesAsync(hall.WriteCookies(Path.Combine(work.Folder, "reader"), 0, 1)))[0].Split('=', 2);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        var site = $"http://localhost:{engine.Ports.First()}";
        var figures = new Dictionary<string, double> { ["messages"] = Messages };
        foreach (var (name, width, height) in new[] { ("desk", 1440, 900), ("phone", 390, 844) })
        {
            await using var reader = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, IsMobile = name == "phone" });
            await reader.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = site }]);
            var page = await reader.NewPageAsync();
            // From the second message on: whoever comes by its address has everything after it.
            await page.GotoAsync($"{site}/e/{slug}/rooms/stage#m2");
            await Workspace.Until(async () => await page.EvaluateAsync<double>("document.querySelector('.chat-rows')?.getBoundingClientRect().height ?? 0") > Tall, 120, () => "the page did not show all messages");
            var gaps = (await page.EvaluateAsync<JsonElement>(Scroll)).EnumerateArray().Select(gap => gap.GetDouble()).Order().ToArray();
            figures[$"{name}.fps"] = gaps.Length * 1_000 / gaps.Sum();
            figures[$"{name}.p50"] = gaps[gaps.Length / 2];
            figures[$"{name}.p99"] = gaps[gaps.Length * 99 / 100];
            figures[$"{name}.most"] = gaps[^1];
            figures[$"{name}.rows"] = await page.Locator(".chat-row").CountAsync();
            work.Say($"{name}: {figures[$"{name}.fps"]:0.0} pictures a second, {figures[$"{name}.p99"]:0.0} ms between two at p99");
        }
        return figures;
    }

    /// <summary>Messages of different lengths, of all who are registered.</summary>
    private static IEnumerable<RoomEntry> Said(Hall hall)
    {
        var words = "the queue at door we moved session store rota sleep cache nobody minded on call again yes".Split(' ');
        var random = new Random(1);
        Guid[] people = [.. hall.People];
        var now = TimeProvider.System.GetUtcNow();
        return Enumerable.Range(1, Messages).Select(n => new RoomEntry
        {
            RoomId = hall.Room,
            Seq = n,
            EntryId = Guid.CreateVersion7(),
            Kind = EntryKind.Chat,
            PersonId = people[n % people.Length],
            Name = $"Attendee {(n % people.Length) + 1}",
            Role = "attendee",
            Text = string.Join(' ', random.GetItems(words, random.Next(2, 40))),
            At = now.AddSeconds(n - Messages),
        });
    }
}
