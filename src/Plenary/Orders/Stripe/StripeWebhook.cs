using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Files;

namespace Plenary.Orders.Stripe;

/// <summary>
/// What Stripe tells (https://docs.stripe.com/webhooks): signed, at least once, late, and in any order. Nothing is remembered of the messages themselves: each says what holds, and the moves of
/// <see cref="Settling"/> happen once. It is answered once that is durable, so what was not done is told again.
/// </summary>
public sealed class StripeWebhook(StripeSettings settings, Settling settling, IDbContextFactory<Db> dbs, TimeProvider clock)
{
    /// <summary>A message older or newer than this is refused: one that was overheard cannot be played again for long.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int MostBytes = 256 * 1024;

    private static readonly Refusal TooLarge = new("too-large", 413, "A message may have at most 256 kB.");
    private static readonly Refusal BadSignature = new("bad-signature", 400, "The signature of this message does not hold.");
    private static readonly Refusal NoMessage = Refusal.Invalid("body", "This is not an event as Stripe sends them.");

    internal async Task<IResult> Take(HttpContext http)
    {
        if (settings.WebhookSecrets.Count == 0) return Results.NotFound();
        var body = await RequestBodies.ReadAll(http, MostBytes, TooLarge);
        if (!Holds(http.Request.Headers["Stripe-Signature"].ToString(), body)) BadSignature.Throw();
        await Take(body, http.RequestAborted);
        return Results.Ok();
    }

    /// <summary>
    /// Whether one of the signatures of the scheme <c>v1</c> is the HMAC-SHA256 of <c>timestamp.body</c> by one of our secrets, and the time is now
    /// (https://docs.stripe.com/webhooks#verify-manually).
    /// </summary>
    public bool Holds(string header, ReadOnlySpan<byte> body)
    {
        if (header.Length > 4096) return false;
        var parts = header.Split(',', StringSplitOptions.TrimEntries);
        var time = parts.FirstOrDefault(p => p.StartsWith("t=", StringComparison.Ordinal))?[2..];
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds) return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes(time + "."), .. body];
        foreach (var secret in settings.WebhookSecrets)
        {
            var right = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
            foreach (var part in parts)
                if (part.StartsWith("v1=", StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(right, Encoding.UTF8.GetBytes(part[3..]))) return true;
        }
        return false;
    }

    private async Task Take(byte[] body, CancellationToken cancellation)
    {
        string? type;
        JsonElement about;
        try
        {
            using var message = JsonDocument.Parse(body);
            type = Text(message.RootElement, "type");
            about = message.RootElement.GetProperty("data").GetProperty("object").Clone();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw NoMessage.AsException();
        }
        if (about.ValueKind != JsonValueKind.Object) NoMessage.Throw();
        // What is about somebody else's order, or was sent by hand, is nothing to us; asking again would not help.
        if (!Guid.TryParse(about.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? Text(metadata, "order") : null, out var order) || Text(about, "payment_intent") is not { Length: > 0 and <= 255 } payment) return;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        switch (type)
        {
            case "checkout.session.completed" or "checkout.session.async_payment_succeeded" when Text(about, "payment_status") == "paid":
                await settling.PaidOnline(db, order, payment, Whole(about, "amount_total"), Text(about, "currency"), cancellation);
                break;
            case "charge.refunded" when about.TryGetProperty("refunded", out var all) && all.ValueKind == JsonValueKind.True:
                await settling.RefundedElsewhere(db, order, payment, cancellation);
                break;
            default:
                break; // partial refunds and what else there is change nothing here
        }
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long Whole(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : -1;
}
