using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Identity;

/// <summary>The person to whom this installation belongs. There is one row at most: its key is always 1, so it cannot be claimed twice.</summary>
public sealed class InstallationOwner
{
    public int Id { get; init; } = 1;

    public Guid PersonId { get; init; }

    public DateTimeOffset Since { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<InstallationOwner>
    {
        public void Configure(EntityTypeBuilder<InstallationOwner> builder)
        {
            builder.ToTable("InstallationOwner");
            builder.Property(o => o.Id).ValueGeneratedNever();
            builder.HasOne<Person>().WithMany().HasForeignKey(o => o.PersonId);
        }
    }
}

/// <summary>What one may know about this installation.</summary>
/// <param name="Claimed">It has an owner.</param>
/// <param name="Version">As in the change log.</param>
/// <param name="Demo">Personas may be entered at /demo.</param>
/// <param name="Mailbox">Mails are kept in the development mailbox instead of being sent.</param>
public sealed record Installation(bool Claimed, string Version, bool Demo, bool Mailbox)
{
    public static async Task<Installation> Read(Db db, IConfiguration configuration, CancellationToken cancellation) => new(
        await db.Set<InstallationOwner>().AnyAsync(cancellation),
        typeof(Installation).Assembly.GetName().Version!.ToString(3),
        Settings.Flag(configuration, "Demo"),
        string.IsNullOrEmpty(configuration["Smtp:Host"]));
}
