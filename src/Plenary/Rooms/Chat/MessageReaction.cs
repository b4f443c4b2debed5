using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Rooms.Chat;

/// <summary>One person reacts to one message with one emoji. Written in the transaction of the entry that counts it, so what is shown is what is kept.</summary>
public sealed class MessageReaction
{
    /// <summary>What one can react with. A short list: everybody finds it, and nobody is insulted in pictures.</summary>
    public static readonly IReadOnlyList<string> Known = ["👍", "❤️", "😂", "🎉", "👏", "😮", "💡", "🙏"];

    public Guid RoomId { get; init; }

    /// <summary>Number of the message.</summary>
    public long Message { get; init; }

    public Guid PersonId { get; init; }

    public required string Emoji { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MessageReaction>
    {
        public void Configure(EntityTypeBuilder<MessageReaction> builder)
        {
            builder.ToTable("MessageReactions");
            builder.HasKey(r => new { r.RoomId, r.Message, r.PersonId, r.Emoji });
            builder.Property(r => r.Emoji).HasMaxLength(16);
            builder.HasIndex(r => new { r.RoomId, r.PersonId });
            builder.HasIndex(r => r.PersonId);
            builder.HasOne<RoomEntry>().WithMany().HasForeignKey(r => new { r.RoomId, r.Message }).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Platform.Access.Person>().WithMany().HasForeignKey(r => r.PersonId);
        }
    }
}
