using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>An organizer puts a price on a ticket, somebody buys it for two, pays by transfer, and the guest comes in.</summary>
public sealed class TicketJourney(Chromium chromium)
{
    [Fact]
    public async Task TicketsForTwoAreOrderedPaidAndUsed()
    {
        await using var site = await Site.StartAsync("--demo");
        await using var crewBrowser = await chromium.NewPersonAsync(site);
        var desk = await crewBrowser.EnterDemoAsync("organizer");
        var crew = await crewBrowser.NewPageAsync();
        await crew.GotoAsync($"{desk}/registration");
        await crew.Button("Add ticket").First.ClickAsync();
        var dialog = crew.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Supporter");
        await dialog.GetByLabel("Price", new() { Exact = true }).FillAsync("49,50");
        await dialog.GetByLabel("Tax within, in percent").FillAsync("19");
        await crew.IsAccessibleAsync("a ticket with a price");
        await dialog.Button("Save").ClickAsync();
        await crew.Link("Orders and how tickets are paid").ClickAsync();
        await crew.GetByLabel("How to pay it").FillAsync("Transfer to DE00 1234 5678");
        await crew.Button("Save").ClickAsync();
        await crew.GetByText("Saved. Tickets can be paid.").First.Expect().ToBeVisibleAsync();

        await using var buyerBrowser = await chromium.NewPersonAsync(site, phone: true);
        var buyer = await buyerBrowser.NewPageAsync();
        await buyer.GotoAsync("/e/groundwork");
        await buyer.GetByRole(AriaRole.Radio, new() { NameRegex = new("Supporter") }).CheckAsync();
        await buyer.Button("Register").Last.ClickAsync();
        await buyer.WaitForURLAsync("**/e/groundwork/order?ticket=*");
        var you = buyer.GetByRole(AriaRole.Group, new() { Name = "You" });
        await you.GetByLabel("Name", new() { Exact = true }).FillAsync("Bea Lund");
        await you.GetByLabel("Email").FillAsync("bea@journey.example");
        await buyer.Button("Add another person").ClickAsync();
        await buyer.Button("Order for €99.00").ClickAsync();
        await buyer.GetByText("Write a name.").Expect().ToBeVisibleAsync();
        await buyer.IsAccessibleAsync("an order with a mistake, on a phone");
        var guest = buyer.GetByRole(AriaRole.Group, new() { Name = "Guest 2" });
        await guest.GetByLabel("Name", new() { Exact = true }).FillAsync("Gus Holm");
        await guest.GetByLabel("Email").FillAsync("gus@journey.example");
        await buyer.PictureAsync("order-form");
        await buyer.Button("Order for €99.00").ClickAsync();
        await buyer.GetByText("Transfer to DE00 1234 5678").Expect().ToBeVisibleAsync();
        await buyer.IsAccessibleAsync("how to pay, on a phone");
        await buyer.PictureAsync("order-how-to-pay");

        await crew.ReloadAsync();
        await crew.GetByRole(AriaRole.Button, new() { NameRegex = new("^Mark .* as paid$") }).ClickAsync();
        await crew.GetByRole(AriaRole.Dialog).Button("Mark as paid").ClickAsync();
        await crew.GetByRole(AriaRole.Button, new() { NameRegex = new("^Refund ") }).Expect().ToBeVisibleAsync();
        await crew.IsAccessibleAsync("orders at the desk");
        await crew.PictureAsync("orders-desk");

        await buyer.ReloadAsync();
        await buyer.GetByRole(AriaRole.Heading, new() { Name = "Receipt" }).Expect().ToBeVisibleAsync();
        await buyer.GetByText("€15.81").Expect().ToBeVisibleAsync();
        await buyer.IsAccessibleAsync("a receipt, on a phone");
        await buyer.PictureAsync("order-receipt");
        await buyer.GotoAsync(await site.MailedPathAsync("gus@journey.example", "/j/"));
        await buyer.WaitForURLAsync("**/e/groundwork/**");
    }
}
