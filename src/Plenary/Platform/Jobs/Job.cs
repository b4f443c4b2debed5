using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Database;

namespace Plenary.Platform.Jobs;

/// <summary>
/// Something to do after a commit, written in the same transaction as its cause: a mail, a reminder, a reaction in another slice. Done at
/// least once; handlers are idempotent.
/// </summary>
public sealed class Job
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Names the handler.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON of the handler's payload.</summary>
    public required string Payload { get; init; }

    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>The worker that has it, until the lease runs out.</summary>
    public string? Owner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Why the last attempt failed; the type of the error and its message.</summary>
    public string? LastError { get; set; }

    /// <summary>Set when it was given up: it stays for a person to look at.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Job>
    {
        public void Configure(EntityTypeBuilder<Job> builder)
        {
            builder.ToTable("Jobs");
            builder.Property(j => j.Kind).HasMaxLength(80);
            builder.Property(j => j.LastError).HasMaxLength(1000);
            builder.HasIndex(j => new { j.FailedAt, j.DueAt });
        }
    }
}

/// <summary>Writes jobs into the unit of work at hand: they exist when, and only when, it commits.</summary>
public static class JobWriting
{
    /// <param name="db">The unit of work that causes the job.</param>
    /// <param name="kind">The handler's <see cref="IJobHandler.Kind"/>.</param>
    /// <param name="payload">What the handler needs; ids rather than copies.</param>
    /// <param name="due">Not before this moment.</param>
    public static Job AddJob<T>(this Db db, string kind, T payload, DateTimeOffset due)
    {
        var job = new Job { Kind = kind, Payload = JsonSerializer.Serialize(payload, JsonSerializerOptions.Web), DueAt = due };
        db.Add(job);
        return job;
    }
}

/// <summary>Does jobs of one kind. Runs in a scope of its own; throwing means trying again later.</summary>
public interface IJobHandler
{
    string Kind { get; }

    Task Handle(string payload, CancellationToken cancellation);
}
