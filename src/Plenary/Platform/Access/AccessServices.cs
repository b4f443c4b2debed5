using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;
using Plenary.Platform.Telemetry;

namespace Plenary.Platform.Access;

/// <summary>Cookie sessions, and the guards every request passes.</summary>
public static class AccessServices
{
    /// <summary>In bytes; endpoints say when they take less. The largest thing sent in one request is a picture of 8 MiB.</summary>
    private const long LargestRequest = 9 << 20;

    /// <summary>A session that was made or looked after this lately is good: a person who was locked out, or signed out everywhere, is held up by then.</summary>
    private static readonly TimeSpan ValidationInterval = TimeSpan.FromMinutes(5);

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var https = Settings.Address(builder.Configuration, "Public:Url")?.Scheme == Uri.UriSchemeHttps;
        services.AddHttpContextAccessor();
        services.AddExceptionHandler<Refusals.Handler>();
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        builder.AddTrustedProxies();
        builder.AddRateLimits();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = LargestRequest;
        });
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(options =>
        {
            options.Cookie.Name = "plenary";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            // A proxy that takes TLS off makes requests look plain: the public address knows better.
            options.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromDays(30);
            options.SlidingExpiration = true;
            // An API answers; it never redirects to a page.
            options.Events.OnRedirectToLogin = context => Answer(context.Response, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = context => Answer(context.Response, StatusCodes.Status403Forbidden);
            // Most sessions need no look into the database, and then nothing that looks needs to be made either.
            var validate = options.Events.OnValidatePrincipal;
            options.Events.OnValidatePrincipal = context => IsFresh(context) ? Task.CompletedTask : validate(context);
        }));
        services.AddAuthorization();
        services.AddSingleton<PersonalLinks>();
        services.AddSingleton<SessionEnds>();
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = ValidationInterval;
            // The renewed session is made from the person alone: what it was narrowed to must be carried over, or it would widen to the account.
            options.OnRefreshingPrincipal = context =>
            {
                foreach (var kept in context.CurrentPrincipal?.FindAll(claim => claim.Type is Viewer.EventClaim or Viewer.RoomClaim || SessionEnds.IsId(claim)) ?? [])
                    ((ClaimsIdentity)context.NewPrincipal!.Identity!).AddClaim(kept.Clone());
                return Task.CompletedTask;
            };
        });
        services.AddIdentityCore<Person>(Configure).AddEntityFrameworkStores<Db>().AddSignInManager();
    }

    /// <summary>Also read when the model is built, by the running program and by the migration tool alike.</summary>
    internal static void Configure(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3; // the version with passkeys
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = ""; // the user name is the e-mail address; anything goes
    }

    /// <summary>The guards, in the order in which a request meets them.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.Use(SecurityHeaders.Add);
        app.UseExceptionHandler();
        app.UseHsts();
        app.UseMiddleware<CrossSiteGuard>();
        app.UseStatus(); // before anybody is asked who they are: it must answer when the database does not
        app.UseSurge();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    private static bool IsFresh(CookieValidatePrincipalContext context) =>
        context.Properties.IssuedUtc is { } issued
        && context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - issued is var age && age >= TimeSpan.Zero && age <= ValidationInterval;

    private static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }
}
