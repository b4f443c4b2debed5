using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Platform.Surge;

/// <summary>
/// A process that holds live connections, as the others of the installation see it. Its beat rises while it runs; others judge by whether it
/// rises, so that no two clocks have to agree.
/// </summary>
public sealed class Gateway
{
    /// <summary>Of one run of the process.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>For people: machine and process.</summary>
    public required string Name { get; init; }

    /// <summary>The hub's address at this process alone, as clients reach it; null when all share one address.</summary>
    public string? Address { get; init; }

    public int Connections { get; set; }

    /// <summary>Connections it can hold.</summary>
    public int Capacity { get; set; }

    /// <summary>It is going away.</summary>
    public bool Draining { get; set; }

    public long Beat { get; set; }

    /// <summary>For people, and to clear away what a lost process left.</summary>
    public DateTimeOffset HeardAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Gateway>
    {
        public void Configure(EntityTypeBuilder<Gateway> builder)
        {
            builder.ToTable("Gateways");
            builder.Property(g => g.Name).HasMaxLength(200);
            builder.Property(g => g.Address).HasMaxLength(400);
        }
    }
}
