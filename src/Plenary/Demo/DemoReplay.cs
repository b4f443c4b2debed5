using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Stage.Captions;

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

    /// <summary>What is said in the recording, and until when, in seconds; first in English, then in German.</summary>
    private static readonly IReadOnlyList<(double At, double Until, string English, string German)> Spoken =
    [
        (1, 5, "Hello, Lagos. Hello, everybody else.", "Hallo, Lagos. Hallo, ihr anderen."),
        (6, 11, "Last Friday, at one o'clock, fourteen times the forecast arrived.", "Letzten Freitag um eins kam das Vierzehnfache der Prognose."),
        (12, 17, "It took ninety seconds, and nobody had touched a thing.", "Es dauerte neunzig Sekunden, und niemand hatte etwas angefasst."),
        (18, 24, "The database was fine. It was the session store.", "Der Datenbank ging es gut. Es war der Sitzungsspeicher."),
        (25, 31, "So we stopped counting servers and started counting people at the door.", "Also zählten wir keine Server mehr, sondern Menschen an der Tür."),
        (32, 38, "A queue that shows your place beats an error page every time.", "Eine Schlange, die deinen Platz zeigt, schlägt jede Fehlerseite."),
        (39, 44, "Thank you.", "Danke."),
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
            foreach (var said in Spoken) db.AddRange(Line(broadcast, said.At, said.Until, "en", said.English), Line(broadcast, said.At, said.Until, "de", said.German));
            await db.SaveChangesAsync(cancellation);
        }
        await replays.MakeAsync(broadcast.Id, cancellation);
    }

    private static CaptionLine Line(Broadcast broadcast, double at, double until, string language, string text) => new()
    {
        Id = Guid.CreateVersion7(),
        BroadcastId = broadcast.Id,
        Language = language,
        At = broadcast.StartedAt.AddSeconds(at),
        Until = broadcast.StartedAt.AddSeconds(until),
        Text = text,
        Speaker = broadcast.SpeakerName,
        Source = CaptionSource.Typed,
    };
}
