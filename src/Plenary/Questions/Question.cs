using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Stage;

namespace Plenary.Questions;

/// <summary>What becomes of a question.</summary>
public enum QuestionState
{
    /// <summary>It waits for the staff; only its author and the staff see it.</summary>
    Held,

    /// <summary>Everybody sees it.</summary>
    Open,

    /// <summary>It is being answered on stage.</summary>
    Live,

    /// <summary>It was answered, on stage or in text.</summary>
    Answered,

    /// <summary>The staff has put it away.</summary>
    Dismissed,

    /// <summary>It asks the same as another one, which has its votes now.</summary>
    Merged,
}

/// <summary>Something that somebody asks in a room.</summary>
public sealed class Question
{
    public const int Longest = 280;
    public const int LongestAnswer = 1_000;

    public Guid Id { get; init; }

    public Guid RoomId { get; init; }

    public required string Text { get; set; }

    /// <summary>Who asks; null when it is asked anonymously.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Their name as it was then; empty when it is asked anonymously.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of an anonymous question: by it the server knows its author again when they come, and nobody can read who that is (<see cref="AuthorSeal"/>).</summary>
    public byte[]? Author { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Asked on a replay: which one; null when that is gone.</summary>
    public Guid? ReplayId { get; init; }

    /// <summary>Asked on a replay: at this second of it.</summary>
    public int? ReplaySecond { get; init; }

    public QuestionState State { get; set; }

    /// <summary>People who want to know it too.</summary>
    public int Votes { get; set; }

    /// <summary>The question that asks the same and stays.</summary>
    public Guid? MergedIntoId { get; set; }

    /// <summary>So many questions were merged into it.</summary>
    public int Merged { get; set; }

    /// <summary>Its place in the speakers' order, from 1; null when nobody has given it one.</summary>
    public int? Place { get; set; }

    /// <summary>When it came on stage.</summary>
    public DateTimeOffset? LiveAt { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>What is answered in text; null when it was answered on stage.</summary>
    public string? Answer { get; set; }

    /// <summary>Name of who answered in text.</summary>
    public string? AnsweredBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Question>
    {
        public void Configure(EntityTypeBuilder<Question> builder)
        {
            builder.ToTable("Questions");
            builder.Property(q => q.Text).HasMaxLength(Longest);
            builder.Property(q => q.Name).HasMaxLength(Person.LongestName);
            builder.Property(q => q.State).HasConversion<string>().HasMaxLength(16);
            builder.Property(q => q.Answer).HasMaxLength(LongestAnswer);
            builder.Property(q => q.AnsweredBy).HasMaxLength(Person.LongestName);
            builder.HasIndex(q => q.RoomId);
            builder.HasOne<Room>().WithMany().HasForeignKey(q => q.RoomId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(q => q.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Broadcast>().WithMany().HasForeignKey(q => q.ReplayId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}

/// <summary>Somebody wants to know it too.</summary>
public sealed class QuestionVote
{
    public Guid QuestionId { get; init; }

    public Guid PersonId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<QuestionVote>
    {
        public void Configure(EntityTypeBuilder<QuestionVote> builder)
        {
            builder.ToTable("QuestionVotes");
            builder.HasKey(v => new { v.QuestionId, v.PersonId });
            builder.HasOne<Question>().WithMany().HasForeignKey(v => v.QuestionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(v => v.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>How questions are asked in a room; and the fence of its grain: every group of changes raises <see cref="Version"/>.</summary>
public sealed class QuestionBoard
{
    public Guid RoomId { get; init; }

    /// <summary>The staff lets each question in before others see it.</summary>
    public bool Moderated { get; set; }

    /// <summary>No more questions are taken.</summary>
    public bool Closed { get; set; }

    /// <summary>The sealed key of <see cref="AuthorSeal"/>; null before the first anonymous question.</summary>
    public string? Seal { get; set; }

    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<QuestionBoard>
    {
        public void Configure(EntityTypeBuilder<QuestionBoard> builder)
        {
            builder.ToTable("QuestionBoards");
            builder.HasKey(b => b.RoomId);
            builder.Property(b => b.Version).IsConcurrencyToken();
            builder.HasOne<Room>().WithMany().HasForeignKey(b => b.RoomId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
