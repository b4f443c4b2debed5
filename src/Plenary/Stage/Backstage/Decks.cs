using System.Text.Json;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Files;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>Slides for one stage: pictures of pages, made of a PDF by the browser of whoever brought them.</summary>
public sealed class SlideDeck
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The stage.</summary>
    public Guid RoomId { get; init; }

    /// <summary>Who brought it, and turns its pages unless somebody else is named.</summary>
    public Guid PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>JSON: the paths of the pages, in order.</summary>
    public required string Pages { get; init; }

    public IReadOnlyList<string> Urls => JsonSerializer.Deserialize<string[]>(Pages)!;

    internal sealed class Mapping : IEntityTypeConfiguration<SlideDeck>
    {
        public void Configure(EntityTypeBuilder<SlideDeck> builder)
        {
            builder.ToTable("SlideDecks");
            builder.Property(d => d.Name).HasMaxLength(120);
            builder.Ignore(d => d.Urls);
            builder.HasIndex(d => d.RoomId);
            builder.HasOne<Room>().WithMany().HasForeignKey(d => d.RoomId);
            builder.HasOne<Person>().WithMany().HasForeignKey(d => d.PersonId);
        }
    }
}

/// <summary>Keeps slides. Speakers and staff bring them; guests have nothing to do with them.</summary>
public sealed class Decks(IDbContextFactory<Db> dbs, FileStore files)
{
    public const int MostDecks = 50;
    public const int MostPages = 300;

    /// <summary>Adds a deck of pages that are uploaded already. Refused like everything backstage; too-many-decks; invalid-input.</summary>
    public async Task<SlideDeck> Add(Viewer viewer, Guid stage, string name, IReadOnlyList<string> pages, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var who = await db.RequireBackstage(viewer, stage, cancellation);
        if (who.Pass.IsGuest) Refusal.Forbidden.Throw();
        if (pages.Count is < 1 or > MostPages) throw Refusal.Invalid("pages", $"Slides have from 1 to {MostPages} pages.").AsException();
        if (await db.Set<SlideDeck>().CountAsync(d => d.RoomId == stage, cancellation) >= MostDecks) BackstageRefusals.TooManyDecks.Throw();
        var urls = pages.Select(page => files.Chosen(page, "pages") is { } id ? $"/files/{id}" : throw BackstageRefusals.NotAPicture.AsException()).ToArray();
        var deck = new SlideDeck { RoomId = stage, PersonId = who.Pass.Person, Name = Input.Line(name, "name", 120), Pages = JsonSerializer.Serialize(urls) };
        db.Add(deck);
        await db.SaveChangesAsync(cancellation);
        return deck;
    }

    /// <summary>Removes a deck: whoever brought it, and directors. What is on stage stays there.</summary>
    public async Task Remove(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        viewer.RequirePerson();
        var deck = await db.Set<SlideDeck>().SingleOrDefaultAsync(d => d.Id == id, cancellation);
        if (deck is null || await db.BackstagePassOf(viewer, deck.RoomId, cancellation) is not { } who) throw Refusal.NotFound.AsException();
        if (who.Standing < Standing.Director && deck.PersonId != who.Pass.Person) Refusal.Forbidden.Throw();
        db.Remove(deck);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The deck as it comes on stage: where it was, when it is there already. Refused: no-such-deck.</summary>
    internal static async Task<SlidesNow> Open(Db db, Guid stage, Guid id, SlidesNow? now, CancellationToken cancellation)
    {
        if (now?.Deck == id) return now;
        var deck = await db.Set<SlideDeck>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.RoomId == stage, cancellation) ?? throw BackstageRefusals.NoSuchDeck.AsException();
        return new(deck.Id, 0, deck.Urls, deck.PersonId);
    }
}

/// <summary>Slides in the graph; given only to those who may be backstage.</summary>
public sealed class SlideDeckType : ObjectGraphType<SlideDeck>
{
    public SlideDeckType()
    {
        Name = "SlideDeck";
        Field("id", d => d.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(d => d.Name);
        Field("pages", d => d.Urls, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>)).Description("Paths of pictures, in order.");
        Field("person", d => d.PersonId, type: typeof(NonNullGraphType<IdGraphType>)).Description("Who brought it.");
    }
}
