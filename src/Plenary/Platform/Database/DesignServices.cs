using Microsoft.AspNetCore.Identity;
using Plenary.Platform.Access;

namespace Plenary.Platform.Database;

/// <summary>Identity shapes its tables by its options: the migration tool must see the same ones as the running program.</summary>
internal static class DesignServices
{
    public static IServiceProvider Provider { get; } = new ServiceCollection().Configure<IdentityOptions>(AccessServices.Configure).BuildServiceProvider();
}
