using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Stage.External;

/// <summary>Stages that show what somebody else streams: the crew says an address, the audience sees it until the broadcast is ended.</summary>
public sealed class ExternalStages(IDbContextFactory<Db> dbs, Broadcasting broadcasting, MediaSettings settings) : IDisposable
{
    private const int Looked = 1024;
    private readonly PublicHttp http = new(settings.ExternalHosts);

    /// <summary>
    /// Shows a stream on a stage. Refused: sign-in-required, not-found for whoever is not of the crew, not-a-stage, event-over, stage-busy,
    /// external-unsupported, external-unreachable.
    /// </summary>
    public async Task<Broadcast> ShowAsync(Viewer viewer, Guid room, string address, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
            if (await db.RoomPassOf(viewer, room, cancellation) is not { IsCrew: true }) throw Refusal.NotFound.AsException();
        var source = ExternalSource.Read(address, settings.ExternalHosts);
        if (source.Kind == ExternalKind.Hls) await LookAsync(new Uri(source.Url), cancellation);
        return await broadcasting.GoLiveAsync(viewer, room, source, cancellation);
    }

    /// <summary>What a broadcast plays from elsewhere, for who may watch it; null when there is nothing, or nothing for this viewer.</summary>
    public async Task<ExternalSource?> FindAsync(Viewer viewer, Guid broadcast, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var found = await db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == broadcast && b.State != BroadcastState.Ended && b.External != null, cancellation);
        return found is not null && await db.RoomPassOf(viewer, found.RoomId, cancellation) is { } pass && pass.MayWatch() ? ExternalSource.Stored(found.External!) : null;
    }

    public void Dispose() => http.Dispose();

    /// <summary>A mistyped address shall be told to who typed it, not to the audience.</summary>
    private async Task LookAsync(Uri playlist, CancellationToken cancellation)
    {
        try
        {
            var text = Encoding.UTF8.GetString(await http.BeginningAsync(playlist, Looked, cancellation)).TrimStart('\uFEFF');
            if (!text.StartsWith("#EXTM3U", StringComparison.Ordinal)) StageRefusals.External.Throw();
        }
        catch (HttpRequestException)
        {
            // Why, is not told: it would say what is in our network.
            throw StageRefusals.ExternalUnreachable.AsException();
        }
    }
}
