using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>A Cocktail Party with real calls between real browsers: who meets whom, who comes late, who goes, and what a lost process costs.</summary>
public sealed class PartyJourney(Chromium chromium)
{
    private const string Now = "query($party: ID!) { myParty(party: $party) { state meeting { id round until people { name } } } party(id: $party) { phase round } }";

    /// <summary>The names in the summary, as soon as it is there.</summary>
    private const string MetNames = "() => { const names = [...document.querySelectorAll('[data-testid=met] [data-testid=name]')].map(name => name.innerText); return names.length > 0 && names; }";

    [Fact]
    public async Task SixPeopleMeetInThreeRounds()
    {
        await using var site = await Site.StartAsync("--demo", "--Media:Ffmpeg=off", "--Parties:CountdownSeconds=1", "--Parties:CardSeconds=2", "--Parties:BetweenSeconds=1", "--Parties:MinuteSeconds=45");
        var guests = await Task.WhenAll(
            Guest.FromDemoAsync(chromium, site.Url, "organizer", "Lena Vogt"), Guest.FromDemoAsync(chromium, site.Url, "speaker", "Amara Okafor"), Guest.FromDemoAsync(chromium, site.Url, "attendee", "Hana Novak"),
            Guest.RegisteredAsync(chromium, site.Url, "Bo Lindqvist"), Guest.RegisteredAsync(chromium, site.Url, "Cleo Marchetti"), Guest.RegisteredAsync(chromium, site.Url, "Dev Anand"));
        try
        {
            var (lena, amara, hana, bo, cleo, dev) = (guests[0], guests[1], guests[2], guests[3], guests[4], guests[5]);
            Guest[] first = [lena, amara, hana, bo, cleo];
            await BlockAsync(hana, bo);

            // Started from the room; whoever is there is asked.
            await Task.WhenAll(first.Select(guest => guest.Page.GotoAsync("/e/groundwork/rooms/main-stage")));
            await lena.Page.Button("Party").ClickAsync();
            await lena.Page.GetByLabel("Rounds").SelectOptionAsync("3");
            await lena.Page.GetByLabel("A call takes").SelectOptionAsync("1");
            await lena.Page.Button("Open check-in").ClickAsync();
            await lena.Page.WaitForURLAsync("**/party/*");
            var party = lena.Page.Url.Split('/')[^1];
            await hana.Page.GetByTestId("party-invitation").WaitForAsync();
            await hana.Page.IsAccessibleAsync("asked to a party");
            await Task.WhenAll(first[1..].Select(guest => guest.Page.Link("Join the party").ClickAsync()));

            // A look at oneself, a seat, and the clock.
            await hana.Page.Button("I’m ready").WaitForAsync();
            await hana.Page.GetByText("We hear you").WaitForAsync();
            await Task.WhenAll(first.Select(guest => guest.Page.Button("I’m ready").ClickAsync()));
            await Task.WhenAll(first.Select(guest => guest.Page.GetByText("5 of 5 are ready").WaitForAsync()));

            // Five people: a pair and a trio, and nobody is left over.
            await DirectAsync(lena, "Begin now");
            await MeetAsync(first, party, 1);
            Assert.All(first, guest => Assert.NotEmpty(guest.Met));
            await Task.WhenAll(first.Select(guest => guest.Page.Button("Camera").ClickAsync()));
            await Task.WhenAll(first.Select(guest => guest.SeesAsync(guest.Met.Count)));
            await hana.Page.IsAccessibleAsync("in a call");

            // Who comes late is in the next round.
            await dev.Page.GotoAsync($"/e/groundwork/party/{party}");
            await dev.Page.GetByText("Round 1 of 3 is on. You join the next one.").WaitForAsync();
            await dev.Page.Button("I’m ready").ClickAsync();
            await dev.Page.GetByText("You sit this round out").First.WaitForAsync();

            // Six people: three pairs of people who have not met. One leaves, quietly; another pair would like more time.
            await DirectAsync(lena, "End this round");
            await MeetAsync(guests, party, 2);
            var left = guests.Single(guest => guest.Name == cleo.Met[^1]);
            var pair = guests.Where(guest => guest != cleo && guest != left).Take(1).ToList();
            pair.Add(guests.Single(guest => guest.Name == pair[0].Met[^1]));
            foreach (var guest in pair) await guest.Page.Button("Camera").ClickAsync();
            foreach (var guest in pair) await guest.SeesAsync(1);
            await pair[0].Page.Button("Ask for more time").ClickAsync();
            await pair[1].Page.Button($"More time, {pair[0].Name.Split(' ')[0]} asked").ClickAsync();
            foreach (var guest in pair) await guest.Page.GetByText("Extended", new() { Exact = true }).WaitForAsync();
            await cleo.Page.Button("Leave quietly").ClickAsync();
            await left.Page.GetByRole(AriaRole.Heading, new() { Name = "Cleo had to go" }).WaitForAsync();
            await cleo.Page.GetByText("You left, quietly").WaitForAsync();

            // Five again, and by now most have met: what is kept is that nobody meets twice.
            Guest[] last = [.. guests.Where(guest => guest != cleo)];
            await DirectAsync(lena, "End this round");
            await MeetAsync(last, party, 3);
            Assert.Contains(last, guest => guest.Met.Count > 2);
            Assert.All(guests, guest => Assert.Equal(guest.Met.Distinct(), guest.Met));
            Assert.DoesNotContain(bo.Name, hana.Met);
            Assert.DoesNotContain(hana.Name, bo.Met);

            // It is over: whom one met, and back to the room, unless one would rather stay.
            // They look before it ends: five seconds later they may be in the room again.
            var summaries = guests.Select(async guest =>
            {
                var names = await guest.Page.WaitForFunctionAsync(MetNames);
                if (guest == hana) await guest.Page.Button("Stay here").ClickAsync();
                Assert.Equal(guest.Met.Order(), (await names.JsonValueAsync<string[]>()).Order());
            }).ToList();
            await DirectAsync(lena, "End this round", closing: false);
            await Task.WhenAll(summaries);
            await amara.Page.WaitForURLAsync("**/rooms/main-stage");
            Assert.Contains("/party/", hana.Page.Url, StringComparison.Ordinal);
        }
        finally
        {
            foreach (var guest in guests) await guest.DisposeAsync();
        }
    }

    [Fact]
    public async Task ThePartyGoesOnWhenTheProcessThatLedItIsLost()
    {
        Assert.SkipWhen(SiteOfMany.Missing is not null, SiteOfMany.Missing ?? "");
        await using var site = await SiteOfMany.StartAsync(3, "--Media:Ffmpeg=off", "--Parties:CountdownSeconds=1", "--Parties:CardSeconds=2", "--Parties:BetweenSeconds=1", "--Parties:MinuteSeconds=60",
            "--Logging:LogLevel:Plenary.Parties=Debug");
        var guests = await Task.WhenAll(
            Guest.FromDemoAsync(chromium, site.Url, "organizer", "Lena Vogt"), Guest.FromDemoAsync(chromium, site.Url, "speaker", "Amara Okafor"), Guest.FromDemoAsync(chromium, site.Url, "attendee", "Hana Novak"),
            Guest.RegisteredAsync(chromium, site.Url, "Bo Lindqvist", site.Mailbox));
        try
        {
            var lena = guests[0];
            var room = (string)(await lena.AskAsync("{ room(event: \"groundwork\", slug: \"lobby\") { id } }"))["room"]!["id"]!;
            var party = (string)(await lena.AskAsync("mutation($room: ID!) { startParty(room: $room, settings: { minutes: 1, rounds: 2 }) { id } }", new { room }))["startParty"]!["id"]!;
            await Task.WhenAll(guests.Select(guest => guest.Page.GotoAsync($"/e/groundwork/party/{party}")));
            await Task.WhenAll(guests.Select(guest => guest.Page.Button("I’m ready").ClickAsync()));
            await lena.Page.GetByText("4 of 4 are ready").WaitForAsync();
            await DirectAsync(lena, "Begin now");
            await MeetAsync(guests, party, 1);
            await DirectAsync(lena, "End this round");
            await MeetAsync(guests, party, 2);
            await Task.WhenAll(guests.Select(guest => guest.Page.Button("Camera").ClickAsync()));
            await Task.WhenAll(guests.Select(guest => guest.SeesAsync(1)));
            var until = (double)(await lena.AskAsync(Now, new { party }))["myParty"]!["meeting"]!["until"]!;

            await site.KillWhoSaidAsync($"Party {party} is led here");
            await Task.WhenAll(guests.Select(guest => guest.SeesAsync(1)));

            // Nobody was taken a second away, and whoever leads it now still does what the host says. That its clock goes on is a fact of PartyCrashFacts, without browsers.
            Assert.Equal(until, (double)(await lena.AskAsync(Now, new { party }))["myParty"]!["meeting"]!["until"]!);
            await DirectAsync(lena, "End this round", closing: false);
            foreach (var guest in guests) await guest.Page.GetByRole(AriaRole.Heading, new() { Name = "You met two people" }).WaitForAsync();
            Assert.All(guests, guest => Assert.Equal(2, guest.Met.Distinct().Count()));
        }
        finally
        {
            foreach (var guest in guests) await guest.DisposeAsync();
        }
    }

    /// <summary>Waits until everybody's card of the round is there, and the call after it; keeps whom they meet. Nobody is told of a meeting that the other is not told of.</summary>
    private static async Task MeetAsync(IReadOnlyList<Guest> guests, string party, int round)
    {
        await Task.WhenAll(guests.Select(async guest =>
        {
            await guest.Page.GetByTestId("match").Or(guest.Page.GetByTestId("talk")).Or(guest.Page.GetByText("You sit this round out")).First.WaitForAsync();
            await guest.Page.GetByText($"Round {round} of ").First.WaitForAsync();
            var meeting = (await guest.AskAsync(Now, new { party }))["myParty"]!["meeting"];
            if (meeting is null || (int)meeting["round"]! != round) return;
            foreach (var other in meeting["people"]!.AsArray()) guest.Met.Add((string)other!["name"]!);
            await guest.Page.GetByTestId("talk").WaitForAsync();
        }));
        Assert.All(guests, guest => Assert.All(guest.Met, name => Assert.Contains(guest.Name, guests.SingleOrDefault(other => other.Name == name)?.Met ?? [guest.Name])));
    }

    private static async Task DirectAsync(Guest host, string command, bool closing = true)
    {
        await host.Page.Button("Run the party").ClickAsync();
        var console = host.Page.GetByRole(AriaRole.Dialog);
        await console.Button(command).ClickAsync();
        if (closing) await console.Button("Close").ClickAsync();
    }

    private static async Task BlockAsync(Guest by, Guest whom)
    {
        var person = (string)(await whom.AskAsync("{ viewer { id } }"))["viewer"]!["id"]!;
        var @event = (string)(await by.AskAsync("{ event(slug: \"groundwork\") { id } }"))["event"]!["id"]!;
        await by.AskAsync("mutation($event: ID!, $person: ID!) { blockPerson(event: $event, person: $person) }", new { @event, person });
    }
}
