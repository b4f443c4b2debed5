using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Platform.Text;
using Plenary.Rooms;

namespace Plenary.Stage.Uploads;

/// <summary>What the crew says of a video before it is sent.</summary>
public sealed record RecordingUploadWish(string Room, string Title, string? SpeakerName, string ContentType, double Bytes);

/// <summary>
/// Takes in finished videos piece by piece: what was acknowledged is on disk, and the length of the file there is the only truth about how
/// much that is, so an upload goes on after a lost connection, another day's browser or a killed server.
/// </summary>
public sealed class RecordingUploads(IDbContextFactory<Db> dbs, MediaSettings settings, RateLimits limits, TimeProvider clock)
{
    /// <summary>How long the rest of an upload is waited for.</summary>
    internal static readonly TimeSpan Awaited = TimeSpan.FromDays(2);

    /// <summary>Bytes at the beginning by which a file is told from another.</summary>
    private const int Signature = 12;

    /// <summary>Announces a video. Refused: sign-in-required, not-found for anyone but the crew, not-a-stage, event-over, invalid-input, unsupported-recording, recording-too-large, too-many-uploads, storage-failed.</summary>
    public async Task<RecordingUpload> BeginAsync(Viewer viewer, RecordingUploadWish wish, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        var roomId = GraphContext.ParseId(wish.Room, "room");
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.RoomPassOf(viewer, roomId, cancellation) is not { IsCrew: true } pass) throw Refusal.NotFound.AsException();
        if (pass.Room.Kind != RoomKind.Stage) StageRefusals.NotAStage.Throw();
        if (pass.Status is EventStatus.Ended or EventStatus.Cancelled) StageRefusals.EventOver.Throw();
        limits.Require(RateLimit.Upload, person.ToString());
        var contentType = wish.ContentType.Split(';')[0].Trim().ToLowerInvariant();
        if (contentType is "video/quicktime" or "video/x-m4v") contentType = "video/mp4"; // the same boxes; what is in them is looked into
        if (contentType is not ("video/mp4" or "video/webm")) UploadRefusals.Type.Throw();
        if (contentType == "video/webm" && settings.Ffmpeg is null) UploadRefusals.NeedsFfmpeg.Throw();
        if (!double.IsInteger(wish.Bytes) || wish.Bytes < Signature) throw Refusal.Invalid("bytes", "This file is empty. Choose another one.").AsException();
        if (wish.Bytes > settings.LargestTake) UploadRefusals.TooLarge(settings.LargestTake / 1e9).Throw();
        if (await db.Set<RecordingUpload>().CountAsync(u => u.EventId == pass.EventId, cancellation) >= RecordingUpload.MostOfEvent) UploadRefusals.TooMany.Throw();
        var promised = (await db.Set<RecordingUpload>().AsNoTracking().Where(u => u.State != UploadState.Failed).ToListAsync(cancellation)).Sum(StillTakes);
        if (!HasRoomFor((long)wish.Bytes, promised)) UploadRefusals.NoSpace.Throw();
        var title = Input.Line(wish.Title, "title", 160);
        var speaker = string.IsNullOrWhiteSpace(wish.SpeakerName) ? await db.Set<Person>().Where(p => p.Id == person).Select(p => p.Name).SingleAsync(cancellation) : wish.SpeakerName;
        var upload = new RecordingUpload
        {
            EventId = pass.EventId,
            RoomId = roomId,
            PersonId = person,
            Title = title,
            SpeakerName = Input.Line(speaker, "speakerName", 80),
            ContentType = contentType,
            Bytes = (long)wish.Bytes,
            StartedAt = clock.GetUtcNow(),
        };
        db.Add(upload);
        db.AddJob(ForgetUpload.JobKind, upload.Id, upload.StartedAt + Awaited);
        await db.SaveChangesAsync(cancellation);
        return upload;
    }

    /// <summary>How much of it is on disk. When that is all, it is prepared.</summary>
    public async Task<(RecordingUpload Upload, long Offset)> StandAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var upload = await RequireAsync(db, viewer, id, cancellation);
        await PrepareIfWholeAsync(db, upload, cancellation);
        return (upload, OffsetOf(upload));
    }

    /// <summary>
    /// Writes bytes where the file ends and answers where it ends then, once they are on the disk. Of a body that breaks off, what came is kept.
    /// Refused: sign-in-required, not-found, upload-offset, upload-held, upload-complete, recording-too-large, unsupported-recording, storage-failed.
    /// </summary>
    public async Task<long> AppendAsync(Viewer viewer, Guid id, long offset, Stream body, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var upload = await RequireAsync(db, viewer, id, cancellation);
        if (upload.State != UploadState.Arriving) UploadRefusals.Complete.Throw();
        var path = PathOf(upload);
        long end;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0, useAsync: true);
            if (file.Length != offset) UploadRefusals.Offset.Throw();
            file.Position = offset;
            try
            {
                await CopyAsync(body, file, upload.Bytes, cancellation);
            }
            finally
            {
                file.Flush(flushToDisk: true);
                end = file.Length;
            }
            if (offset < Signature && end >= Signature && !await BeginsAsItSaysAsync(file, upload.ContentType, cancellation))
            {
                file.SetLength(0);
                UploadRefusals.Type.Throw();
            }
        }
        catch (IOException error) when (error is not FileNotFoundException && IsHeld(error))
        {
            throw UploadRefusals.Held.AsException();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && !cancellation.IsCancellationRequested)
        {
            throw StageRefusals.StorageFailed.AsException();
        }
        await PrepareIfWholeAsync(db, upload, cancellation);
        return end;
    }

    /// <summary>Gives an upload up, wherever it stands. Refused: sign-in-required, not-found.</summary>
    public async Task RemoveAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var upload = await RequireAsync(db, viewer, id, cancellation);
        db.Remove(upload);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Refusal.NotFound.AsException(); // It has become a recording meanwhile.
        }
        DeleteFiles(id);
    }

    /// <summary>The rest of it never came.</summary>
    internal async Task ForgetAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<RecordingUpload>().SingleOrDefaultAsync(u => u.Id == id && u.State == UploadState.Arriving, cancellation) is not { } upload) return;
        await PrepareIfWholeAsync(db, upload, cancellation);
        if (upload.State != UploadState.Arriving) return;
        db.Remove(upload);
        await db.SaveChangesAsync(cancellation);
        DeleteFiles(id);
    }

    /// <summary>Bytes of it on disk.</summary>
    internal long OffsetOf(RecordingUpload upload) => upload.State == UploadState.Arriving
        ? new FileInfo(PathOf(upload)) is { Exists: true } file ? file.Length : 0
        : upload.Bytes;

    /// <summary>The file as it is sent: that of the first take, as which it will be played.</summary>
    internal string PathOf(RecordingUpload upload) => TakeOf(upload).Recording;

    internal TakeFiles TakeOf(RecordingUpload upload) =>
        new(TakeFiles.FolderOf(settings, upload.Id), 1, upload.ContentType == "video/mp4" ? "mp4" : "webm", IsRemuxed: true);

    internal void DeleteFiles(Guid id)
    {
        var folder = TakeFiles.FolderOf(settings, id);
        try { Directory.Delete(folder, recursive: true); }
        catch (DirectoryNotFoundException) { } // Nothing had come, or somebody else was faster.
    }

    private async Task PrepareIfWholeAsync(Db db, RecordingUpload upload, CancellationToken cancellation)
    {
        if (upload.State != UploadState.Arriving || OffsetOf(upload) < upload.Bytes) return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Whoever asks at the same moment: one job.
        if (await db.Set<RecordingUpload>().Where(u => u.Id == upload.Id && u.State == UploadState.Arriving).ExecuteUpdateAsync(set => set.SetProperty(u => u.State, UploadState.Preparing), cancellation) == 1)
        {
            db.AddJob(TakeInRecording.JobKind, upload.Id, clock.GetUtcNow());
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        await db.Entry(upload).ReloadAsync(cancellation);
    }

    private static async Task CopyAsync(Stream body, FileStream file, long most, CancellationToken cancellation)
    {
        var buffer = new byte[128 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (file.Length + read > most) throw new RefusalException(UploadRefusals.Offset);
            await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
        }
    }

    private static async Task<bool> BeginsAsItSaysAsync(FileStream file, string contentType, CancellationToken cancellation)
    {
        var start = new byte[Signature];
        file.Position = 0;
        await file.ReadExactlyAsync(start, cancellation);
        return contentType == "video/mp4" ? start.AsSpan(4, 4).SequenceEqual("ftyp"u8) : start.AsSpan(0, 4).SequenceEqual((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]);
    }

    /// <summary>EWOULDBLOCK of flock, or ERROR_SHARING_VIOLATION.</summary>
    private static bool IsHeld(IOException error) => (error.HResult & 0xffff) is 11 or 32 or 35;

    /// <summary>Bytes that an upload was promised and has not used yet: of the file what has not come, and as much as the whole of it for what is made of it.</summary>
    private long StillTakes(RecordingUpload upload) => 2 * upload.Bytes - OffsetOf(upload);

    /// <summary>For the file and for what is made of it, beside what those on their way still take.</summary>
    private bool HasRoomFor(long bytes, long promised)
    {
        Directory.CreateDirectory(settings.Folder);
        return new DriveInfo(settings.Folder).AvailableFreeSpace - promised > 2 * bytes;
    }

    private static async Task<RecordingUpload> RequireAsync(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var upload = await db.Set<RecordingUpload>().SingleOrDefaultAsync(u => u.Id == id, cancellation);
        return upload is not null && await db.RoomPassOf(viewer, upload.RoomId, cancellation) is { IsCrew: true } ? upload : throw Refusal.NotFound.AsException();
    }
}

/// <summary>Throws away what has not arrived in time.</summary>
internal sealed class ForgetUpload(RecordingUploads uploads) : IJobHandler
{
    public const string JobKind = "forget-upload";

    public string Kind => JobKind;

    public Task Handle(string payload, CancellationToken cancellation) => uploads.ForgetAsync(JsonSerializer.Deserialize<Guid>(payload), cancellation);
}
