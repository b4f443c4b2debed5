using GraphQL.Types;

namespace Plenary.Stage.Backstage;

/// <summary>The input of <c>directStage</c>.</summary>
public sealed class StageCommandInput : InputObjectGraphType<StageCommand>
{
    public StageCommandInput()
    {
        Name = "StageCommandInput";
        Description = "Exactly one of these.";
        Field<BringOnInput>("bringOn");
        Field<IdGraphType>("takeOff").Description("A spot.");
        Field<ListGraphType<NonNullGraphType<IdGraphType>>>("order").Description("Spots; those that are not named follow.");
        Field<EnumerationGraphType<StageLayout>>("layout");
        Field<LowerThirdInput>("lowerThird");
        Field<CueNextInput>("next");
        Field<BooleanGraphType>("ready").Description("Said by who is next.");
        Field<SetTimerInput>("timer");
        Field<ShowCardInput>("card");
        Field<ShowBannerInput>("banner");
        Field<MuteInput>("mute");
        Field<IdGraphType>("removeFromBackstage").Description("A guest, who goes back to the audience.");
        Field<SetBrandInput>("brand");
        Field<TakeHostInput>("host").Description("The viewer's window, or a composer of the installation, draws the picture from now on.");
        Field<AskHandInput>("askHand");
        Field<IdGraphType>("dismissHand").Description("A person whose hand is put down.");
        Field<BooleanGraphType>("handsOpen").Description("Attendees may raise their hands.");
        Field<TurnSlidesInput>("slides");
        Field<RollClipInput>("clip").Description("Rolls a clip from its beginning.");
        Field<EnumerationGraphType<PlanPart>>("clear");
    }
}

/// <summary>Brings somebody or something on stage.</summary>
public sealed class BringOnInput : InputObjectGraphType<BringOn>
{
    public BringOnInput()
    {
        Name = "BringOnInput";
        Field<EnumerationGraphType<SpotKind>>("kind").DefaultValue(SpotKind.Person);
        Field<IdGraphType>("person").Description("Of kinds PERSON and SCREEN.");
        Field<StringGraphType>("title");
        Field<IntGraphType>("position").Description("From 0; last when it is not said.");
    }
}

/// <summary>Shows or hides somebody's name.</summary>
public sealed class LowerThirdInput : InputObjectGraphType<LowerThird>
{
    public LowerThirdInput()
    {
        Name = "LowerThirdInput";
        Field<NonNullGraphType<IdGraphType>>("spot");
        Field<NonNullGraphType<BooleanGraphType>>("shown");
        Field<StringGraphType>("name");
        Field<StringGraphType>("title");
    }
}

/// <summary>Tells somebody that they are next.</summary>
public sealed class CueNextInput : InputObjectGraphType<CueNext>
{
    public CueNextInput()
    {
        Name = "CueNextInput";
        Field<NonNullGraphType<IdGraphType>>("person");
        Field<IntGraphType>("seconds").Description("Until they go on, when it is known.");
    }
}

/// <summary>Starts the clock that those on stage see.</summary>
public sealed class SetTimerInput : InputObjectGraphType<SetTimer>
{
    public SetTimerInput()
    {
        Name = "SetTimerInput";
        Field<NonNullGraphType<StringGraphType>>("label");
        Field<NonNullGraphType<IntGraphType>>("seconds");
    }
}

/// <summary>Covers the picture.</summary>
public sealed class ShowCardInput : InputObjectGraphType<ShowCard>
{
    public ShowCardInput()
    {
        Name = "ShowCardInput";
        Field<NonNullGraphType<EnumerationGraphType<CardKind>>>("kind");
        Field<NonNullGraphType<StringGraphType>>("title");
        Field<StringGraphType>("text");
        Field<IntGraphType>("seconds").Description("Until it goes on, to count down.");
        Field<IdGraphType>("music").Description("A clip that is heard meanwhile.");
        Field<IdGraphType>("clip").Description("A clip that is seen meanwhile, over and over.");
    }
}

/// <summary>A line across the picture.</summary>
public sealed class ShowBannerInput : InputObjectGraphType<ShowBanner>
{
    public ShowBannerInput()
    {
        Name = "ShowBannerInput";
        Field<NonNullGraphType<StringGraphType>>("text");
        Field<StringGraphType>("by");
    }
}

/// <summary>Takes or gives somebody's sound.</summary>
public sealed class MuteInput : InputObjectGraphType<Mute>
{
    public MuteInput()
    {
        Name = "MuteInput";
        Field<NonNullGraphType<IdGraphType>>("person");
        Field<NonNullGraphType<BooleanGraphType>>("muted");
    }
}

/// <summary>Changes the look of the picture; what is not said stays.</summary>
public sealed class SetBrandInput : InputObjectGraphType<SetBrand>
{
    public SetBrandInput()
    {
        Name = "SetBrandInput";
        Field<StringGraphType>("accent").Description("#rrggbb");
        Field<IdGraphType>("logo").Description("An uploaded picture; empty for none.");
        Field<EnumerationGraphType<StageFrame>>("frame");
    }
}

/// <summary>Whose window draws the picture.</summary>
public sealed class TakeHostInput : InputObjectGraphType<TakeHost>
{
    public TakeHostInput()
    {
        Name = "TakeHostInput";
        Field<IdGraphType>("peer").Description("The viewer's, in the call of the backstage.");
        Field<BooleanGraphType>("worker").Description("A composer of the installation does it instead.");
    }
}

/// <summary>Asks an attendee to come on stage.</summary>
public sealed class AskHandInput : InputObjectGraphType<AskHand>
{
    public AskHandInput()
    {
        Name = "AskHandInput";
        Field<NonNullGraphType<IdGraphType>>("person");
        Field<StringGraphType>("text").Description("What for, such as their question.");
    }
}

/// <summary>Puts a deck on stage, or turns to a page of it; what is not said stays.</summary>
public sealed class TurnSlidesInput : InputObjectGraphType<TurnSlides>
{
    public TurnSlidesInput()
    {
        Name = "TurnSlidesInput";
        Field<IdGraphType>("deck");
        Field<IntGraphType>("page").Description("From 0.");
        Field<IdGraphType>("by").Description("Who turns the pages from now on.");
    }
}

/// <summary>Rolls a clip.</summary>
public sealed class RollClipInput : InputObjectGraphType<RollClip>
{
    public RollClipInput()
    {
        Name = "RollClipInput";
        Field<NonNullGraphType<IdGraphType>>("id");
        Field<BooleanGraphType>("loop").DefaultValue(false);
    }
}
