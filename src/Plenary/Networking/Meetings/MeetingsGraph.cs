using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Profiles;

namespace Plenary.Networking.Meetings;

/// <summary>A meeting as one of the two sees it.</summary>
public sealed record MyMeeting(Meeting Meeting, Guid Viewer, ProfileCard Other, DateTimeOffset Now);

/// <summary>The viewer's own meetings; nobody else's are anywhere in the graph.</summary>
internal sealed class MeetingsGraph : IGraphPart
{
    private const int MostShown = 200;

    public void Add(GraphBuilder graph)
    {
        var @event = graph.Type<EventType>();
        @event.Field<NonNullGraphType<ListGraphType<NonNullGraphType<MeetingType>>>>("meetings").Description("The viewer's own meetings at the event, from the first on; what was declined or called off only while its time is to come.")
            .ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                var viewer = await db.RequireOf(context.Viewer(), context.Source.Id, context.CancellationToken);
                var now = context.Service<TimeProvider>().GetUtcNow();
                var meetings = await db.Set<Meeting>().AsNoTracking().Where(m => m.EventId == context.Source.Id && (m.ById == viewer || m.WithId == viewer)
                    && (m.State == MeetingState.Accepted || m.EndsAt > now)).OrderBy(m => m.StartsAt).ThenBy(m => m.Id).Take(MostShown).ToListAsync(context.CancellationToken);
                return await Shown(context, db, viewer, meetings);
            });
        @event.Field<NonNullGraphType<ListGraphType<NonNullGraphType<MeetingSlotType>>>>("meetingTimes").Description("When the viewer could meet this person, from now on.")
            .Argument<NonNullGraphType<IdGraphType>>("person").Argument<IntGraphType>("minutes", argument => argument.Description = "15 when absent.")
            .ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                var viewer = await db.RequireOf(context.Viewer(), context.Source.Id, context.CancellationToken);
                var person = context.Id("person");
                if (person == viewer || await context.Service<ProfileReading>().Card(db, context.Source.Id, viewer, person, context.CancellationToken) is null) Refusal.NotFound.Throw();
                return await context.Service<FreeTimes>().Of(db, context.Source, viewer, person, Math.Clamp(context.GetArgument<int?>("minutes") ?? Meeting.Quarter, Meeting.Quarter, 60), context.CancellationToken);
            });
        @event.Field<NonNullGraphType<ListGraphType<NonNullGraphType<OfferedTimeType>>>>("offeredTimes").Description("When the viewer can be asked for a meeting; empty means at any time of the day.")
            .ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                var viewer = await db.RequireOf(context.Viewer(), context.Source.Id, context.CancellationToken);
                return await db.Set<OfferedTime>().AsNoTracking().Where(t => t.EventId == context.Source.Id && t.PersonId == viewer).OrderBy(t => t.From).ToListAsync(context.CancellationToken);
            });

        graph.Mutation.Field<NonNullGraphType<MeetingType>>("proposeMeeting").Description("Asks somebody for a meeting. The time is kept when they say yes.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<IdGraphType>>("person").Argument<NonNullGraphType<DateTimeOffsetGraphType>>("at")
            .Argument<IntGraphType>("minutes").Argument<StringGraphType>("note")
            .ResolveAsync(async context =>
            {
                context.Limit(RateLimit.Invite, context.Viewer().RequirePerson().ToString());
                await using var db = await context.OpenDb();
                var meeting = await context.Service<Planning>().Propose(db, context.Viewer(), context.Id("event"), context.Id("person"), context.GetArgument<DateTimeOffset>("at"),
                    context.GetArgument<int?>("minutes") ?? Meeting.Quarter, context.GetArgument<string?>("note"), context.CancellationToken);
                return await Shown(context, db, meeting);
            });
        Change(graph.Mutation, "acceptMeeting", "Who was asked says yes: the time is kept for both.", (planning, context, db, id) => planning.Accept(db, context.Viewer(), id, context.CancellationToken));
        Change(graph.Mutation, "declineMeeting", "Who was asked says no.", (planning, context, db, id) => planning.Decline(db, context.Viewer(), id, context.CancellationToken));
        Change(graph.Mutation, "cancelMeeting", "Takes the question back, or calls the meeting off: the time is free again.", (planning, context, db, id) => planning.Cancel(db, context.Viewer(), id, context.CancellationToken));
        graph.Mutation.Field<NonNullGraphType<ListGraphType<NonNullGraphType<OfferedTimeType>>>>("offerMeetingTimes").Description("When the viewer can be asked for a meeting, all of it; nothing means at any time of the day.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<ListGraphType<NonNullGraphType<TimeStretchInput>>>>("times")
            .ResolveAsync(async context =>
            {
                context.Limit(RateLimit.Profile, context.Viewer().RequirePerson().ToString());
                await using var db = await context.OpenDb();
                return await Planning.Offer(db, context.Viewer(), context.Id("event"), [.. context.GetArgument<TimeStretch[]>("times").Select(t => (t.From, t.Until))], context.CancellationToken);
            });
    }

    private static void Change(ObjectGraphType mutation, string name, string description, Func<Planning, IResolveFieldContext, Db, Guid, Task<Meeting>> change) =>
        mutation.Field<NonNullGraphType<MeetingType>>(name).Description(description).Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await Shown(context, db, await change(context.Service<Planning>(), context, db, context.Id("id")));
        });

    private static async Task<MyMeeting> Shown(IResolveFieldContext context, Db db, Meeting meeting) =>
        (await Shown(context, db, context.Viewer().At(meeting.EventId)!.Value, [meeting]))[0];

    private static async Task<IReadOnlyList<MyMeeting>> Shown(IResolveFieldContext context, Db db, Guid viewer, List<Meeting> meetings)
    {
        if (meetings.Count == 0) return [];
        var cards = await context.Service<ProfileReading>().CardsOrNames(db, meetings[0].EventId, viewer, [.. meetings.Select(m => m.Other(viewer)).Distinct()], context.CancellationToken);
        var now = context.Service<TimeProvider>().GetUtcNow();
        return [.. meetings.Select(m => new MyMeeting(m, viewer, cards[m.Other(viewer)], now))];
    }
}

public sealed class MeetingType : ObjectGraphType<MyMeeting>
{
    public MeetingType()
    {
        Name = "Meeting";
        Description = "Two people who meet at a time. Its call has its id.";
        Field("id", m => m.Meeting.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("event", m => m.Meeting.EventId, type: typeof(NonNullGraphType<IdGraphType>));
        Field("other", m => m.Other, type: typeof(NonNullGraphType<ProfileCardType>));
        Field("startsAt", m => m.Meeting.StartsAt);
        Field("endsAt", m => m.Meeting.EndsAt);
        Field("note", m => m.Meeting.Note);
        Field("state", m => m.Meeting.State, type: typeof(NonNullGraphType<EnumerationGraphType<MeetingState>>));
        Field<NonNullGraphType<BooleanGraphType>>("iAsked").Resolve(context => context.Source.Meeting.ById == context.Source.Viewer);
        Field("opensAt", m => m.Meeting.OpensAt).Description("From then on its call can be entered.");
        Field("closesAt", m => m.Meeting.ClosesAt).Description("Then its call ends.");
        Field<NonNullGraphType<BooleanGraphType>>("open").Description("Its call can be entered now.")
            .Resolve(context => context.Source is { Meeting: { State: MeetingState.Accepted } m, Now: var now } && now >= m.OpensAt && now < m.ClosesAt);
        Field<StringGraphType>("calendarFile").Description("A path of this site.").Resolve(context => context.Source.Meeting.State is MeetingState.Accepted ? $"/meetings/{context.Source.Meeting.Id}.ics" : null);
    }
}

public sealed class MeetingSlotType : ObjectGraphType<MeetingSlot>
{
    public MeetingSlotType()
    {
        Name = "MeetingSlot";
        Field(s => s.At);
        Field(s => s.Free).Description("Both have it free; else one of them is promised to somebody.");
    }
}

public sealed class OfferedTimeType : ObjectGraphType<OfferedTime>
{
    public OfferedTimeType()
    {
        Name = "OfferedTime";
        Field(t => t.From);
        Field(t => t.Until);
    }
}

/// <summary>From one time to another.</summary>
public sealed record TimeStretch
{
    public DateTimeOffset From { get; init; }

    public DateTimeOffset Until { get; init; }
}

public sealed class TimeStretchInput : InputObjectGraphType<TimeStretch>
{
    public TimeStretchInput()
    {
        Name = "TimeStretchInput";
        Field(t => t.From);
        Field(t => t.Until);
    }
}
