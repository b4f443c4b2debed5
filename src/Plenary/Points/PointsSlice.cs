using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;

namespace Plenary.Points;

/// <summary>Points for taking part, by rules that everybody can read. Slices above ask <see cref="Ledger"/> who has how many.</summary>
public static class PointsSlice
{
    public static void AddPoints(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Ledger>();
        builder.Services.AddRepeatingJob<ReckonPoints>(ReckonPoints.JobKind, ReckonPoints.Every);
        builder.Services.AddGraphPart<PointsGraph>();
    }
}
