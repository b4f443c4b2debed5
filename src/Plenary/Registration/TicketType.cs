using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Registration;

/// <summary>A kind of place at an event, free or at a price. The number taken is guarded, so the last place is given once.</summary>
public sealed class TicketType
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public required string Name { get; set; }

    public string Description { get; set; } = "";

    public int Capacity { get; set; }

    /// <summary>Places held by registrations and by orders that wait for payment. Raised only by a guarded update: <c>Sold + n &lt;= Capacity</c>.</summary>
    public int Sold { get; set; }

    /// <summary>What one place costs, tax included, in the smallest unit of <see cref="Currency"/> (cents); 0 is free.</summary>
    public int Price { get; set; }

    /// <summary>ISO 4217, one of <see cref="Money.Currencies"/>.</summary>
    public string Currency { get; set; } = Money.UsualCurrency;

    /// <summary>The share of tax within the price, in hundredths of a percent: 1900 is 19 %.</summary>
    public int TaxRate { get; set; }

    public int Position { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TicketType>
    {
        public void Configure(EntityTypeBuilder<TicketType> builder)
        {
            builder.ToTable("TicketTypes");
            builder.Property(t => t.Name).HasMaxLength(80);
            builder.Property(t => t.Description).HasMaxLength(280);
            builder.Property(t => t.Currency).HasMaxLength(3).HasDefaultValue(Money.UsualCurrency);
            builder.HasIndex(t => t.EventId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(t => t.EventId);
        }
    }
}
