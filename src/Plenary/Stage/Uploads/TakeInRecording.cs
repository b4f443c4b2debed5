using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;

namespace Plenary.Stage.Uploads;

/// <summary>Prepares a video whose last byte has come and makes a recording of it, or keeps why that cannot be. Begun anew when the server was killed meanwhile.</summary>
internal sealed class TakeInRecording(IDbContextFactory<Db> dbs, RecordingUploads uploads, RecordingPreparing preparing, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "take-in-recording";

    /// <summary>How soon to look again whether the video before is done.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var id = JsonSerializer.Deserialize<Guid>(payload);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<RecordingUpload>().SingleOrDefaultAsync(u => u.Id == id && u.State == UploadState.Preparing, cancellation) is not { } upload) return;
        try
        {
            if (await preparing.PrepareAsync(upload, uploads.TakeOf(upload), cancellation) is { } seconds) Keep(db, upload, seconds);
            else db.AddJob(JobKind, id, clock.GetUtcNow() + Busy);
        }
        catch (RefusalException refused)
        {
            (upload.State, upload.Problem) = (UploadState.Failed, refused.Refusal.Code);
            uploads.DeleteFiles(id);
        }
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // It was taken away meanwhile; or another process that took this one for dead was as far.
            if (!await db.Set<Broadcast>().AsNoTracking().AnyAsync(b => b.Id == id, cancellation)) uploads.DeleteFiles(id);
        }
    }

    private void Keep(Db db, RecordingUpload upload, double seconds)
    {
        db.Remove(upload);
        db.Add(new Broadcast
        {
            Id = upload.Id,
            EventId = upload.EventId,
            RoomId = upload.RoomId,
            PersonId = upload.PersonId,
            SpeakerName = upload.SpeakerName,
            Title = upload.Title,
            State = BroadcastState.Ended,
            StartedAt = upload.StartedAt,
            EndedAt = clock.GetUtcNow(),
            ReplaySeconds = seconds,
            ReplayKey = MediaKey.New(),
            IsReplayHidden = true, // until it was played, or somebody shows it
            IsBrought = true,
        });
        db.Add(new BroadcastTake { Id = Guid.CreateVersion7(), BroadcastId = upload.Id, Number = 1, Container = upload.ContentType, Epoch = MediaKey.New(), StartedAt = upload.StartedAt, Seconds = seconds });
    }
}
