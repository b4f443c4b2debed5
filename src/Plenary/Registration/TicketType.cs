using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Registration;

/// <summary>A kind of place at an event. Free for now; the number sold is guarded, so the last place is given once.</summary>
public sealed class TicketType
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public required string Name { get; set; }

    public string Description { get; set; } = "";

    public int Capacity { get; set; }

    /// <summary>Raised only by a guarded update: <c>Sold + 1 &lt;= Capacity</c>.</summary>
    public int Sold { get; set; }

    public int Position { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TicketType>
    {
        public void Configure(EntityTypeBuilder<TicketType> builder)
        {
            builder.ToTable("TicketTypes");
            builder.Property(t => t.Name).HasMaxLength(80);
            builder.Property(t => t.Description).HasMaxLength(280);
            builder.HasIndex(t => t.EventId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(t => t.EventId);
        }
    }
}
