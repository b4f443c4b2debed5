using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;
using Plenary.Stage;

namespace Plenary.Demo;

/// <summary>Gives the demo's first talk its replay: a short recording that comes with the program, taken in as a host's recording would be.</summary>
internal sealed class DemoReplay(IDbContextFactory<Db> dbs, MediaSettings media, Replays replays)
{
    private const double Seconds = 45;

    /// <summary>Messages of that talk and the second each was written at.</summary>
    public static readonly IReadOnlyList<(double At, string Name, string Text)> Said =
    [
        (4, "Hana Novak", "Hello Lagos."),
        (12, "Owen Gallagher", "Forty-one thousand, in one room?"),
        (21, "Rafael Moreira", "Fourteen times the forecast and the database was still fine."),
        (30, "Sofia Herrera", "A queue that shows your place. Yes."),
        (39, "Yuki Tanabe", "Thank you, Amara."),
    ];

    public async Task MakeAsync(Session session, Room room, Person speaker, CancellationToken cancellation)
    {
        var broadcast = new Broadcast
        {
            EventId = session.EventId,
            RoomId = room.Id,
            PersonId = speaker.Id,
            SpeakerName = speaker.Name,
            Title = session.Title,
            State = BroadcastState.Ended,
            StartedAt = session.StartsAt,
            LiveAt = session.StartsAt,
            EndedAt = session.StartsAt.AddSeconds(Seconds),
            ReplayKey = MediaKey.New(),
        };
        var take = new BroadcastTake { Id = Guid.CreateVersion7(), BroadcastId = broadcast.Id, Number = 1, Container = "video/mp4;codecs=avc1.640028,mp4a.40.2", Epoch = MediaKey.New(), StartedAt = session.StartsAt };
        var files = TakeFiles.Of(media, take);
        Directory.CreateDirectory(files.Folder);
        await using (var recording = typeof(DemoReplay).Assembly.GetManifestResourceStream("demo-replay.mp4")!)
        await using (var file = File.Create(files.Recording))
            await recording.CopyToAsync(file, cancellation);
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
        {
            db.AddRange(broadcast, take);
            await db.SaveChangesAsync(cancellation);
        }
        await replays.MakeAsync(broadcast.Id, cancellation);
    }
}
