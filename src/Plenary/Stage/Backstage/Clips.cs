using System.Text.Json;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>A video or a piece of music that can be played on one stage, as it was uploaded.</summary>
public sealed class StageClip
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The stage.</summary>
    public Guid RoomId { get; init; }

    /// <summary>Who brought it.</summary>
    public Guid PersonId { get; init; }

    public required string Name { get; init; }

    public required string ContentType { get; init; }

    public long Bytes { get; init; }

    /// <summary>Its length.</summary>
    public double Seconds { get; init; }

    /// <summary>Random part of its path: whoever knows it may watch.</summary>
    public required string Key { get; init; }

    public string Url => $"/clips/{Id}/{Key}";

    public bool IsVideo => ContentType.StartsWith("video/", StringComparison.Ordinal);

    internal sealed class Mapping : IEntityTypeConfiguration<StageClip>
    {
        public void Configure(EntityTypeBuilder<StageClip> builder)
        {
            builder.ToTable("StageClips");
            builder.Property(c => c.Name).HasMaxLength(120);
            builder.Property(c => c.ContentType).HasMaxLength(40);
            builder.Property(c => c.Key).HasMaxLength(32);
            builder.Ignore(c => c.Url).Ignore(c => c.IsVideo);
            builder.HasIndex(c => c.RoomId);
            builder.HasOne<Room>().WithMany().HasForeignKey(c => c.RoomId);
            builder.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
        }
    }
}

/// <summary>Finds and removes clips; <see cref="ClipUploads"/> takes them in.</summary>
public sealed class Clips(IDbContextFactory<Db> dbs, MediaSettings settings)
{
    public const int MostClips = 50;

    private static readonly Dictionary<string, string> Endings = new()
    {
        ["video/mp4"] = ".mp4",
        ["video/webm"] = ".webm",
        ["audio/mpeg"] = ".mp3",
        ["audio/mp4"] = ".m4a",
        ["audio/ogg"] = ".ogg",
    };

    private string Folder => Path.Combine(settings.Folder, "clips");

    /// <summary>Whether uploads may declare this type.</summary>
    public static bool Accepts(string? contentType) => contentType is not null && Endings.ContainsKey(contentType);

    /// <summary>Where a clip's file is; the folder is there.</summary>
    internal string PathOf(StageClip clip)
    {
        Directory.CreateDirectory(Folder);
        return Path.Combine(Folder, clip.Id.ToString("N") + Endings[clip.ContentType]);
    }

    /// <summary>Removes a clip: whoever brought it, and directors. Refused: not-found, forbidden, clip-in-use.</summary>
    public async Task Remove(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        viewer.RequirePerson();
        var clip = await db.Set<StageClip>().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (clip is null || await db.BackstagePassOf(viewer, clip.RoomId, cancellation) is not { } who) throw Refusal.NotFound.AsException();
        if (who.Standing < Standing.Director && clip.PersonId != who.Pass.Person) Refusal.Forbidden.Throw();
        var plan = (await db.Set<StagePlan>().AsNoTracking().SingleOrDefaultAsync(p => p.RoomId == clip.RoomId, cancellation))?.Read();
        if (plan?.Clip?.Id == id || plan?.Card?.Clip == clip.Url || plan?.Card?.Music == clip.Url) BackstageRefusals.ClipInUse.Throw();
        db.Remove(clip);
        await db.SaveChangesAsync(cancellation);
        File.Delete(PathOf(clip));
    }

    /// <summary>A clip of this stage. Refused: no-such-clip.</summary>
    /// <param name="video">It must have a picture; else sound is enough.</param>
    internal static async Task<StageClip> Find(Db db, Guid stage, Guid id, bool video, CancellationToken cancellation) =>
        await db.Set<StageClip>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.RoomId == stage, cancellation) is { } clip && (clip.IsVideo || !video)
            ? clip : throw BackstageRefusals.NoSuchClip.AsException();
}

/// <summary>A clip in the graph; given only to those who may be backstage.</summary>
public sealed class StageClipType : ObjectGraphType<StageClip>
{
    public StageClipType()
    {
        Name = "StageClip";
        Field("id", c => c.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(c => c.Name);
        Field(c => c.Url);
        Field(c => c.Seconds);
        Field("video", c => c.IsVideo).Description("False: sound only.");
        Field("person", c => c.PersonId, type: typeof(NonNullGraphType<IdGraphType>)).Description("Who brought it.");
    }
}

/// <summary>Takes a clip off the stage when it has come to its end.</summary>
internal sealed class EndClip(Directing directing) : IJobHandler
{
    public const string JobKind = "end-clip";

    public string Kind => JobKind;

    /// <param name="Stage">The stage.</param>
    /// <param name="Clip">The clip.</param>
    /// <param name="StartedAt">Which run of it; another has a job of its own.</param>
    public sealed record Rolling(Guid Stage, Guid Clip, long StartedAt);

    public Task Handle(string payload, CancellationToken cancellation)
    {
        var rolling = JsonSerializer.Deserialize<Rolling>(payload, JsonSerializerOptions.Web)!;
        return directing.Change(rolling.Stage, Guid.CreateVersion7(), "", (_, plan) => Task.FromResult(
            plan.Clip is { } clip && (clip.Id, clip.StartedAt) == (rolling.Clip, rolling.StartedAt) ? plan with { Clip = null, On = [.. plan.On.Where(s => s.Kind != SpotKind.Clip)] } : plan), cancellation);
    }
}
