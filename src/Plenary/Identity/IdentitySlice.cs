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
        builder.Services.AddSingleton<People>();
        builder.Services.AddSingleton<SignInLinks>();
        builder.Services.AddSingleton<SignInMails>();
        builder.Services.AddScoped<SignIns>();
        builder.Services.AddGraphPart<IdentityGraph>();
    }
}
