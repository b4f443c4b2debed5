using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Registration;
using Plenary.Tests.Support;

namespace Plenary.Tests.Registration;

/// <summary>Events with places, for facts about registration.</summary>
internal static class Tickets
{
    public const string Register = "mutation($input: RegisterInput!) { register(input: $input) { message registration { id } } }";
    public const string UseLink = "mutation($token: String!) { useJoinLink(token: $token) { goTo viewer { id scope email } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A published event of the owner's organization with one ticket type; begins in ten days.</summary>
    public static async Task<(Event Event, TicketType Ticket)> NewEvent(this App app, Owner owner, int capacity = 50, EventStatus status = EventStatus.Published, DateTimeOffset? starts = null, string zone = "Europe/Berlin")
    {
        var now = TimeProvider.System.GetUtcNow();
        var @event = new Event
        {
            OrganizationId = owner.Organization,
            Slug = $"e{Guid.CreateVersion7():N}",
            Name = "Spring & Meetup",
            TimeZone = zone,
            Status = status,
            CreatedAt = now,
            StartsAt = starts ?? now.AddDays(10),
            EndsAt = (starts ?? now.AddDays(10)).AddHours(2),
            Accent = "#7a2048",
        };
        var ticket = new TicketType { EventId = @event.Id, Name = "General", Capacity = capacity };
        await using var db = app.OpenDb();
        db.AddRange(@event, ticket);
        await db.SaveChangesAsync(Cancellation);
        return (@event, ticket);
    }

    public static object Input(TicketType ticket, string email, string name = "Ada Attendee", string? timeZone = "Europe/Berlin") =>
        new { input = new { @event = ticket.EventId, ticketType = ticket.Id, name, email, timeZone } };

    /// <summary>Somebody new registers as a stranger; answers the token of the link in their mail.</summary>
    public static async Task<(string Email, string Token)> NewAttendee(this App app, TicketType ticket)
    {
        using var stranger = app.Visitor();
        var email = People.NewEmail("attendee");
        await stranger.Graph(Register, Input(ticket, email));
        return (email, await app.JoinToken(email));
    }

    /// <summary>The token of the newest join link mailed to this address.</summary>
    public static async Task<string> JoinToken(this App app, string email) => (await app.MailsTo(email)).Last(m => m.Text.Contains("/j/", StringComparison.Ordinal)).Link("/j/")["/j/".Length..];

    public static async Task<int> Sold(this App app, TicketType ticket)
    {
        await using var db = app.OpenDb();
        return await db.Set<TicketType>().Where(t => t.Id == ticket.Id).Select(t => t.Sold).SingleAsync(Cancellation);
    }
}
