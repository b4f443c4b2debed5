using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Registration;

namespace Plenary.Orders;

/// <summary>Where an order stands.</summary>
public enum OrderState
{
    /// <summary>Its places are held until <see cref="Order.ExpiresAt"/>; the money has not come.</summary>
    Reserved,

    /// <summary>Paid, or free: its places are registrations.</summary>
    Paid,

    /// <summary>The money did not come in time; its places were given back.</summary>
    Expired,

    /// <summary>Given up before it was paid; its places were given back.</summary>
    Cancelled,

    /// <summary>The money came when its places were gone: it has to go back to the buyer.</summary>
    RefundDue,

    /// <summary>The money went back; it holds no places.</summary>
    Refunded,
}

/// <summary>One purchase of one or several places at an event. Rows move only by <see cref="Next"/>, each move by one guarded update, so that of two at once one happens.</summary>
public sealed class Order
{
    /// <summary>The most places of one order.</summary>
    public const int MostPlaces = 20;

    /// <summary>Every state with those that may follow it. Money for an order that was cancelled is always due back; for one that expired, only when its places are gone. Word of a refund may come before word of its payment, so it ends every order.</summary>
    public static readonly FrozenDictionary<OrderState, OrderState[]> Next = new Dictionary<OrderState, OrderState[]>
    {
        [OrderState.Reserved] = [OrderState.Paid, OrderState.Expired, OrderState.Cancelled, OrderState.Refunded],
        [OrderState.Paid] = [OrderState.Refunded],
        [OrderState.Expired] = [OrderState.Paid, OrderState.RefundDue, OrderState.Refunded],
        [OrderState.Cancelled] = [OrderState.RefundDue, OrderState.Refunded],
        [OrderState.RefundDue] = [OrderState.Refunded],
        [OrderState.Refunded] = [],
    }.ToFrozenDictionary();

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Made by the buyer's browser, once for one purchase: a repeated click finds the order again. Whoever knows it sees the order, so it is random.</summary>
    public Guid Key { get; init; }

    public Guid EventId { get; init; }

    /// <summary>What the buyer writes on a bank transfer: ten characters that are hard to confuse.</summary>
    public required string Reference { get; init; }

    public OrderState State { get; set; }

    public required string BuyerName { get; init; }

    public required string BuyerEmail { get; init; }

    /// <summary>IANA zone of the buyer's browser, for times in mails; may be empty.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>ISO 4217, of all its places.</summary>
    public required string Currency { get; init; }

    /// <summary>Tax included, in the smallest unit.</summary>
    public int Total { get; init; }

    public DateTimeOffset OrderedAt { get; init; }

    /// <summary>Until when its places are held unpaid.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? PaidAt { get; set; }

    public DateTimeOffset? RefundedAt { get; set; }

    /// <summary>The payment at Stripe; null for what was paid otherwise or not at all.</summary>
    public string? Payment { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Order>
    {
        public void Configure(EntityTypeBuilder<Order> builder)
        {
            builder.ToTable("Orders");
            builder.Property(o => o.Reference).HasMaxLength(10);
            builder.Property(o => o.BuyerName).HasMaxLength(80);
            builder.Property(o => o.BuyerEmail).HasMaxLength(254);
            builder.Property(o => o.TimeZone).HasMaxLength(64);
            builder.Property(o => o.Currency).HasMaxLength(3);
            builder.Property(o => o.Payment).HasMaxLength(255);
            builder.HasIndex(o => o.Key).IsUnique();
            builder.HasIndex(o => o.Reference).IsUnique();
            builder.HasIndex(o => new { o.EventId, o.Id });
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(o => o.EventId);
        }
    }
}

/// <summary>One place of an order, with its guest and the price it was sold at.</summary>
public sealed class OrderPlace
{
    public Guid OrderId { get; init; }

    /// <summary>Within the order, from 0.</summary>
    public int Position { get; init; }

    public Guid TicketTypeId { get; init; }

    /// <summary>The guest's.</summary>
    public required string Name { get; init; }

    /// <summary>The guest's: where the join link goes.</summary>
    public required string Email { get; init; }

    /// <summary>Tax included, in the smallest unit of the order's currency.</summary>
    public int Price { get; init; }

    /// <summary>In hundredths of a percent, when it was sold.</summary>
    public int TaxRate { get; init; }

    /// <summary>The guest's registration; null before it is paid, and for somebody who is banned from the event.</summary>
    public Guid? RegistrationId { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OrderPlace>
    {
        public void Configure(EntityTypeBuilder<OrderPlace> builder)
        {
            builder.ToTable("OrderPlaces");
            builder.HasKey(p => new { p.OrderId, p.Position });
            builder.Property(p => p.Name).HasMaxLength(80);
            builder.Property(p => p.Email).HasMaxLength(254);
            builder.HasOne<Order>().WithMany().HasForeignKey(p => p.OrderId);
            builder.HasOne<TicketType>().WithMany().HasForeignKey(p => p.TicketTypeId);
            builder.HasOne<Registration.Registration>().WithMany().HasForeignKey(p => p.RegistrationId);
        }
    }
}
