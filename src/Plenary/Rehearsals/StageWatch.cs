using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Rehearsals;

/// <summary>
/// When a stage of the event itself is live, some of the simulated people fetch its picture as players do: the playlist and each new piece of it. They only read, and are not counted as
/// its audience.
/// </summary>
internal sealed class StageWatch(IDbContextFactory<Db> dbs, Uri site, HttpMessageInvoker http, CrowdTally tally)
{
    /// <summary>Whole pieces of two seconds: whoever fetches more often fetches nothing.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>Pictures are large; so many players tell what all would see.</summary>
    private const int MostPlayers = 40;

    public async Task Run(IReadOnlyList<Guid> stages, int people, CancellationToken ending)
    {
        var playlists = new List<string>();
        await using (var db = await dbs.CreateDbContextAsync(CancellationToken.None))
            foreach (var stage in stages)
            {
                var latest = await db.Set<RoomEntry>().Where(e => e.RoomId == stage && e.Kind == EntryKind.Stage).OrderByDescending(e => e.Seq).Select(e => e.Stage).FirstOrDefaultAsync(CancellationToken.None);
                if (latest is not null && JsonSerializer.Deserialize<StageNow>(latest, JsonSerializerOptions.Web) is { State: StageState.Live, Playlist: { } playlist }) playlists.Add(playlist);
            }
        if (playlists.Count > 0) await Task.WhenAll(Enumerable.Range(0, Math.Min(people, MostPlayers)).Select(i => Watch(new Uri(site, playlists[i % playlists.Count] + "?plain"), i, ending)));
    }

    private async Task Watch(Uri playlist, int player, CancellationToken ending)
    {
        var seen = new HashSet<string>();
        await Task.Delay(Every * (player / (double)MostPlayers), ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!ending.IsCancellationRequested)
        {
            if (await Fetch(playlist, false, ending) is { } text)
                // Of what is there already only the latest, as a player that begins does.
                foreach (var piece in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').TakeLast(seen.Count == 0 ? 1 : 3))
                    if (seen.Add(piece)) await Fetch(new Uri(playlist, piece), true, ending);
            await Task.Delay(Every, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string?> Fetch(Uri address, bool piece, CancellationToken ending)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = await http.SendAsync(request, ending);
            var bytes = await answer.Content.ReadAsByteArrayAsync(ending);
            if (!answer.IsSuccessStatusCode) tally.SegmentFailed();
            else if (piece) tally.Segment(since);
            return answer.IsSuccessStatusCode && !piece ? System.Text.Encoding.UTF8.GetString(bytes) : null;
        }
        catch (HttpRequestException)
        {
            tally.SegmentFailed();
        }
        catch (OperationCanceledException) { }
        return null;
    }
}
