using System.Runtime.Serialization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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
}

/// <summary>
/// One line of a room's log as it is kept. Its key is the fence: of two processes that both believe to number a room, the second to
/// write a number fails.
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

    public string? Text { get; init; }

    /// <summary>JSON of <see cref="StageNow"/>, for entries of the stage.</summary>
    public string? Stage { get; init; }

    /// <summary>The document of <see cref="PlanNow"/>, for entries of the plan.</summary>
    public string? Plan { get; init; }

    public int? PlanVersion { get; init; }

    public DateTimeOffset At { get; init; }

    internal static RoomEntry From(Guid room, Entry entry) => new()
    {
        RoomId = room,
        Seq = entry.Seq,
        EntryId = entry.Id,
        Kind = entry.Kind,
        PersonId = entry.Person,
        Name = entry.Name,
        Role = entry.Role,
        Text = entry.Text,
        Stage = entry.Stage is null ? null : JsonSerializer.Serialize(entry.Stage, JsonSerializerOptions.Web),
        Plan = entry.Plan?.Document,
        PlanVersion = entry.Plan?.Version,
        At = DateTimeOffset.FromUnixTimeMilliseconds(entry.At),
    };

    internal Entry ToEntry() => new(Seq, EntryId, Kind, At.ToUnixTimeMilliseconds(), PersonId, Name, Role, Text,
        Stage is null ? null : JsonSerializer.Deserialize<StageNow>(Stage, JsonSerializerOptions.Web),
        Plan is { } document && PlanVersion is { } version ? new(version, document) : null);

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
            builder.HasOne<Room>().WithMany().HasForeignKey(e => e.RoomId);
        }
    }
}
