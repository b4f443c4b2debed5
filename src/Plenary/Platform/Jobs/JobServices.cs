using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;

namespace Plenary.Platform.Jobs;

/// <summary>A job that is due again after every run, once in the whole cluster. Registered at start; never given up.</summary>
/// <param name="Kind">The handler's kind; its payload is empty.</param>
/// <param name="Every">From the end of one run to the next.</param>
public sealed record RepeatingJob(string Kind, TimeSpan Every)
{
    /// <summary>Writes the rows that are missing. Their ids follow from the kind, so that processes starting together make one.</summary>
    internal static async Task Ensure(IServiceProvider services, IEnumerable<string> kinds, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var kind in kinds)
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContextAsync(cancellation);
            var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(kind)).AsSpan(0, 16));
            if (await db.Set<Job>().AnyAsync(j => j.Id == id, cancellation)) continue;
            db.Add(new Job { Id = id, Kind = kind, Payload = "{}", DueAt = now });
            try { await db.SaveChangesAsync(cancellation); }
            catch (DbUpdateException) when (db.Set<Job>().Any(j => j.Id == id)) { } // another process was faster
        }
    }
}

/// <summary>Registers the worker and the handlers of jobs.</summary>
public static class JobServices
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddHostedService<JobWorker>();
    }

    public static void AddJobHandler<THandler>(this IServiceCollection services) where THandler : class, IJobHandler => services.AddScoped<IJobHandler, THandler>();

    /// <summary>A handler that runs again and again, once in the whole cluster.</summary>
    public static void AddRepeatingJob<THandler>(this IServiceCollection services, string kind, TimeSpan every) where THandler : class, IJobHandler
    {
        services.AddJobHandler<THandler>();
        services.AddSingleton(new RepeatingJob(kind, every));
    }
}
