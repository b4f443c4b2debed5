using System.Runtime.Serialization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Rooms.Chat;

namespace Plenary.Rooms;

/// <summary>What an entry of a room's log tells.</summary>
public enum EntryKind
{
    /// <summary>Somebody wrote something.</summary>
    [EnumMember(Value = "chat")]
    Chat,

    /// <summary>The stage changed.</summary>
    [EnumMember(Value = "stage")]
    Stage,

    /// <summary>The plan of the stage changed; only in the log of its backstage.</summary>
    [EnumMember(Value = "plan")]
    Plan,

    /// <summary>Something became of messages: they were edited, removed, pinned, reacted to.</summary>
    [EnumMember(Value = "change")]
    Change,
}

/// <summary>
/// One line of a room's log as it is kept. Its key is the fence: of two processes that both believe to number a room, the second to
/// write a number fails. Of a message its text and <see cref="Now"/> are written anew by the entries that change it, in their transaction; everything else stays as it was
/// (docs/decisions/0036-what-becomes-of-a-message.md).
/// </summary>
public sealed class RoomEntry
{
    public Guid RoomId { get; init; }

    /// <summary>1, 2, 3 … without gaps.</summary>
    public long Seq { get; init; }

    /// <summary>Made by the client; the same again is the same entry.</summary>
    public Guid EntryId { get; init; }

    public EntryKind Kind { get; init; }

    public Guid? PersonId { get; init; }

    /// <summary>Of the author, as it was then.</summary>
    public required string Name { get; init; }

    /// <summary>Of the author, as it was then: organizer, producer, moderator, speaker or attendee.</summary>
    public required string Role { get; init; }

    /// <summary>Of a message, as it is now; null once it was removed.</summary>
    public string? Text { get; init; }

    /// <summary>Of a message: JSON of its <see cref="Chat.Quote"/>, as it was when it was answered.</summary>
    public string? Quote { get; init; }

    /// <summary>Of a message: JSON of the people it calls.</summary>
    public string? Mentions { get; init; }

    /// <summary>Of a message: JSON of what has become of it, <see cref="MessageNow"/>.</summary>
    public string? Now { get; init; }

    /// <summary>Of a message: the staff keeps it in sight.</summary>
    public bool Pinned { get; init; }

    /// <summary>Of a change: JSON of what it made of its messages.</summary>
    public string? Changes { get; init; }

    /// <summary>Of a change of one message: the number of that message.</summary>
    public long? About { get; init; }

    /// <summary>Of a change of one message: what was done.</summary>
    public Deed? Deed { get; init; }

    /// <summary>Of an edit or a removal: the text that was there before. For moderators only.</summary>
    public string? Before { get; init; }

    /// <summary>JSON of <see cref="StageNow"/>, for entries of the stage.</summary>
    public string? Stage { get; init; }

    /// <summary>The document of <see cref="PlanNow"/>, for entries of the plan.</summary>
    public string? Plan { get; init; }

    public int? PlanVersion { get; init; }

    public DateTimeOffset At { get; init; }

    internal static RoomEntry From(Guid room, Entry entry, ChangeWish? change = null, string? before = null) => new()
    {
        RoomId = room,
        Seq = entry.Seq,
        EntryId = entry.Id,
        Kind = entry.Kind,
        PersonId = entry.Person,
        Name = entry.Name,
        Role = entry.Role,
        Text = entry.Text,
        Quote = Write(entry.Quote),
        Mentions = Write(entry.Mentions),
        Now = Write(entry.Now),
        Pinned = entry.Now is { Pinned: true },
        Changes = Write(entry.Changes),
        About = change?.Message,
        Deed = change?.Deed,
        Before = before,
        Stage = Write(entry.Stage),
        Plan = entry.Plan?.Document,
        PlanVersion = entry.Plan?.Version,
        At = DateTimeOffset.FromUnixTimeMilliseconds(entry.At),
    };

    internal Entry ToEntry() => new(Seq, EntryId, Kind, At.ToUnixTimeMilliseconds(), PersonId, Name, Role, Text,
        Read<StageNow>(Stage),
        Plan is { } document && PlanVersion is { } version ? new(version, document) : null,
        Read<Quote>(Quote),
        Read<Guid[]>(Mentions),
        Read<MessageNow>(Now),
        Read<MessageNow[]>(Changes));

    private static string? Write<T>(T? part) where T : class => part is null ? null : JsonSerializer.Serialize(part, JsonSerializerOptions.Web);

    private static T? Read<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web);

    internal sealed class Mapping : IEntityTypeConfiguration<RoomEntry>
    {
        public void Configure(EntityTypeBuilder<RoomEntry> builder)
        {
            builder.ToTable("RoomEntries");
            builder.HasKey(e => new { e.RoomId, e.Seq });
            builder.HasIndex(e => new { e.RoomId, e.EntryId }).IsUnique();
            builder.Property(e => e.Seq).ValueGeneratedNever();
            builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(16);
            builder.Property(e => e.Name).HasMaxLength(80);
            builder.Property(e => e.Role).HasMaxLength(16);
            builder.Property(e => e.Text).HasMaxLength(ChatText.Longest);
            builder.Property(e => e.Deed).HasConversion<string>().HasMaxLength(16);
            builder.Property(e => e.Before).HasMaxLength(ChatText.Longest);
            builder.HasIndex(e => new { e.RoomId, e.About }).HasFilter("\"About\" IS NOT NULL");
            builder.HasIndex(e => new { e.RoomId, e.Pinned }).HasFilter("\"Pinned\"");
            builder.HasOne<Room>().WithMany().HasForeignKey(e => e.RoomId);
        }
    }
}
