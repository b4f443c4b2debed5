using GraphQL.Types;
using Plenary.Networking.Directory;
using Plenary.Platform.Graph;
using Plenary.Profiles;

namespace Plenary.Parties;

/// <summary>A party in the graph; the same as is told (docs/develop/protocol.md).</summary>
public sealed class PartyNowType : ObjectGraphType<PartyNow>
{
    public PartyNowType()
    {
        Name = "Party";
        Description = "A Cocktail Party as it is now; the same document is told to everybody in it. Times are unix milliseconds of the server.";
        Field("id", p => p.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("room", p => p.Room, type: typeof(NonNullGraphType<IdGraphType>));
        Field("event", p => p.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field(p => p.Version).Description("Of two documents of a party the one with the higher number is true.");
        Field(p => p.Phase).Description("check-in, countdown, card, talk, between, paused or over.");
        Field(p => p.Paused, nullable: true).Description("The phase that is paused.");
        Field(p => p.Round).Description("0 before the first.");
        Field(p => p.Rounds);
        Field<FloatGraphType>("until").Description("When the phase ends; null while paused and when it is over.").Resolve(context => (double?)context.Source.Until);
        Field<FloatGraphType>("left").Description("While paused: milliseconds that the phase still has.").Resolve(context => (double?)context.Source.Left);
        Field(p => p.Here).Description("People who have not left.");
        Field(p => p.Ready).Description("Those of them who are to be matched.");
        Field<ListGraphType<NonNullGraphType<PartySeatsType>>>("seats").Resolve(context => context.Source.Seats);
        Field<PartyMessageType>("message").Resolve(context => context.Source.Message);
        Field<NonNullGraphType<PartySettingsType>>("settings").Resolve(context => context.Source.Settings);
        Field<FloatGraphType>("endedAt").Resolve(context => (double?)context.Source.EndedAt);
        Field<FloatGraphType>("backAt").Description("When people are taken back to the room.").Resolve(context => (double?)context.Source.BackAt);
        Field<StringGraphType>("viewerGroup").Description("The group that the viewer's ticket puts them in; null where people choose.").ResolveAsync(async context =>
            context.Viewer().At(context.Source.Event) is { } person ? await context.Service<TicketGroups>().Of(context.Source.Id, person, context.CancellationToken) : null);
        Field<NonNullGraphType<BooleanGraphType>>("viewerMayDirect").Description("The viewer may give commands to it and see how it goes.").ResolveAsync(async context =>
            await context.Service<Rooms.DoorCheck>().PassOf(context.Viewer(), context.Source.Room, context.CancellationToken) is { } pass && PartyAccess.MayDirect(pass));
    }
}

/// <summary>How many of a group are ready.</summary>
public sealed class PartySeatsType : ObjectGraphType<PartySeats>
{
    public PartySeatsType()
    {
        Name = "PartySeats";
        Field(s => s.Group);
        Field(s => s.Ready);
    }
}

/// <summary>What the host told everybody last.</summary>
public sealed class PartyMessageType : ObjectGraphType<PartyMessage>
{
    public PartyMessageType()
    {
        Name = "PartyMessage";
        Field(m => m.Text);
        Field(m => m.By);
        Field<NonNullGraphType<FloatGraphType>>("at").Resolve(context => (double)context.Source.At);
    }
}

/// <summary>How a party goes, as its host chose.</summary>
public sealed class PartySettingsType : ObjectGraphType<PartySettingsNow>
{
    public PartySettingsType()
    {
        Name = "PartySettings";
        Field(s => s.Minutes).Description("A round's talk.");
        Field(s => s.Rounds);
        Field(s => s.Mode).Description("everyone or groups.");
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("groups").Resolve(context => context.Source.Groups);
        Field(s => s.By).Description("shared or different.");
    }
}

/// <summary>The viewer's part in a party.</summary>
public sealed class MyPartyType : ObjectGraphType<MyParty>
{
    public MyPartyType()
    {
        Name = "MyParty";
        Description = "The viewer's part in a party; told to them, and to nobody else.";
        Field("party", p => p.Party, type: typeof(NonNullGraphType<IdGraphType>));
        Field(p => p.Version);
        Field(p => p.State).Description("in, ready, waiting, meeting or left.");
        Field(p => p.Group, nullable: true);
        Field<MyMeetingType>("meeting").Resolve(context => context.Source.Meeting);
        Field(p => p.Met).Description("People met here so far.");
        Field<MyEndedType>("ended").Description("Why the viewer has no meeting any more in this round.").Resolve(context => context.Source.Ended);
    }
}

/// <summary>The viewer's meeting.</summary>
public sealed class MyMeetingType : ObjectGraphType<MyMeeting>
{
    public MyMeetingType()
    {
        Name = "MyMeeting";
        Field("id", m => m.Id, type: typeof(NonNullGraphType<IdGraphType>)).Description("Also of its call.");
        Field(m => m.Round);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ProfileCardType>>>>("people").Description("The others.").Resolve(context => context.Source.People);
        Field<NonNullGraphType<MatchReasonType>>("reason").Resolve(context => context.Source.Reason);
        Field<NonNullGraphType<FloatGraphType>>("from").Resolve(context => (double)context.Source.From);
        Field<NonNullGraphType<FloatGraphType>>("until").Resolve(context => (double)context.Source.Until);
        Field(m => m.Extended).Description("Everybody asked for more time; it is in until.");
        Field(m => m.IAskedForMore);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("asked").Description("All who asked for more time.").Resolve(context => context.Source.Asked);
    }
}

/// <summary>Why a meeting ended early.</summary>
public sealed class MyEndedType : ObjectGraphType<MyEnded>
{
    public MyEndedType()
    {
        Name = "MyEndedMeeting";
        Field(e => e.Why).Description("left");
        Field(e => e.Name).Description("Whose partner it was.");
    }
}

/// <summary>What a party was for the viewer.</summary>
public sealed class PartySummaryType : ObjectGraphType<PartySummary>
{
    public PartySummaryType()
    {
        Name = "PartySummary";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PersonMetType>>>>("people").Description("Whom the viewer met, in order.").Resolve(context => context.Source.People);
        Field(s => s.Rounds).Description("That the party had.");
        Field(s => s.Minutes).Description("In conversation, rounded.");
        Field("room", s => s.Room, type: typeof(NonNullGraphType<IdGraphType>)).Description("Where everybody goes back to.");
        Field<FloatGraphType>("backAt").Description("When they are taken there; null while the party goes on.").Resolve(context => (double?)context.Source.BackAt);
    }
}

/// <summary>Somebody whom the viewer met.</summary>
public sealed class PersonMetType : ObjectGraphType<PersonMet>
{
    public PersonMetType()
    {
        Name = "PersonMet";
        Field<NonNullGraphType<ProfileCardType>>("card").Resolve(context => context.Source.Card);
        Field(p => p.Round);
        Field(p => p.Seconds);
        Field(p => p.Extended).Description("They both asked for more time.");
        Field<NonNullGraphType<EnumerationGraphType<ConnectState>>>("connected").Description("As the viewer may know it: ASKED is the viewer's own wish, of which the other knows nothing.")
            .Resolve(context => context.Source.Connected);
    }
}

/// <summary>A time at which the viewer and somebody met.</summary>
public sealed class MetAtPartyType : ObjectGraphType<MetAtParty>
{
    public MetAtPartyType()
    {
        Name = "MetAtParty";
        Field(m => m.Round);
        Field(m => m.At);
        Field(m => m.Seconds).Description("That they talked.");
        Field(m => m.Extended).Description("They both asked for more time.");
    }
}

/// <summary>How a party goes, for its staff: numbers only.</summary>
public sealed class PartyHealthType : ObjectGraphType<PartyHealth>
{
    public PartyHealthType()
    {
        Name = "PartyHealth";
        Description = "How a party goes, in numbers; nothing of what anybody says or whom they meet.";
        Field(h => h.Here).Description("People who have not left.");
        Field(h => h.Ready).Description("Those who are to be matched.");
        Field(h => h.Meetings).Description("Going on.");
        Field(h => h.Connected).Description("Of them: everybody is in the call.");
        Field(h => h.Alone).Description("Of them: somebody waits in the call alone.");
        Field(h => h.Failed).Description("Of them: nobody has come, though the talk has begun.");
        Field(h => h.Extended).Description("Of them: with more time.");
        Field(h => h.Waiting).Description("People who are ready and have nobody in this round.");
        Field(h => h.Left).Description("People who have left the party.");
        Field(h => h.EndedEarly).Description("Meetings of this round that somebody left.");
    }
}

/// <summary>The input of <c>startParty</c>.</summary>
public sealed class PartySettingsInput : InputObjectGraphType<PartySettings>
{
    public PartySettingsInput()
    {
        Name = "PartySettingsInput";
        Field<IntGraphType>("minutes").Description("A round's talk, 1 to 15.").DefaultValue(5);
        Field<IntGraphType>("rounds").Description("1 to 10.").DefaultValue(5);
        Field<EnumerationGraphType<PartyMode>>("mode").DefaultValue(PartyMode.Everyone);
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("groups").Description("Two names, for mode GROUPS.");
        Field<BooleanGraphType>("tickets").Description("The groups are tickets of the event: whoever holds one of them is of that group.").DefaultValue(false);
        Field<EnumerationGraphType<PartyBy>>("by").Description("What makes a good match.").DefaultValue(PartyBy.Shared);
        Field<BooleanGraphType>("commonLanguage").Description("Only people who share a language meet.").DefaultValue(false);
        Field<BooleanGraphType>("notSameCompany").Description("People of the same company do not meet.").DefaultValue(false);
        Field<IntGraphType>("checkInSeconds").Description("From the start until the countdown, 15 to 900; as the installation says when it is not given.");
        Field<BooleanGraphType>("hostJoins").Description("With an odd number whoever starts the party meets who is left; otherwise three people meet.").DefaultValue(false);
    }
}

/// <summary>The input of <c>directParty</c>.</summary>
public sealed class PartyCommandInput : InputObjectGraphType<PartyCommand>
{
    public PartyCommandInput()
    {
        Name = "PartyCommandInput";
        Description = "Exactly one of these.";
        Field<BooleanGraphType>("begin").Description("Check-in ends now; it takes four people who are ready.");
        Field<BooleanGraphType>("pause").Description("All clocks stop; people go on talking.");
        Field<BooleanGraphType>("resume").Description("They go on where they were: nobody loses a second.");
        Field<IntGraphType>("extendAll").Description("So many minutes more for everybody in this round, 1 to 15.");
        Field<StringGraphType>("message").Description("Told to everybody.");
        Field<IntGraphType>("bringBack").Description("The party is over in so many seconds, 0 to 120.");
        Field<BooleanGraphType>("addRound").Description("One round more.");
        Field<BooleanGraphType>("endRound").Description("The phase ends now: check-in, the round, or the breath between rounds.");
        Field<BooleanGraphType>("end").Description("The party is over now.");
    }
}
