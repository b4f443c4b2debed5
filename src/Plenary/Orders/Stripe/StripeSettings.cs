using Plenary.Platform;

namespace Plenary.Orders.Stripe;

/// <summary>How this installation takes payments through Stripe. Secrets stand in the configuration alone and in no log.</summary>
public sealed class StripeSettings
{
    public StripeSettings(IConfiguration configuration)
    {
        SecretKey = configuration["Stripe:SecretKey"] is { Length: > 0 } key ? key : null;
        WebhookSecrets = (configuration["Stripe:WebhookSecret"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Address = Settings.Address(configuration, "Stripe:Address") ?? new Uri("https://api.stripe.com");
        if (SecretKey is not null && WebhookSecrets.Count == 0) throw new SettingsException("Stripe:WebhookSecret", "must be set where Stripe:SecretKey is: without it nobody learns that something was paid");
    }

    /// <summary>Null: no payments through Stripe.</summary>
    public string? SecretKey { get; }

    /// <summary>Any of them may have signed a message: while one is replaced by the next there are two.</summary>
    public IReadOnlyList<string> WebhookSecrets { get; }

    public Uri Address { get; }
}
