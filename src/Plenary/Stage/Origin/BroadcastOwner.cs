using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Stage.Origin;

/// <summary>Which process of the cluster has the live stream of a broadcast: the one that receives its upload.</summary>
public sealed class BroadcastOwner
{
    public Guid BroadcastId { get; init; }

    /// <summary>Address and start of the process, as Orleans writes them: one that starts again is another.</summary>
    public required string Process { get; set; }

    /// <summary>Unless it is renewed, the claim ends then.</summary>
    public DateTimeOffset Until { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<BroadcastOwner>
    {
        public void Configure(EntityTypeBuilder<BroadcastOwner> builder)
        {
            builder.ToTable("BroadcastOwners");
            builder.HasKey(o => o.BroadcastId);
            builder.Property(o => o.Process).HasMaxLength(128);
            builder.HasOne<Broadcast>().WithMany().HasForeignKey(o => o.BroadcastId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
