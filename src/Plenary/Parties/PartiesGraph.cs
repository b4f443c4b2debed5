using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Graph;
using Plenary.Profiles;
using Plenary.Rooms;

namespace Plenary.Parties;

/// <summary>Cocktail Parties in the graph.</summary>
internal sealed class PartiesGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        AddQueries(graph.Query);
        graph.Type<EventType>().Field<NonNullGraphType<ListGraphType<NonNullGraphType<MetAtPartyType>>>>("metAtParties").Description("When the viewer and this person met at parties of the event, the last time first.")
            .Argument<NonNullGraphType<IdGraphType>>("person").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                var viewer = await db.RequireOf(context.Viewer(), context.Source.Id, context.CancellationToken);
                return await PartyAcquaintance.Between(db, context.Source.Id, viewer, context.Id("person"), context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
            });
        AddHosting(graph);
        AddGuests(graph.Mutation);
    }

    private static void AddQueries(ObjectGraphType query)
    {
        query.Field<PartyNowType>("party").Description("A party of a room that the viewer may be in; refused as not-found otherwise.").Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context => await context.Service<Guesting>().Now(context.Viewer(), context.Id("id"), context.CancellationToken));
        query.Field<PartyNowType>("partyOf").Description("The party that goes on in a room; null when there is none.").Argument<NonNullGraphType<IdGraphType>>("room").ResolveAsync(async context =>
        {
            var room = context.Id("room");
            if (await context.Service<DoorCheck>().PassOf(context.Viewer(), room, context.CancellationToken) is null) throw Refusal.NotFound.AsException();
            await using var db = await context.OpenDb();
            return await db.Set<Party>().Where(p => p.OpenIn == room).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(context.CancellationToken) is { } party
                ? await context.Service<Guesting>().Now(context.Viewer(), party, context.CancellationToken) : null;
        });
        query.Field<MyPartyType>("myParty").Description("The viewer's part in a party; null when they were never in it.").Argument<NonNullGraphType<IdGraphType>>("party")
            .ResolveAsync(async context => await context.Service<Guesting>().My(context.Viewer(), context.Id("party"), context.CancellationToken));
        query.Field<NonNullGraphType<PartySummaryType>>("partySummary").Description("Whom the viewer met at a party.").Argument<NonNullGraphType<IdGraphType>>("party").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            var (party, _) = await db.RequireParty(context.Service<DoorCheck>(), context.Viewer(), context.Id("party"), context.CancellationToken);
            return await context.Service<PartySummaries>().Of(db, party, context.Viewer().RequirePerson(), context.CancellationToken);
        });
        query.Field<NonNullGraphType<PartyHealthType>>("partyHealth").Description("How a party goes, for who may direct it.").Argument<NonNullGraphType<IdGraphType>>("party")
            .ResolveAsync(async context => await context.Service<Hosting>().Health(context.Viewer(), context.Id("party"), context.CancellationToken));
    }

    private static void AddHosting(GraphBuilder graph)
    {
        graph.Mutation.Field<NonNullGraphType<PartyNowType>>("startParty").Description("Starts a Cocktail Party in a room: check-in begins. For the event's speakers, moderators and crew.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<PartySettingsInput>("settings")
            .ResolveAsync(async context => PartyJson.Read<PartyNow>(await context.Service<Hosting>().Start(
                context.Viewer(), context.Id("room"), context.GetArgument<PartySettings?>("settings") ?? new(), context.CancellationToken)));
        graph.Mutation.Field<NonNullGraphType<PartyNowType>>("directParty").Description("Gives a command to a party. For the event's speakers, moderators and crew.")
            .Argument<NonNullGraphType<IdGraphType>>("party").Argument<NonNullGraphType<PartyCommandInput>>("command")
            .ResolveAsync(async context => PartyJson.Read<PartyNow>(await context.Service<Hosting>().Direct(
                context.Viewer(), context.Id("party"), context.GetArgument<PartyCommand>("command"), context.CancellationToken)));
        graph.Type<RoomType>().Field<NonNullGraphType<BooleanGraphType>>("viewerMayStartParty").Description("The viewer may start a party here.").ResolveAsync(async context =>
            await context.Service<DoorCheck>().PassOf(context.Viewer(), ((Room)context.Source!).Id, context.CancellationToken) is { } pass && PartyAccess.MayDirect(pass));
    }

    private static void AddGuests(ObjectGraphType mutation)
    {
        mutation.Field<NonNullGraphType<MyPartyType>>("enterParty").Description("The viewer comes in, for check-in or late. Answered once it is kept.").Argument<NonNullGraphType<IdGraphType>>("party")
            .ResolveAsync(async context => await context.Service<Guesting>().Enter(context.Viewer(), context.Id("party"), context.CancellationToken));
        mutation.Field<NonNullGraphType<MyPartyType>>("readyForParty").Description("The viewer is to be matched from the next round on; with ready: false they sit out until they are ready again.")
            .Argument<NonNullGraphType<IdGraphType>>("party").Argument<StringGraphType>("group").Argument<BooleanGraphType>("ready", argument => argument.DefaultValue = true)
            .ResolveAsync(async context => await context.Service<Guesting>().Ready(
                context.Viewer(), context.Id("party"), context.GetArgument("ready", true), context.GetArgument<string?>("group"), context.CancellationToken));
        mutation.Field<MyPartyType>("leaveParty").Description("The viewer leaves, quietly. Null when they were never in.").Argument<NonNullGraphType<IdGraphType>>("party")
            .ResolveAsync(async context => await context.Service<Guesting>().Leave(context.Viewer(), context.Id("party"), context.CancellationToken));
        mutation.Field<NonNullGraphType<MyPartyType>>("askForMoreTime").Description("The viewer would like more time; when everybody in the meeting does, it takes half of the round's time longer.")
            .Argument<NonNullGraphType<IdGraphType>>("party").Argument<NonNullGraphType<IdGraphType>>("meeting")
            .ResolveAsync(async context => await context.Service<Guesting>().AskForMore(context.Viewer(), context.Id("party"), context.Id("meeting"), context.CancellationToken));
    }
}
