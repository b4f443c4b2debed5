using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Text;

namespace Plenary.Platform.Mail;

/// <summary>A mail that was kept instead of being sent, because this installation has no mail server.</summary>
public sealed class MailboxMail
{
    public Guid Id { get; init; }

    public required string To { get; init; }

    public required string Name { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    /// <summary>JSON of the attachments.</summary>
    public required string Attachments { get; init; }

    public DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MailboxMail>
    {
        public void Configure(EntityTypeBuilder<MailboxMail> builder)
        {
            builder.ToTable("MailboxMails");
            builder.Property(m => m.To).HasMaxLength(EmailAddress.Longest);
            builder.HasIndex(m => m.At);
            builder.HasIndex(m => m.To);
        }
    }
}
