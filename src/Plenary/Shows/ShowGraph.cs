using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Graph;

namespace Plenary.Shows;

/// <summary>The run of show in the graph; for the crew of the event.</summary>
internal sealed class ShowGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<ShowType>>("show").Description("The run of show of an event. For its crew; refused as not-found otherwise.").Argument<NonNullGraphType<IdGraphType>>("event")
            .ResolveAsync(async context => await context.Service<Showing>().Of(context.Viewer(), context.Id("event"), context.CancellationToken));
        graph.Mutation.Field<NonNullGraphType<ShowType>>("directShow").Description("Gives a command to the run of show of an event, and answers it as it is then. Saying it again is harmless. For its crew.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<ShowCommandInput>>("command")
            .ResolveAsync(async context => await context.Service<Showing>().Direct(context.Viewer(), context.Id("event"), context.GetArgument<ShowCommandSaid>("command"), context.CancellationToken));
    }
}

/// <summary>A run of show in the graph. Times are Unix milliseconds of the server's clock.</summary>
public sealed class ShowType : ObjectGraphType<ShowNow>
{
    public ShowType()
    {
        Name = "Show";
        Field("event", s => s.Run.Show.EventId, type: typeof(NonNullGraphType<IdGraphType>));
        Field("version", s => s.Run.Show.Version).Description("Of two the higher is true.");
        Field("now", s => (double)s.At.ToUnixTimeMilliseconds()).Description("The server's clock, by which the other times count.");
        Field("autopilot", s => s.Run.Show.Autopilot).Description("The clock fires what is due; otherwise only a hand does.");
        Field("controller", s => s.Run.Show.ControllerId, type: typeof(IdGraphType)).Description("Who holds the controls; everybody else watches.");
        Field("controllerName", s => s.Run.Show.Controller);
        Field("controllerHere", s => s.IsControllerHere).Description("They are at the event now; otherwise others may take the controls.");
        Field("wantedBy", s => s.Run.Show.WantedById, type: typeof(IdGraphType)).Description("Who asks for the controls.");
        Field("wantedByName", s => s.Run.Show.WantedBy);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<CueType>>>>("cues").Description("By time; those without one where they were put.").Resolve(context =>
        {
            var sheet = context.Source.Run.Sheet;
            var next = sheet.Next();
            return sheet.InOrder().Select(c => new CueNow(c, sheet.DueOf(c), sheet.ExpectedOf(c), sheet.MayFire(c), c == next));
        });
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ShowShiftType>>>>("shifts").Description("How it ran late, the latest first; without those that were undone.")
            .Resolve(context => context.Source.Run.Shifts.Where(s => s.UndoneAt is null).Reverse());
    }
}

/// <summary>A cue in the graph.</summary>
public sealed class CueType : ObjectGraphType<CueNow>
{
    public CueType()
    {
        Name = "Cue";
        Field("id", c => c.Cue.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("kind", c => c.Cue.Kind, type: typeof(NonNullGraphType<EnumerationGraphType<CueKind>>));
        Field("title", c => c.Cue.Title).Description("The crew's name for it; may be empty.");
        Field("anchor", c => c.Cue.Anchor, type: typeof(NonNullGraphType<EnumerationGraphType<CueAnchor>>)).Description("What it waits for.");
        Field("at", c => c.Cue.At, type: typeof(DateTimeOffsetGraphType));
        Field("session", c => c.Cue.SessionId, type: typeof(IdGraphType));
        Field("after", c => c.Cue.AfterId, type: typeof(IdGraphType));
        Field("offsetSeconds", c => c.Cue.Offset);
        Field("shiftSeconds", c => c.Cue.Shift).Description("How much later than planned because the event runs late, besides what its session was moved.");
        Field("held", c => c.Cue.Held).Description("The clock does not fire it.");
        Field("state", c => c.Cue.State, type: typeof(NonNullGraphType<EnumerationGraphType<CueState>>));
        Field("due", c => Milliseconds(c.Due), nullable: true).Description("When the clock fires it, if it does.");
        Field("expected", c => Milliseconds(c.Expected), nullable: true).Description("When it happened, or is going to as far as is known.");
        Field("mayFire", c => c.MayFire).Description("A hand may fire it: nothing that it waits for is still to come.");
        Field("next", c => c.IsNext).Description("It is what the hand fires next.");
        Field("by", c => c.Cue.By).Description("Who fired or skipped it; empty when the clock did.");
        Field("error", c => c.Cue.Error, nullable: true).Description("Why it could not be done.");
        Field("room", c => c.Cue.Detail.Room, type: typeof(IdGraphType));
        Field("from", c => c.Cue.Detail.From, type: typeof(IdGraphType));
        Field("poll", c => c.Cue.Detail.Poll, type: typeof(IdGraphType));
        Field("clip", c => c.Cue.Detail.Clip, type: typeof(IdGraphType));
        Field("text", c => c.Cue.Detail.Text, nullable: true);
        Field("minutes", c => c.Cue.Detail.Minutes, nullable: true);
        Field("seconds", c => c.Cue.Detail.Seconds, nullable: true);
        Field("rounds", c => c.Cue.Detail.Rounds, nullable: true);
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("groups").Description("Of a party, the two tickets whose people meet each other.").Resolve(c => c.Source.Cue.Detail.Groups);
    }

    private static double? Milliseconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
}

/// <summary>That the event ran late, in the graph.</summary>
public sealed class ShowShiftType : ObjectGraphType<ShowShift>
{
    public ShowShiftType()
    {
        Name = "ShowShift";
        Field("id", s => s.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("minutes", s => s.Seconds / 60);
        Field("at", s => (double)s.At.ToUnixTimeMilliseconds());
        Field("by", s => s.By);
    }
}

/// <summary>A command as it is sent.</summary>
public sealed record ShowCommandSaid(
    bool? Take, bool? Ask, bool? Answer, bool? Release, bool? Autopilot, string? Fire, string? Skip, string? Restore, string? Hold, string? Resume, ShiftSaid? Shift, string? Undo, bool? Reset,
    CueSaid? Save, string? Remove, bool? Draft)
{
    /// <summary>Refused: invalid-input for what is no id.</summary>
    public ShowCommand Read() => new(
        Take, Ask, Answer, Release, Autopilot, Id(Fire, "fire"), Id(Skip, "skip"), Id(Restore, "restore"), Id(Hold, "hold"), Id(Resume, "resume"),
        Shift is null ? null : new(GraphContext.ParseId(Shift.Id, "id"), Shift.Minutes, Shift.Tell), Id(Undo, "undo"), Reset, Save?.Read(), Id(Remove, "remove"), Draft);

    internal static Guid? Id(string? text, string field) => text is null ? null : GraphContext.ParseId(text, field);
}

/// <summary>A shift as it is sent.</summary>
public sealed record ShiftSaid(string Id, int Minutes, string? Tell);

/// <summary>A cue as it is sent.</summary>
public sealed record CueSaid(
    string Id, CueKind Kind, CueAnchor Anchor, string? Title, DateTimeOffset? At, string? Session, string? After, int? OffsetSeconds, string? Room, string? From, string? Poll, string? Clip, string? Text,
    int? Minutes, int? Seconds, int? Rounds, IReadOnlyList<string>? Groups)
{
    internal CueWish Read() => new(
        GraphContext.ParseId(Id, "id"), Kind, Anchor, Title, At, ShowCommandSaid.Id(Session, "session"), ShowCommandSaid.Id(After, "after"), OffsetSeconds ?? 0,
        new(ShowCommandSaid.Id(Room, "room"), ShowCommandSaid.Id(From, "from"), ShowCommandSaid.Id(Poll, "poll"), ShowCommandSaid.Id(Clip, "clip"), Text, Minutes, Seconds, Rounds, Groups));
}

/// <summary>The input of <c>directShow</c>.</summary>
public sealed class ShowCommandInput : InputObjectGraphType<ShowCommandSaid>
{
    public ShowCommandInput()
    {
        Name = "ShowCommandInput";
        Description = "Exactly one of these. All but take, ask and the three of editing are for who holds the controls.";
        Field<BooleanGraphType>("take").Description("Takes the controls, when nobody holds them or whoever does is not here.");
        Field<BooleanGraphType>("ask").Description("Asks for the controls.");
        Field<BooleanGraphType>("answer").Description("Hands the controls to who asks for them, or does not.");
        Field<BooleanGraphType>("release").Description("Lets the controls go: to who asks for them, or to nobody.");
        Field<BooleanGraphType>("autopilot").Description("The clock fires what is due, or not.");
        Field<IdGraphType>("fire").Description("A cue, now.");
        Field<IdGraphType>("skip").Description("A cue does not happen; what waits for it goes on.");
        Field<IdGraphType>("restore").Description("A skipped or failed cue is to come again, held.");
        Field<IdGraphType>("hold").Description("The clock does not fire a cue.");
        Field<IdGraphType>("resume").Description("It does after all.");
        Field<ShiftInput>("shift").Description("The event runs late: everything to come moves, the agenda with it.");
        Field<IdGraphType>("undo").Description("A shift is undone for what is still to come.");
        Field<BooleanGraphType>("reset").Description("All cues are to come again, for a rehearsal; only with the autopilot off.");
        Field<CueInput>("save").Description("Adds a cue under a new id, or changes one that is to come.");
        Field<IdGraphType>("remove").Description("Removes a cue.");
        Field<BooleanGraphType>("draft").Description("Adds the cues that the agenda suggests.");
    }
}

/// <summary>A shift as it is sent, in the graph.</summary>
public sealed class ShiftInput : InputObjectGraphType<ShiftSaid>
{
    public ShiftInput()
    {
        Name = "ShiftInput";
        Field<NonNullGraphType<IdGraphType>>("id").Description("Made by the client.");
        Field<NonNullGraphType<IntGraphType>>("minutes").Description("1 to 120 late, or down to -60.");
        Field<StringGraphType>("tell").Description("What everybody at the event is told; nothing when it is left out.");
    }
}

/// <summary>A cue as it is sent, in the graph.</summary>
public sealed class CueInput : InputObjectGraphType<CueSaid>
{
    public CueInput()
    {
        Name = "CueInput";
        Field<NonNullGraphType<IdGraphType>>("id").Description("Made by the client.");
        Field<NonNullGraphType<EnumerationGraphType<CueKind>>>("kind");
        Field<NonNullGraphType<EnumerationGraphType<CueAnchor>>>("anchor").Description("What it waits for.");
        Field<StringGraphType>("title");
        Field<DateTimeOffsetGraphType>("at").Description("The moment, when it waits for one.");
        Field<IdGraphType>("session").Description("That it waits for or concerns.");
        Field<IdGraphType>("after").Description("The cue that it waits for.");
        Field<IntGraphType>("offsetSeconds").Description("How long after that; negative before a session's start or end.");
        Field<IdGraphType>("room").Description("A stage, the room of a party, whom an announcement is for, where people are brought.");
        Field<IdGraphType>("from").Description("Whose people are brought.");
        Field<IdGraphType>("poll");
        Field<IdGraphType>("clip");
        Field<StringGraphType>("text").Description("Of an announcement or a card.");
        Field<IntGraphType>("minutes");
        Field<IntGraphType>("seconds").Description("The countdown before people are brought.");
        Field<IntGraphType>("rounds");
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("groups").Description("Of a party, the two tickets whose people meet each other; none: everyone meets everyone.");
    }
}
