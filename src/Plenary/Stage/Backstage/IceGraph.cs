using GraphQL.Types;
using Plenary.Calls;
using Plenary.Platform.Graph;

namespace Plenary.Stage.Backstage;

/// <summary>The servers by which a browser finds a way out of its network, for the check before somebody goes backstage.</summary>
internal sealed class IceGraph : IGraphPart
{
    public void Add(GraphBuilder graph) =>
        graph.Type<StageType>().Field<ListGraphType<NonNullGraphType<IceServerType>>>("iceServers")
            .Description("STUN and TURN servers, to look for a way before a call is entered; only for those who may be backstage.")
            .ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                return await db.BackstagePassOf(context.Viewer(), context.Source.Room, context.CancellationToken) is { } who ? context.Service<IceServers>().For(who.Pass.Person) : null;
            });
}

/// <summary>A server in the graph, as <c>RTCIceServer</c> of W3C WebRTC; its credential is the viewer's own and ends by itself.</summary>
public sealed class IceServerType : ObjectGraphType<IceServer>
{
    public IceServerType()
    {
        Name = "IceServer";
        Field("urls", s => s.Urls, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>));
        Field(s => s.Username, nullable: true);
        Field(s => s.Credential, nullable: true);
    }
}
