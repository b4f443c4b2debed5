using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;

namespace Plenary.Shows;

/// <summary>What happens at a cue.</summary>
public enum CueKind
{
    /// <summary>The stages say that it starts soon, and when.</summary>
    DoorsOpen,

    /// <summary>The stages say that it is over.</summary>
    DoorsClose,

    /// <summary>The card of the session's stage goes, and its time left is counted.</summary>
    StartSession,

    /// <summary>The session's stage says what comes next.</summary>
    EndSession,

    /// <summary>The card goes: everybody sees who is on stage.</summary>
    OpenStage,

    /// <summary>A clip of the stage rolls.</summary>
    PlayVideo,

    /// <summary>The stages say that there is a break, and until when.</summary>
    Intermission,

    OpenPoll,
    ClosePoll,

    /// <summary>Check-in of a Cocktail Party begins.</summary>
    StartParty,

    /// <summary>A line to everybody.</summary>
    Announce,

    /// <summary>Everybody is brought to a room, unless they stay.</summary>
    Move,
}

/// <summary>What a cue waits for.</summary>
public enum CueAnchor
{
    /// <summary>Somebody's hand.</summary>
    Hand,

    /// <summary>A moment.</summary>
    Time,

    /// <summary>So long after a session's start; before it when negative.</summary>
    SessionStart,

    /// <summary>So long after a session's end; before it when negative.</summary>
    SessionEnd,

    /// <summary>So long after another cue.</summary>
    Cue,
}

/// <summary>How far a cue is.</summary>
public enum CueState
{
    Pending,

    /// <summary>It is decided and kept that it happens; it may be happening.</summary>
    Firing,
    Done,

    /// <summary>It could not be done; <see cref="Cue.Error"/> says why. It may be fired again.</summary>
    Failed,
    Skipped,
}

/// <summary>One entry of the run of show. Only the grain of its event writes it.</summary>
public sealed class Cue
{
    public const int LongestTitle = 120;
    public const int LongestError = 300;

    /// <summary>Of <see cref="Offset"/> and <see cref="Shift"/>.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(1);

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid EventId { get; init; }

    /// <summary>Its place in the list among those that have no time, and among those with the same.</summary>
    public int Position { get; set; }

    public CueKind Kind { get; set; }

    /// <summary>The crew's own name for it; may be empty.</summary>
    public string Title { get; set; } = "";

    public CueAnchor Anchor { get; set; }

    /// <summary>The moment, when <see cref="Anchor"/> says so.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>The session that it concerns or waits for.</summary>
    public Guid? SessionId { get; set; }

    /// <summary>The cue that it waits for.</summary>
    public Guid? AfterId { get; set; }

    /// <summary>Seconds after what it waits for.</summary>
    public int Offset { get; set; }

    /// <summary>Seconds by which it was moved because the event runs late, over and above what it waits for having moved.</summary>
    public int Shift { get; set; }

    /// <summary>The clock does not fire it; a hand does.</summary>
    public bool Held { get; set; }

    public required CueDetail Detail { get; set; }

    public CueState State { get; set; }

    /// <summary>Of its firing: what it causes bears this id, so that doing it again does nothing.</summary>
    public Guid? RunId { get; set; }

    /// <summary>When it was decided that it happens, or that it does not.</summary>
    public DateTimeOffset? FiredAt { get; set; }

    /// <summary>Who fired or skipped it; empty when the clock did.</summary>
    public string By { get; set; } = "";

    public string? Error { get; set; }

    /// <summary>Who saved it last: what it causes is theirs.</summary>
    public Guid AuthorId { get; set; }

    public string Author { get; set; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<Cue>
    {
        public void Configure(EntityTypeBuilder<Cue> builder)
        {
            builder.ToTable("Cues");
            builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
            builder.Property(c => c.Anchor).HasConversion<string>().HasMaxLength(16);
            builder.Property(c => c.State).HasConversion<string>().HasMaxLength(16);
            builder.Property(c => c.Title).HasMaxLength(LongestTitle);
            builder.Property(c => c.Error).HasMaxLength(LongestError);
            builder.Property(c => c.By).HasMaxLength(Person.LongestName);
            builder.Property(c => c.Author).HasMaxLength(Person.LongestName);
            builder.Property(c => c.Detail).HasConversion(detail => detail.ToJson(), json => CueDetail.Read(json)).HasMaxLength(2_000);
            builder.HasIndex(c => new { c.EventId, c.State });
            builder.HasOne<Events.Event>().WithMany().HasForeignKey(c => c.EventId);
        }
    }
}

/// <summary>What a cue needs to know to be done; of each kind a part of it.</summary>
/// <param name="Room">Where: a stage, the room of a party, whom an announcement is for, where people are brought. None: everywhere.</param>
/// <param name="From">Whose people are brought; none: those of all other rooms.</param>
/// <param name="Poll">Which poll.</param>
/// <param name="Clip">Which clip.</param>
/// <param name="Text">The words of an announcement or a card.</param>
/// <param name="Minutes">How long an announcement is shown, a break lasts, or a round of a party takes.</param>
/// <param name="Seconds">The countdown before people are brought.</param>
/// <param name="Rounds">Of a party.</param>
/// <param name="Groups">Of a party, the two tickets whose people meet each other; none: everyone meets everyone.</param>
public sealed record CueDetail(Guid? Room = null, Guid? From = null, Guid? Poll = null, Guid? Clip = null, string? Text = null, int? Minutes = null, int? Seconds = null, int? Rounds = null,
    IReadOnlyList<string>? Groups = null)
{
    internal static CueDetail Read(string json) => JsonSerializer.Deserialize<CueDetail>(json, JsonSerializerOptions.Web)!;

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
