using Microsoft.AspNetCore.Identity;
using Plenary.Platform;
using Plenary.Platform.Graph;

namespace Plenary.Identity;

/// <summary>
/// Who people are and how they prove it. Other slices call <see cref="People"/> (a person for an address), <see cref="SignIns"/> (begin a
/// session) and <see cref="SignInLinks"/> (a magic link for an invitation).
/// </summary>
public static class IdentitySlice
{
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        Settings.Flag(builder.Configuration, "Accounts:Open", otherwise: true); // a mistake is told at the start
        builder.Services.AddSingleton<People>();
        builder.Services.AddSingleton<SignInLinks>();
        builder.Services.AddSingleton<SignInMails>();
        builder.Services.AddSingleton<SetupLinks>();
        builder.Services.AddHostedService<SetupLinkAtStart>();
        builder.Services.AddScoped<SignIns>();
        builder.Services.AddScoped<Passkeys>();
        builder.Services.AddOptions<IdentityPasskeyOptions>().Configure<IConfiguration, PublicUrl>((options, configuration, site) =>
        {
            // A passkey belongs to a domain for good; without a public address it is the host of the request.
            options.ServerDomain = Uri.TryCreate(configuration["Public:Url"], UriKind.Absolute, out var ours) ? ours.Host : null;
            options.UserVerificationRequirement = "required"; // it is all there is: no password stands beside it
            options.ResidentKeyRequirement = "required"; // so that nobody has to type an address first
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && IsOurs(context.Origin, context.HttpContext.Request, site));
        });
        builder.Services.AddGraphPart<IdentityGraph>();
        builder.Services.AddGraphPart<PasskeysGraph>();
    }

    private static bool IsOurs(string origin, HttpRequest request, PublicUrl site) =>
        origin == new Uri(site.Root).GetLeftPart(UriPartial.Authority) || origin == $"{request.Scheme}://{request.Host}";
}
