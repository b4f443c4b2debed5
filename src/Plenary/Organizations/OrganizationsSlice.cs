using Plenary.Platform.Graph;

namespace Plenary.Organizations;

/// <summary>Organizations, their members, and what a new installation begins with.</summary>
public static class OrganizationsSlice
{
    public static void AddOrganizations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Members>();
        builder.Services.AddGraphPart<OrganizationsGraph>();
    }
}
