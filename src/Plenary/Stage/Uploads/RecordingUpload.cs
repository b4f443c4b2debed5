using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;
using Plenary.Rooms;

namespace Plenary.Stage.Uploads;

/// <summary>How far a video from elsewhere has come.</summary>
public enum UploadState
{
    /// <summary>Bytes are awaited.</summary>
    Arriving,

    /// <summary>All of it is here; it is looked into and cut for playing.</summary>
    Preparing,

    /// <summary>It cannot be used; <see cref="RecordingUpload.Problem"/> says why.</summary>
    Failed,
}

/// <summary>
/// A finished video that is brought from elsewhere. When it can be played it becomes a <see cref="Broadcast"/> of the same id that has ended
/// already, with one take: from then on it is a recording like any other, and this row is gone.
/// </summary>
public sealed class RecordingUpload
{
    /// <summary>At once in one event; what cannot be used and was not taken away counts.</summary>
    public const int MostOfEvent = 20;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    /// <summary>The stage it is kept with.</summary>
    public Guid RoomId { get; init; }

    /// <summary>Who brought it.</summary>
    public Guid PersonId { get; init; }

    public required string Title { get; init; }

    /// <summary>Who speaks in it, as the audience is told.</summary>
    public required string SpeakerName { get; init; }

    /// <summary><c>video/mp4</c> or <c>video/webm</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Length of the whole file.</summary>
    public long Bytes { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public UploadState State { get; set; }

    /// <summary>Code of the refusal that says why it cannot be used.</summary>
    public string? Problem { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RecordingUpload>
    {
        public void Configure(EntityTypeBuilder<RecordingUpload> builder)
        {
            builder.ToTable("RecordingUploads");
            builder.Property(u => u.Title).HasMaxLength(160);
            builder.Property(u => u.SpeakerName).HasMaxLength(80);
            builder.Property(u => u.ContentType).HasMaxLength(40);
            builder.Property(u => u.State).HasConversion<string>().HasMaxLength(16);
            builder.Property(u => u.Problem).HasMaxLength(40);
            builder.HasIndex(u => u.EventId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(u => u.EventId);
            builder.HasOne<Room>().WithMany().HasForeignKey(u => u.RoomId);
            builder.HasOne<Person>().WithMany().HasForeignKey(u => u.PersonId);
        }
    }
}
