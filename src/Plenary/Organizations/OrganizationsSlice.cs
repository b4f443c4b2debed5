using Plenary.Platform;
using Plenary.Platform.Graph;

namespace Plenary.Organizations;

/// <summary>Organizations, their members, and what a new installation begins with.</summary>
public static class OrganizationsSlice
{
    public static void AddOrganizations(this WebApplicationBuilder builder)
    {
        Settings.Flag(builder.Configuration, "Organizations:Open", otherwise: true); // a mistake is told at the start
        builder.Services.AddSingleton<Members>();
        builder.Services.AddGraphPart<OrganizationsGraph>();
    }
}
