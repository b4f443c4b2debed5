using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>What a person wrote down for a stage: theirs alone, on whatever device they come with.</summary>
public sealed class StageNotes
{
    public const int Longest = 20_000;

    /// <summary>The stage.</summary>
    public Guid RoomId { get; init; }

    public Guid PersonId { get; init; }

    public required string Text { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<StageNotes>
    {
        public void Configure(EntityTypeBuilder<StageNotes> builder)
        {
            builder.ToTable("StageNotes");
            builder.HasKey(n => new { n.RoomId, n.PersonId });
            builder.HasIndex(n => n.PersonId);
            builder.Property(n => n.Text).HasMaxLength(Longest);
            builder.HasOne<Room>().WithMany().HasForeignKey(n => n.RoomId);
            builder.HasOne<Person>().WithMany().HasForeignKey(n => n.PersonId);
        }
    }
}

/// <summary>Keeps notes. Nobody reads or writes any but their own, whatever they are at the event.</summary>
public sealed class Notes(IDbContextFactory<Db> dbs)
{
    private const int MostAttempts = 3;

    /// <summary>The viewer's notes are these from now on. Refused like everything backstage; invalid-input.</summary>
    public async Task Save(Viewer viewer, Guid stage, string text, CancellationToken cancellation)
    {
        var kept = Input.Paragraphs(text, "text", StageNotes.Longest);
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            var person = (await db.RequireBackstage(viewer, stage, cancellation)).Pass.Person;
            var notes = await db.Set<StageNotes>().SingleOrDefaultAsync(n => n.RoomId == stage && n.PersonId == person, cancellation);
            if (notes is null) db.Add(new StageNotes { RoomId = stage, PersonId = person, Text = kept });
            else notes.Text = kept;
            try
            {
                await db.SaveChangesAsync(cancellation);
                return;
            }
            catch (DbUpdateException) when (notes is null && attempt < MostAttempts) { } // Another window of theirs began them at the same moment.
        }
    }

    /// <summary>A person's own notes; empty when there are none.</summary>
    internal static async Task<string> Of(Db db, Guid stage, Guid person, CancellationToken cancellation) =>
        await db.Set<StageNotes>().Where(n => n.RoomId == stage && n.PersonId == person).Select(n => n.Text).SingleOrDefaultAsync(cancellation) ?? "";
}
