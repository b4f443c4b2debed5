using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;

namespace Plenary.Messages;

/// <summary>One message of a conversation. It is never changed.</summary>
public sealed class Message
{
    public const int LongestText = 4_000;

    /// <summary>Files of one message.</summary>
    public const int MostFiles = 6;

    /// <summary>Made by the client, so that sending again is sending once.</summary>
    public Guid Id { get; init; }

    public Guid ConversationId { get; init; }

    /// <summary>1, 2, 3 … in the conversation.</summary>
    public long Number { get; init; }

    /// <summary>Who wrote it.</summary>
    public Guid PersonId { get; init; }

    public required string Text { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Whoever it was written to blocked its author then: only the author ever sees it, as if it had been delivered.</summary>
    public bool Unheard { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Message>
    {
        public void Configure(EntityTypeBuilder<Message> builder)
        {
            builder.ToTable("Messages");
            builder.Property(m => m.Text).HasMaxLength(LongestText);
            builder.HasIndex(m => new { m.ConversationId, m.Number }).IsUnique();
            builder.HasOne<Conversation>().WithMany().HasForeignKey(m => m.ConversationId);
            builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
        }
    }
}

/// <summary>A file of a message, or one that was uploaded for a message which is being written.</summary>
public sealed class MessageFile
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    /// <summary>Who uploaded it; until it is sent nobody else sees it.</summary>
    public Guid OwnerId { get; init; }

    public Guid? MessageId { get; set; }

    public required string Name { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Of a picture, in pixels.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    public DateTimeOffset UploadedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MessageFile>
    {
        public void Configure(EntityTypeBuilder<MessageFile> builder)
        {
            builder.ToTable("MessageFiles");
            builder.Property(f => f.Name).HasMaxLength(120);
            builder.Property(f => f.ContentType).HasMaxLength(120);
            builder.HasIndex(f => f.MessageId);
            builder.HasIndex(f => new { f.OwnerId, f.UploadedAt });
            builder.HasOne<Message>().WithMany().HasForeignKey(f => f.MessageId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(f => f.EventId);
            builder.HasOne<Person>().WithMany().HasForeignKey(f => f.OwnerId);
        }
    }
}
