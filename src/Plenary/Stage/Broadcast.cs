using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Stage;

/// <summary>What a broadcast is doing.</summary>
public enum BroadcastState
{
    /// <summary>Opened by a speaker; nothing has arrived yet.</summary>
    Starting,
    Live,

    /// <summary>The picture stopped arriving; it may come back.</summary>
    Interrupted,
    Ended,
}

/// <summary>One run of a stage in front of an audience, from going live to the end; afterwards its recording is the replay.</summary>
public sealed class Broadcast
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    public Guid RoomId { get; init; }

    /// <summary>The person who went live.</summary>
    public Guid PersonId { get; init; }

    public required string SpeakerName { get; init; }

    /// <summary>What the replay is called: the session's title at that time, else the room's name.</summary>
    public required string Title { get; set; }

    public BroadcastState State { get; set; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the first picture was there.</summary>
    public DateTimeOffset? LiveAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Since when nothing arrives; null while it is live. After <see cref="AbandonedAfter"/> the broadcast ends by itself.</summary>
    public DateTimeOffset? QuietSince { get; set; }

    /// <summary>Where its live playlist is, as the room was told last.</summary>
    public string? Playlist { get; set; }

    /// <summary>The stream comes from elsewhere: an address of HLS, YouTube or Vimeo. Null for what is sent to us.</summary>
    public string? External { get; set; }

    /// <summary>Length of the replay in seconds; null until it can be watched, 0 when there is nothing to watch.</summary>
    public double? ReplaySeconds { get; set; }

    /// <summary>Random part of the replay's path: whoever knows it may watch. Another one when it is trimmed or hidden, so that the old path ends.</summary>
    public required string ReplayKey { get; set; }

    /// <summary>The broadcast whose recording is played on this stage as if it were live; null when this one was recorded itself.</summary>
    public Guid? RecordingId { get; init; }

    /// <summary>Second of that recording at which it began.</summary>
    public double RecordingFrom { get; init; }

    /// <summary>Second of the recording at which the replay begins, at a segment's border; null is the beginning. Nothing is thrown away.</summary>
    public double? TrimStart { get; set; }

    /// <summary>Second of the recording at which the replay ends; null is the end.</summary>
    public double? TrimEnd { get; set; }

    /// <summary>Only the crew sees the replay.</summary>
    public bool IsReplayHidden { get; set; }

    /// <summary>JSON of the chapters that were made by hand; null for those of the agenda.</summary>
    public string? Chapters { get; set; }

    /// <summary>It was never live: a finished video that somebody brought. The stage it is kept with knows nothing of it.</summary>
    public bool IsBrought { get; init; }

    /// <summary>It plays a recording: nobody uploads to it.</summary>
    public bool IsSimulive => RecordingId is not null;

    public int Version { get; set; } = 1;

    /// <summary>How long a broadcast waits for its host to come back.</summary>
    public static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(10);

    internal sealed class Mapping : IEntityTypeConfiguration<Broadcast>
    {
        public void Configure(EntityTypeBuilder<Broadcast> builder)
        {
            builder.ToTable("Broadcasts");
            builder.Property(b => b.SpeakerName).HasMaxLength(80);
            builder.Property(b => b.Title).HasMaxLength(160);
            builder.Property(b => b.State).HasConversion<string>().HasMaxLength(16);
            builder.Property(b => b.Playlist).HasMaxLength(2048);
            builder.Property(b => b.External).HasMaxLength(2048);
            builder.Property(b => b.ReplayKey).HasMaxLength(32);
            builder.Property(b => b.Chapters).HasMaxLength(Recordings.Chapter.LongestList);
            builder.Ignore(b => b.IsSimulive);
            builder.Property(b => b.Version).IsConcurrencyToken();
            builder.HasIndex(b => new { b.RoomId, b.StartedAt });
            // One open broadcast on a stage, whoever asks at the same moment.
            builder.HasIndex(b => b.RoomId).IsUnique().HasFilter("\"State\" <> 'Ended'");
            builder.HasIndex(b => b.EventId);
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(b => b.EventId);
            builder.HasOne<Rooms.Room>().WithMany().HasForeignKey(b => b.RoomId);
            builder.HasOne<Broadcast>().WithMany().HasForeignKey(b => b.RecordingId).OnDelete(DeleteBehavior.NoAction);
        }
    }
}

/// <summary>One run of the host's recorder within a broadcast, kept as one file: a reload or a restart begins the next take.</summary>
public sealed class BroadcastTake
{
    /// <summary>Made by the host's browser.</summary>
    public Guid Id { get; init; }

    public Guid BroadcastId { get; init; }

    /// <summary>1, 2, 3 … in the order they began.</summary>
    public int Number { get; init; }

    /// <summary>The recorder's MIME type.</summary>
    public required string Container { get; init; }

    /// <summary>Random part of the live path.</summary>
    public required string Epoch { get; init; }

    /// <summary>When the host's recorder was told to begin: second 0 of the take, as well as we know.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Its length in the replay, in seconds; null until the replay was made.</summary>
    public double? Seconds { get; set; }

    /// <summary>Where a moment of the day is in the replay, in seconds: between takes nothing was seen, so it is the end of the one before.</summary>
    /// <param name="takes">Those that are in the replay, in order.</param>
    /// <param name="moment">The wall clock.</param>
    public static double SecondsAt(IReadOnlyList<BroadcastTake> takes, DateTimeOffset moment)
    {
        var before = 0.0;
        foreach (var take in takes)
        {
            var into = (moment - take.StartedAt).TotalSeconds;
            if (into < take.Seconds) return before + Math.Max(0, into);
            before += take.Seconds ?? 0;
        }
        return before;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<BroadcastTake>
    {
        public void Configure(EntityTypeBuilder<BroadcastTake> builder)
        {
            builder.ToTable("BroadcastTakes");
            builder.Property(t => t.Container).HasMaxLength(80);
            builder.Property(t => t.Epoch).HasMaxLength(32);
            builder.HasIndex(t => new { t.BroadcastId, t.Number }).IsUnique();
            builder.HasOne<Broadcast>().WithMany().HasForeignKey(t => t.BroadcastId);
        }
    }
}
