using System.Globalization;
using GraphQL;
using GraphQL.Types;
using Plenary.Events;
using Plenary.Platform.Graph;

namespace Plenary.Forecast;

/// <summary>How many people an event should expect, and why.</summary>
public sealed record EventForecast(NearEvent Event, Peak Peak, IReadOnlyList<ExpectedWithin> Within)
{
    /// <summary>What was assumed, for a person to judge.</summary>
    public string Assumption
    {
        get
        {
            var rate = (int)Math.Round(Event.Comes.Mean * 100);
            var learned = Event.Comes.Events switch
            {
                0 => "the usual share, as no past event of this organization tells better",
                1 => "learned from one past event of this organization",
                var many => string.Create(CultureInfo.InvariantCulture, $"learned from {many} past events of this organization"),
            };
            return string.Create(CultureInfo.InvariantCulture, $"{rate} of a hundred registered people come ({learned}), all of them at once. ")
                + "Registrations go on at the pace of the last day, for a day at most and while there are places.";
        }
    }
}

/// <summary>People at once, at most, within a time from now.</summary>
public sealed record ExpectedWithin(string Within, int Attendees);

/// <summary>Adds the forecast to events, for their staff.</summary>
internal sealed class ForecastGraph(TimeProvider clock) : IGraphPart
{
    private const string BatchName = "forecastByEvent";

    public void Add(GraphBuilder graph) => graph.Type<EventType>().Field<EventForecastType>("forecast")
        .Description("Staff only: how many people to expect. Null for everybody else, and unless the event is published and not over.")
        .Resolve(context =>
        {
            var pending = Forecasts(context).One(context.Source.Id);
            return context.RolesAt(context.Source.Id).ThenAsync(async (roles, cancellation) => roles.Overlaps(EventAccess.Staff) ? await pending.GetResultAsync(cancellation) : null);
        });

    private Batch<Guid, EventForecast> Forecasts(IResolveFieldContext context)
    {
        var bag = context.UserContext;
        lock (bag)
        {
            if (bag.TryGetValue(BatchName, out var found)) return (Batch<Guid, EventForecast>)found!;
            var near = context.Service<NearEvents>();
            var batch = new Batch<Guid, EventForecast>(async (ids, cancellation) => (await near.Of(ids, cancellation)).Select(Of).ToLookup(f => f.Event.Id));
            bag[BatchName] = batch;
            return batch;
        }
    }

    private EventForecast Of(NearEvent @event)
    {
        var now = clock.GetUtcNow();
        var most = ForecastModel.Most([@event], now, [.. ExpectedCrowd.Within.Select(w => w.Span)]);
        return new(@event, ForecastModel.PeakOf(@event, now), [.. ExpectedCrowd.Within.Zip(most, (within, people) => new ExpectedWithin(within.Name, (int)Math.Ceiling(people)))]);
    }
}

public sealed class EventForecastType : ObjectGraphType<EventForecast>
{
    public EventForecastType()
    {
        Name = "EventForecast";
        Field<NonNullGraphType<IntGraphType>>("registered").Description("Places given, now.").Resolve(context => context.Source.Event.Registered);
        Field<NonNullGraphType<IntGraphType>>("registeredThen").Description("Places given by the time most people are there, as expected.").Resolve(context => (int)Math.Round(context.Source.Peak.Registered));
        Field<NonNullGraphType<FloatGraphType>>("showRate").Description("Of those registered, the part who come: 0 to 1.").Resolve(context => Math.Round(context.Source.Event.Comes.Mean, 3));
        Field<NonNullGraphType<IntGraphType>>("pastEvents").Description("Events of the organization that the show rate was learned from.").Resolve(context => context.Source.Event.Comes.Events);
        Field<NonNullGraphType<IntGraphType>>("attendees").Description("People at once when most are there.").Resolve(context => (int)Math.Round(context.Source.Peak.Expected));
        Field<NonNullGraphType<IntGraphType>>("low").Description("One time of ten it is less.").Resolve(context => (int)Math.Floor(context.Source.Peak.Low));
        Field<NonNullGraphType<IntGraphType>>("high").Description("One time of ten it is more.").Resolve(context => (int)Math.Ceiling(context.Source.Peak.High));
        Field<NonNullGraphType<DateTimeOffsetGraphType>>("peakAt").Description("When most are there first.").Resolve(context => context.Source.Peak.At);
        Field("within", f => f.Within, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<ExpectedWithinType>>>));
        Field(f => f.Assumption).Description("What was assumed, in words.");
    }
}

public sealed class ExpectedWithinType : ObjectGraphType<ExpectedWithin>
{
    public ExpectedWithinType()
    {
        Name = "ExpectedWithin";
        Field(w => w.Within).Description("15m, 1h, 4h or 24h.");
        Field(w => w.Attendees).Description("People at once, at most.");
    }
}
