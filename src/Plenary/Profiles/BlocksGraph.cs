using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;

namespace Plenary.Profiles;

/// <summary>Somebody the viewer blocks.</summary>
public sealed record BlockedPerson(Guid Person, string Name, DateTimeOffset Since);

/// <summary>Keeping apart and reporting.</summary>
internal sealed class BlocksGraph : IGraphPart
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;

    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<BlockedPersonType>>>>("myBlocks")
            .Description("Whom the viewer blocks, newest first; in a session of one event only those blocked there.").ResolveAsync(async context =>
            {
                var viewer = context.Viewer();
                var me = viewer.RequirePerson();
                await using var db = await context.OpenDb();
                return await (from b in db.Set<Block>()
                              where b.ById == me && (viewer.EventId == null || b.EventId == viewer.EventId)
                              join p in db.Users on b.WhomId equals p.Id
                              orderby b.At descending, b.WhomId
                              select new BlockedPerson(p.Id, p.Name, b.At)).ToListAsync(context.CancellationToken);
            });
        graph.Query.Field<NonNullGraphType<ReportConnectionType>>("reports").Description("For moderators, producers and organizers of the event, newest first: what reporters sent, and nothing else.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<EnumerationGraphType<ReportState>>("state").Argument<IntGraphType>("first").Argument<StringGraphType>("after")
            .ResolveAsync(async context => await Page(context));
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("blockPerson")
            .Description("The two are kept apart from now on, at all events, until the viewer takes it back. The other is never told.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<IdGraphType>>("person").ResolveAsync(async context =>
            {
                ProfilesGraph.LimitPerson(context, RateLimit.Profile);
                await using var db = await context.OpenDb();
                await context.Service<Blocking>().Block(db, context.Viewer(), context.Id("event"), context.Id("person"), context.CancellationToken);
                return true;
            });
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("unblockPerson").Description("Takes back the viewer's own block; in a session of one event only one made there.")
            .Argument<NonNullGraphType<IdGraphType>>("person").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                await Blocking.Unblock(db, context.Viewer(), context.Id("person"), context.CancellationToken);
                return true;
            });
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("reportPerson").Description("Tells the moderators of the event. They see what is sent along here and nothing else; the person is not told.")
            .Argument<NonNullGraphType<ReportPersonInput>>("input").ResolveAsync(async context =>
            {
                ProfilesGraph.LimitPerson(context, RateLimit.Report);
                var wish = context.GetArgument<ReportWish>("input");
                await using var db = await context.OpenDb();
                await context.Service<Reports>().AddReport(
                    db, context.Viewer(), GraphContext.ParseId(wish.Event, "event"), GraphContext.ParseId(wish.Person, "person"), wish.Note ?? "",
                    new(wish.Kind, wish.Id is null ? null : GraphContext.ParseId(wish.Id, "id"), wish.Excerpt), context.CancellationToken);
                await db.SaveChangesAsync(context.CancellationToken);
                return true;
            });
    }

    private static async Task<ReportConnection> Page(IResolveFieldContext context)
    {
        var first = context.GetArgument("first", UsualPage);
        if (first is < 1 or > LargestPage) throw Refusal.Invalid("first", $"“first” must be a number from 1 to {LargestPage}.").AsException();
        Guid? after = context.GetArgument<string?>("after") is { } cursor ? GraphContext.ParseId(cursor, "after") : null;
        await using var db = await context.OpenDb();
        var reports = await Reports.For(db, context.Viewer(), context.Id("event"), context.CancellationToken);
        if (context.GetArgument<ReportState?>("state") is { } state) reports = reports.Where(r => r.State == state);
        if (after is { } last) reports = reports.Where(r => r.Id < last);
        var items = await reports.AsNoTracking().Take(first + 1).ToListAsync(context.CancellationToken);
        var more = items.Count > first;
        if (more) items.RemoveAt(first);
        return new(items, more ? items[^1].Id.ToString() : null);
    }
}

/// <summary>A page of reports.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">What to ask for the page after it; null when this is the last.</param>
public sealed record ReportConnection(IReadOnlyList<Report> Items, string? Next);

/// <summary>A report as it is sent.</summary>
public sealed record ReportWish(string Event, string Person, string? Note, string Kind, string? Id, string? Excerpt);

public sealed class BlockedPersonType : ObjectGraphType<BlockedPerson>
{
    public BlockedPersonType()
    {
        Name = "BlockedPerson";
        Field("person", b => b.Person, type: typeof(NonNullGraphType<IdGraphType>));
        Field(b => b.Name);
        Field(b => b.Since);
    }
}

public sealed class ReportType : ObjectGraphType<Report>
{
    public ReportType()
    {
        Name = "Report";
        Field("id", r => r.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field<NonNullGraphType<IdGraphType>>("about").Resolve(context => context.Source.AboutId);
        Field<NonNullGraphType<StringGraphType>>("aboutName").Resolve(context => NameOf(context, context.Source.AboutId));
        Field<NonNullGraphType<IdGraphType>>("reporter").Resolve(context => context.Source.ReporterId);
        Field<NonNullGraphType<StringGraphType>>("reporterName").Resolve(context => NameOf(context, context.Source.ReporterId));
        Field(r => r.Note);
        Field("kind", r => r.ContextKind).Description(string.Join(", ", Reports.Kinds));
        Field<IdGraphType>("contextId").Resolve(context => context.Source.ContextId);
        Field(r => r.Excerpt, nullable: true).Description("JSON as the reporter's browser sent it.");
        Field<NonNullGraphType<EnumerationGraphType<ReportState>>>("state").Resolve(context => context.Source.State);
        Field(r => r.At);
    }

    private static object NameOf(IResolveFieldContext context, Guid person) =>
        context.Batch<Guid, Person>("personById", (db, ids) => db.Users.Where(p => ids.Contains(p.Id)), p => p.Id).One(person).Then(p => p?.Name ?? "");
}

public sealed class ReportConnectionType : ObjectGraphType<ReportConnection>
{
    public ReportConnectionType()
    {
        Name = "ReportConnection";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ReportType>>>>("items").Resolve(context => context.Source.Items);
        Field(c => c.Next, nullable: true).Description("The cursor of the page after this one; null when it is the last.");
    }
}

public sealed class ReportPersonInput : InputObjectGraphType<ReportWish>
{
    public ReportPersonInput()
    {
        Name = "ReportPersonInput";
        Field<NonNullGraphType<IdGraphType>>("event");
        Field<NonNullGraphType<IdGraphType>>("person");
        Field<StringGraphType>("note").Description($"What happened, in the reporter's words; at most {Report.LongestNote} characters.");
        Field<NonNullGraphType<StringGraphType>>("kind").Description($"Where it happened: {string.Join(", ", Reports.Kinds)}.");
        Field<IdGraphType>("id").Description("Of the message, meeting, table …");
        Field<StringGraphType>("excerpt").Description($"JSON of what the reporter chooses to show, such as messages; at most {Reports.LongestExcerpt} characters.");
    }
}
