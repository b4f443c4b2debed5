using Plenary.Platform.Graph;

namespace Plenary.Giveaways;

/// <summary>Prizes that are drawn so that everybody can verify it (docs/decisions/0040).</summary>
public static class GiveawaysSlice
{
    public static void AddGiveaways(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GivingAway>();
        builder.Services.AddGraphPart<GiveawaysGraph>();
    }
}
