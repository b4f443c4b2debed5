using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>The plan of a stage as it is kept: one row, changed by the server only.</summary>
public sealed class StagePlan
{
    /// <summary>Commands that are remembered, so that trying one again changes nothing.</summary>
    private const int Remembered = 64;

    /// <summary>The stage.</summary>
    public Guid RoomId { get; init; }

    /// <summary>JSON of <see cref="StagePlanDocument"/>, the version included.</summary>
    public required string Document { get; set; }

    /// <summary>Ids of the latest commands, oldest first.</summary>
    public string Commands { get; private set; } = "";

    public int Version { get; set; } = 1;

    public PlanNow Now => new(Version, Document);

    public StagePlanDocument Read() => StagePlanDocument.FromJson(Document);

    public bool Knows(Guid command) => Commands.Contains(command.ToString("N"), StringComparison.Ordinal);

    /// <summary>Takes the next document and remembers the command that made it.</summary>
    public void Take(StagePlanDocument next, Guid command)
    {
        Document = next.ToJson();
        Commands = string.Join(' ', Commands.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(command.ToString("N")).TakeLast(Remembered));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<StagePlan>
    {
        public void Configure(EntityTypeBuilder<StagePlan> builder)
        {
            builder.ToTable("StagePlans");
            builder.HasKey(p => p.RoomId);
            builder.Property(p => p.Commands).HasMaxLength(33 * Remembered);
            builder.Property(p => p.Version).IsConcurrencyToken();
            builder.Ignore(p => p.Now);
            builder.HasOne<Room>().WithMany().HasForeignKey(p => p.RoomId);
        }
    }
}

/// <summary>Somebody agreed that what they say and show on this stage is recorded and may be watched afterwards.</summary>
public sealed class RecordingConsent
{
    /// <summary>The stage.</summary>
    public Guid RoomId { get; init; }

    public Guid PersonId { get; init; }

    public DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<RecordingConsent>
    {
        public void Configure(EntityTypeBuilder<RecordingConsent> builder)
        {
            builder.ToTable("RecordingConsents");
            builder.HasKey(c => new { c.RoomId, c.PersonId });
            builder.HasIndex(c => c.PersonId);
            builder.HasOne<Room>().WithMany().HasForeignKey(c => c.RoomId);
            builder.HasOne<Platform.Access.Person>().WithMany().HasForeignKey(c => c.PersonId);
        }
    }
}
