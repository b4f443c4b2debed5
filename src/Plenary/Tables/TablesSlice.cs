using Plenary.Calls;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Profiles;

namespace Plenary.Tables;

/// <summary>
/// Tables: networking rooms are floors of small tables at which people sit down and talk. Slices above may use <see cref="Floors"/>; a table's call has the
/// table's id.
/// </summary>
public static class TablesSlice
{
    public static void AddTables(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new TableSettings(builder.Configuration));
        services.AddSingleton<Floors>();
        services.AddSingleton<ICallDoor, TableDoor>();
        services.AddSingleton<WhenBlocked>(provider => provider.GetRequiredService<Floors>().Part);
        services.AddRepeatingJob<LookAfterFloors>(LookAfterFloors.JobKind, LookAfterFloors.Every);
        services.AddGraphPart<TablesGraph>();
    }
}
