using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;

namespace Plenary.Orders;

/// <summary>Who sells the tickets of an event, how they are paid and how long a buyer may take. Without them nothing is sold at a price.</summary>
public sealed class PaymentTerms
{
    public Guid EventId { get; init; }

    /// <summary>Name, address and tax number of the seller, as they stand on the receipt.</summary>
    public required string Seller { get; set; }

    /// <summary>How to pay, such as the account to transfer to. Told to buyers.</summary>
    public required string Instructions { get; set; }

    /// <summary>So many days places are held for a transfer.</summary>
    public int DaysToPay { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PaymentTerms>
    {
        public void Configure(EntityTypeBuilder<PaymentTerms> builder)
        {
            builder.ToTable("PaymentTerms");
            builder.HasKey(t => t.EventId);
            builder.Property(t => t.Seller).HasMaxLength(LongestSeller);
            builder.Property(t => t.Instructions).HasMaxLength(LongestInstructions);
            builder.HasOne<Event>().WithOne().HasForeignKey<PaymentTerms>(t => t.EventId);
        }
    }

    public const int LongestSeller = 400;

    public const int LongestInstructions = 1000;

    public const int MostDays = 30;

    /// <summary>Says them, anew or for the first time. Orders that were placed keep their time. Refused: sign-in-required, not-found, invalid-input.</summary>
    public static async Task<PaymentTerms> Save(Db db, Viewer viewer, PaymentTermsChanges changes, CancellationToken cancellation)
    {
        var @event = await db.RequireCrew(viewer, changes.Event, cancellation);
        var seller = Input.Paragraphs(changes.Seller, "seller", LongestSeller) is { Length: > 0 } said ? said : throw Refusal.Invalid("seller", "Say who sells the tickets.").AsException();
        var instructions = Input.Paragraphs(changes.Instructions, "instructions", LongestInstructions) is { Length: > 0 } how ? how : throw Refusal.Invalid("instructions", "Say how buyers pay.").AsException();
        if (changes.DaysToPay is < 1 or > MostDays) throw Refusal.Invalid("daysToPay", $"Buyers may have 1 to {MostDays} days.").AsException();
        var terms = await db.Set<PaymentTerms>().SingleOrDefaultAsync(t => t.EventId == @event.Id, cancellation);
        if (terms is null) db.Add(terms = new PaymentTerms { EventId = @event.Id, Seller = seller, Instructions = instructions });
        (terms.Seller, terms.Instructions, terms.DaysToPay) = (seller, instructions, changes.DaysToPay);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            Refusal.Changed.Throw(); // somebody else said them for the first time this very moment
        }
        return terms;
    }
}

/// <summary>What the organizer says of paying.</summary>
public sealed record PaymentTermsChanges(Guid Event, string Seller, string Instructions, int DaysToPay);
