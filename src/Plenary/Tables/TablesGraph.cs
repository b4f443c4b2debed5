using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;
using Plenary.Platform.Graph;

namespace Plenary.Tables;

/// <summary>Floors in the graph: everything that changes one answers the floor as it is then.</summary>
internal sealed class TablesGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<FloorType>>("floor").Description("The tables of a networking room the viewer may enter, and who sits there; refused as not-found otherwise.")
            .Argument<NonNullGraphType<IdGraphType>>("room")
            .ResolveAsync(async context => await context.Service<Floors>().Of(context.Viewer(), context.Id("room"), context.CancellationToken));
        var mutation = graph.Mutation;
        AtTable(mutation, "takeSeat", "Sits down. Coming from another seat on this floor, that one becomes free.", field => field.Argument<NonNullGraphType<IntGraphType>>("seat"),
            (context, table) => context.Service<Floors>().Sit(context.Viewer(), table, context.GetArgument<int>("seat"), context.CancellationToken));
        Field(mutation, "standUp", "Stands up; or has somebody else stand up, which hosts and staff may.", field => field.Argument<NonNullGraphType<IdGraphType>>("room").Argument<IdGraphType>("person"),
            context => context.Service<Floors>().Stand(context.Viewer(), context.Id("room"), context.OptionalId("person"), context.CancellationToken));
        Field(mutation, "startTable", "Starts a table with the viewer as its host. It is gone when nobody sits there any more.",
            field => field.Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<StringGraphType>>("topic").Argument<IntGraphType>("seats", "6 when it is not said."),
            context => context.Service<Floors>().Start(context.Viewer(), context.Id("room"), context.GetArgument<string>("topic"), context.GetArgument<int?>("seats") ?? 6, context.CancellationToken));
        AtTable(mutation, "lockTable", "Locks a table, so that people knock, or opens it. Its host; whoever sits there when it has none; staff.", field => field.Argument<NonNullGraphType<BooleanGraphType>>("locked"),
            (context, table) => context.Service<Floors>().Lock(context.Viewer(), table, context.GetArgument<bool>("locked"), context.CancellationToken));
        AtTable(mutation, "knockAtTable", "Asks to be let in at a locked table, or does not any more.", field => field.Argument<BooleanGraphType>("knocks"),
            (context, table) => context.Service<Floors>().Knock(context.Viewer(), table, context.GetArgument<bool?>("knocks") ?? true, context.CancellationToken));
        AtTable(mutation, "answerKnock", "Lets somebody in who knocks, or does not. Whoever sits there.", field => field.Argument<NonNullGraphType<IdGraphType>>("person").Argument<NonNullGraphType<BooleanGraphType>>("letIn"),
            (context, table) => context.Service<Floors>().Answer(context.Viewer(), table, context.Id("person"), context.GetArgument<bool>("letIn"), context.CancellationToken));
        AtTable(mutation, "bookTable", "Puts the viewer on the list of a roundtable, or takes them off it.", field => field.Argument<NonNullGraphType<BooleanGraphType>>("comes"),
            (context, table) => context.Service<Floors>().Book(context.Viewer(), table, context.GetArgument<bool>("comes"), context.CancellationToken));
        Field(mutation, "saveTable", "Adds or changes a table. Staff only.", field => field.Argument<NonNullGraphType<SaveTableInput>>("input"),
            context => context.Service<Floors>().Save(context.Viewer(), context.GetArgument<TableWish>("input"), context.CancellationToken));
        AtTable(mutation, "removeTable", "Removes a table; who sits there stands up. Staff only.", field => field,
            (context, table) => context.Service<Floors>().Remove(context.Viewer(), table, context.CancellationToken));
        Field(mutation, "shuffleTables", "Mixes those who sit at open tables anew; hosts stay. Staff only.", field => field.Argument<NonNullGraphType<IdGraphType>>("room"),
            context => context.Service<Floors>().Shuffle(context.Viewer(), context.Id("room"), context.CancellationToken));
        AtTable(mutation, "listTable", "Says by e-mail addresses who is on the list of a roundtable. Staff only.", field => field.Argument<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("people"),
            (context, table) => context.Service<Floors>().List(context.Viewer(), table, context.GetArgument<List<string>>("people"), context.CancellationToken));
        mutation.Field<NonNullGraphType<BooleanGraphType>>("sayAtTable").Description("Says a line to those at the viewer's table, told as table-chat. It is not kept.")
            .Argument<NonNullGraphType<IdGraphType>>("table").Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<StringGraphType>>("text")
            .ResolveAsync(async context =>
            {
                await context.Service<Floors>().Say(context.Viewer(), context.Id("table"), context.Id("id"), context.GetArgument<string>("text"), context.CancellationToken);
                return true;
            });
    }

    private static void AtTable(ObjectGraphType mutation, string name, string description, Func<FieldBuilder<object?, object>, FieldBuilder<object?, object>> with, Func<IResolveFieldContext, Guid, Task<FloorNow>> change) =>
        Field(mutation, name, description, field => with(field.Argument<NonNullGraphType<IdGraphType>>("table")), context => change(context, context.Id("table")));

    private static void Field(ObjectGraphType mutation, string name, string description, Func<FieldBuilder<object?, object>, FieldBuilder<object?, object>> with, Func<IResolveFieldContext, Task<FloorNow>> change) =>
        with(mutation.Field<NonNullGraphType<FloorType>>(name).Description(description)).ResolveAsync(async context => await change(context));
}

/// <summary>A floor in the graph, named as rooms are told it. Times are Unix milliseconds.</summary>
public sealed class FloorType : ObjectGraphType<FloorNow>
{
    public FloorType()
    {
        Name = "Floor";
        Field("room", f => f.Room, type: typeof(NonNullGraphType<IdGraphType>));
        Field(f => f.Version).Description("Of two of a room the higher is true.");
        Field("tables", f => f.Tables, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<TableType>>>)).Description("By their numbers.");
    }
}

/// <summary>A table in the graph.</summary>
public sealed class TableType : ObjectGraphType<TableNow>
{
    public TableType()
    {
        Name = "Table";
        Field("id", t => t.Id, type: typeof(NonNullGraphType<IdGraphType>)).Description("Of its call, too.");
        Field(t => t.Number);
        Field(t => t.Topic).Description("May be empty.");
        Field(t => t.Seats).Description("How many may sit here.");
        Field("host", t => t.Host, type: typeof(FloorPersonType)).Description("For whom seat 1 is kept.");
        Field(t => t.Locked).Description("Whoever wants to sit down knocks.");
        Field(t => t.Passing).Description("It is gone when nobody sits there any more.");
        Field("startsAt", t => (double?)t.StartsAt, nullable: true).Description("When its roundtable begins, in Unix milliseconds.");
        Field("endsAt", t => (double?)t.EndsAt, nullable: true);
        Field(t => t.Kept).Description("So many free seats are kept just now for people on the list.");
        Field("list", t => t.List, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<FloorPersonType>>>)).Description("Who is on the list of its roundtable.");
        Field("sitters", t => t.Sitters, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<SitterType>>>));
        Field("knocks", t => t.Knocks, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<FloorPersonType>>>)).Description("Who waits to be let in.");
    }
}

/// <summary>Somebody on a floor, in the graph.</summary>
public sealed class FloorPersonType : ObjectGraphType<FloorPerson>
{
    public FloorPersonType()
    {
        Name = "FloorPerson";
        Field("person", p => p.Person, type: typeof(NonNullGraphType<IdGraphType>));
        Field(p => p.Name);
        Field(p => p.Picture, nullable: true).Description("A path of this site.");
    }
}

/// <summary>Somebody on a seat, in the graph.</summary>
public sealed class SitterType : ObjectGraphType<SitterNow>
{
    public SitterType()
    {
        Name = "Sitter";
        Field(s => s.Seat);
        Field("person", s => s.Person, type: typeof(NonNullGraphType<IdGraphType>));
        Field(s => s.Name);
        Field(s => s.Picture, nullable: true).Description("A path of this site.");
    }
}

/// <summary>The input of <c>saveTable</c>.</summary>
public sealed class SaveTableInput : InputObjectGraphType<TableWish>
{
    public SaveTableInput()
    {
        Name = "SaveTableInput";
        Field(t => t.Id, type: typeof(IdGraphType));
        Field(t => t.Room, type: typeof(NonNullGraphType<IdGraphType>));
        Field(t => t.Topic).Description("May be empty.");
        Field(t => t.Seats).Description("2 to 8.");
        Field(t => t.Host, nullable: true).Description("A person of the event: id or e-mail address.");
        Field(t => t.StartsAt, nullable: true).Description("Makes it a roundtable.");
        Field(t => t.EndsAt, nullable: true);
    }
}
