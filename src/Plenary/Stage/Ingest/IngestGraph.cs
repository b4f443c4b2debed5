using GraphQL;
using GraphQL.Types;
using Plenary.Platform;
using Plenary.Platform.Graph;
using Plenary.Stage.External;

namespace Plenary.Stage.Ingest;

/// <summary>What encoders and streams from elsewhere add to the graph.</summary>
internal sealed class IngestGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<IngestType>>("ingest").Description("How encoders such as OBS send to a stage; for the event's crew.")
            .Argument<NonNullGraphType<IdGraphType>>("room")
            .ResolveAsync(async context => new IngestOf(context.Service<MediaSettings>().RtmpAddress(context.Service<PublicUrl>()),
                await context.Service<StreamKeys>().OfAsync(context.Viewer(), context.Id("room"), context.CancellationToken)));
        graph.Query.Field<ExternalSourceType>("external").Description("What a broadcast plays from elsewhere; null when it does not, or not for the viewer.")
            .Argument<NonNullGraphType<IdGraphType>>("broadcast")
            .ResolveAsync(async context => await context.Service<ExternalStages>().FindAsync(context.Viewer(), context.Id("broadcast"), context.CancellationToken));
        graph.Mutation.Field<NonNullGraphType<BroadcastType>>("showExternal").Description("Shows a stream from elsewhere on a stage: YouTube, Vimeo, or a playlist of HLS. endBroadcast ends it.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<StringGraphType>>("url")
            .ResolveAsync(async context => await context.Service<ExternalStages>().ShowAsync(context.Viewer(), context.Id("room"), context.GetArgument<string>("url"), context.CancellationToken));
        graph.Mutation.Field<NonNullGraphType<StreamKeyMadeType>>("createStreamKey").Description("Makes a stream key of a stage; its secret is told this once.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<StringGraphType>>("name")
            .ResolveAsync(async context => await context.Service<StreamKeys>().CreateAsync(context.Viewer(), context.Id("room"), context.GetArgument<string>("name"), context.CancellationToken));
        graph.Mutation.Field<NonNullGraphType<StreamKeyMadeType>>("rotateStreamKey").Description("Gives a stream key a new secret; whoever sends with the old one is cut off.")
            .Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context => await context.Service<StreamKeys>().RotateAsync(context.Viewer(), context.Id("id"), context.CancellationToken));
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("revokeStreamKey").Description("Takes a stream key away; whoever sends with it is cut off.")
            .Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context =>
            {
                await context.Service<StreamKeys>().RevokeAsync(context.Viewer(), context.Id("id"), context.CancellationToken);
                return true;
            });
    }
}

/// <summary>How encoders send to one stage.</summary>
/// <param name="RtmpUrl">The server to be typed into an encoder; null when this installation takes no RTMP.</param>
/// <param name="Keys">Without their secrets.</param>
public sealed record IngestOf(string? RtmpUrl, IReadOnlyList<StreamKey> Keys);

/// <summary>How encoders send to a stage, in the graph.</summary>
public sealed class IngestType : ObjectGraphType<IngestOf>
{
    public IngestType()
    {
        Name = "Ingest";
        Field(i => i.RtmpUrl, nullable: true).Description("The server to be typed into an encoder; null when this installation takes no RTMP.");
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StreamKeyType>>>>("keys").Resolve(context => context.Source.Keys);
    }
}

/// <summary>A stream key in the graph; its secret is never there.</summary>
public sealed class StreamKeyType : ObjectGraphType<StreamKey>
{
    public StreamKeyType()
    {
        Name = "StreamKey";
        Field("id", k => k.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(k => k.Name).Description("The audience sees it as who is on stage.");
        Field(k => k.RotatedAt).Description("When its secret was made.");
        Field(k => k.LastUsedAt, nullable: true);
    }
}

/// <summary>A key that was just made, in the graph.</summary>
public sealed class StreamKeyMadeType : ObjectGraphType<StreamKeys.Made>
{
    public StreamKeyMadeType()
    {
        Name = "StreamKeyMade";
        Field<NonNullGraphType<StreamKeyType>>("key").Resolve(context => context.Source.Key);
        Field(m => m.Secret).Description("To be typed into the encoder as its stream key; not told again.");
    }
}

/// <summary>A stream from elsewhere in the graph.</summary>
public sealed class ExternalSourceType : ObjectGraphType<ExternalSource>
{
    public ExternalSourceType()
    {
        Name = "ExternalSource";
        Field<NonNullGraphType<EnumerationGraphType<ExternalKind>>>("kind").Resolve(context => context.Source.Kind);
        Field(s => s.Url).Description("Of a playlist for HLS, else of a page to be framed.");
    }
}
