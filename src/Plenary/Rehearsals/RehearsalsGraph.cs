using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;

namespace Plenary.Rehearsals;

/// <summary>Rehearsals in the graph, for organizers.</summary>
internal sealed class RehearsalsGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<RehearsalsType>>("rehearsals").Description("Rehearsals of an event, the latest first. Organizers only. Refused: sign-in-required, not-found, forbidden.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<IntGraphType>("first", "So many of them; 20 when it is not said, 50 at most.")
            .ResolveAsync(async context =>
            {
                var rehearsing = context.Service<Rehearsing>();
                return new RehearsalsOfEvent(rehearsing.Most, await rehearsing.Of(context.Viewer(), context.Id("event"), context.GetArgument("first", 20), context.CancellationToken));
            });
        graph.Mutation.Field<NonNullGraphType<RehearsalType>>("startRehearsal")
            .Description("Lets so many simulated people come to a copy of the event. Organizers only; one at a time over the installation. Refused: rehearsals-off, rehearsal-running, too-many-attendees, installation-busy, event-over, no-rooms, invalid-input.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<IntGraphType>>("attendees").Argument<NonNullGraphType<IntGraphType>>("seconds")
            .ResolveAsync(async context => await context.Service<Rehearsing>().Start(context.Viewer(), context.Id("event"), context.GetArgument<int>("attendees"), context.GetArgument<int>("seconds"), context.CancellationToken));
        graph.Mutation.Field<NonNullGraphType<RehearsalType>>("stopRehearsal").Description("Ends a rehearsal within seconds; its report tells what was seen so far. Organizers only.")
            .Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context => await context.Service<Rehearsing>().Stop(context.Viewer(), context.Id("id"), context.CancellationToken));
    }
}

/// <summary>The rehearsals of an event.</summary>
public sealed record RehearsalsOfEvent(int Most, IReadOnlyList<Rehearsal> All);

public sealed class RehearsalsType : ObjectGraphType<RehearsalsOfEvent>
{
    public RehearsalsType()
    {
        Name = "Rehearsals";
        Field(r => r.Most).Description("People that can be simulated now; 0 when rehearsals are switched off.");
        Field("all", r => r.All, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<RehearsalType>>>));
    }
}

public sealed class RehearsalType : ObjectGraphType<Rehearsal>
{
    public RehearsalType()
    {
        Name = "Rehearsal";
        Field("id", r => r.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("state", r => r.State, type: typeof(NonNullGraphType<EnumerationGraphType<RehearsalState>>));
        Field(r => r.Attendees);
        Field(r => r.Seconds);
        Field(r => r.StoppedBecause).Description("organizer, busy or delivery (for the sake of real people), ended (the process did); empty when it went to its end.");
        Field("startedAt", r => r.StartedAt, type: typeof(NonNullGraphType<DateTimeOffsetGraphType>));
        Field("endedAt", r => r.EndedAt, type: typeof(DateTimeOffsetGraphType));
        Field<NonNullGraphType<StringGraphType>>("startedBy").Description("Name of who started it.")
            .Resolve(context => context.Batch<Guid, Person>("peopleOfRehearsals", (db, ids) => db.Users.Where(p => ids.Contains(p.Id)), p => p.Id).One(context.Source.StartedById).Then(p => p?.Name ?? ""));
        Field("samples", r => Read<RehearsalSample[]>(r.Samples), type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<RehearsalSampleType>>>)).Description("How it went, second by second.");
        Field("report", r => r.Report == null ? null : Read<RehearsalReport>(r.Report), type: typeof(RehearsalReportType)).Description("Once it is over.");
    }

    private static T? Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web);
}

public sealed class RehearsalSampleType : ObjectGraphType<RehearsalSample>
{
    public RehearsalSampleType()
    {
        Name = "RehearsalSample";
        Field(s => s.Second);
        Field(s => s.Asked).Description("Simulated people who have come to the door so far.");
        Field(s => s.In).Description("Of them, those who are in.");
        Field(s => s.Connected).Description("Live connections to the process, real people too.");
        Field("p50", s => s.P50, nullable: true).Description("Milliseconds from writing to arriving, half of the deliveries of this second.");
        Field("p99", s => s.P99, nullable: true);
        Field("refused", s => (int)s.Refused);
        Field(s => s.Cpu).Description("Of the process, 0 to 1.");
        Field(s => s.Megabytes);
    }
}

public sealed class RehearsalReportType : ObjectGraphType<RehearsalReport>
{
    public RehearsalReportType()
    {
        Name = "RehearsalReport";
        Verdicts.Add(this, r => r.Verdict);
        Field("joins", r => r.Joins, type: typeof(NonNullGraphType<JoinsFoundType>));
        Field("delivery", r => r.Delivery, type: typeof(NonNullGraphType<DeliveryFoundType>));
        Field("stage", r => r.Stage, type: typeof(NonNullGraphType<StageFoundType>));
        Field("capacity", r => r.Capacity, type: typeof(NonNullGraphType<CapacityFoundType>));
        Field(r => r.PeakCpu);
        Field(r => r.PeakMegabytes);
        Field(r => r.RealPeople).Description("Live connections of real people meanwhile, at most.");
    }
}

internal static class Verdicts
{
    public static void Add<T>(ObjectGraphType<T> type, System.Linq.Expressions.Expression<Func<T, Verdict>> verdict) =>
        type.Field("verdict", verdict, type: typeof(NonNullGraphType<EnumerationGraphType<Verdict>>)).Description("UNKNOWN where nothing was to be seen.");
}

public sealed class JoinsFoundType : ObjectGraphType<JoinsFound>
{
    public JoinsFoundType()
    {
        Name = "JoinsFound";
        Verdicts.Add(this, j => j.Verdict);
        Field(j => j.Asked);
        Field(j => j.In);
        Field(j => j.Queued).Description("Who were shown a line.");
        Field("refused", j => (int)j.Refused);
        Field("p50", j => j.P50, nullable: true);
        Field("p99", j => j.P99, nullable: true);
    }
}

public sealed class DeliveryFoundType : ObjectGraphType<DeliveryFound>
{
    public DeliveryFoundType()
    {
        Name = "DeliveryFound";
        Verdicts.Add(this, d => d.Verdict);
        Field("posted", d => (double)d.Posted);
        Field("votes", d => (double)d.Votes);
        Field("delivered", d => (double)d.Delivered);
        Field("p50", d => d.P50, nullable: true);
        Field("p99", d => d.P99, nullable: true);
        Field("lost", d => (double)d.Lost);
        Field("doubled", d => (double)d.Doubled);
    }
}

public sealed class StageFoundType : ObjectGraphType<StageFound>
{
    public StageFoundType()
    {
        Name = "StageFound";
        Verdicts.Add(this, s => s.Verdict);
        Field("segments", s => (double)s.Segments);
        Field("failed", s => (double)s.Failed);
        Field("p99", s => s.P99, nullable: true);
    }
}

public sealed class CapacityFoundType : ObjectGraphType<CapacityFound>
{
    public CapacityFoundType()
    {
        Name = "CapacityFound";
        Verdicts.Add(this, c => c.Verdict);
        Field(c => c.People).Description("That this installation is reckoned to hold.");
        Field(c => c.LimitedBy).Description("processor, memory, connections; tried: more is not guessed from so few.");
        Field(c => c.Expected);
    }
}
